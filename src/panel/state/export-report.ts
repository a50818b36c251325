import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { contained } from '../../engine/contain.ts';
import type { Problem } from '../../engine/model/capture.ts';
import type { Report } from '../../engine/model/report.ts';
import type { Format, FormatOptions } from '../../engine/report/formats/format.ts';
import * as chunk from '../chunks/formats.ts';
import type { Host } from '../host.ts';
import type { Expectations } from './expectations.ts';
import type { Messages } from './messages.ts';
import type { PageModel } from './page.ts';
import type { Recordings } from './recordings.ts';
import type { Time } from './time.ts';
import type { Validation } from './validation.ts';

export interface ExportOptions {
  host: Pick<Host, 'save'>;
  messages: Pick<Messages, 'say' | 'fail'>;
  time: Pick<Time, 'actual'>;
  report: ReadonlySignal<Report>;
  /** False while not everything that was found is in the report. */
  isWhole: ReadonlySignal<boolean>;
  page: Pick<PageModel, 'hasCapture' | 'place' | 'closedSites'>;
  recordings: Pick<Recordings, 'imported'>;
  expectations: Pick<Expectations, 'results'>;
  validation: Pick<Validation, 'replies'>;
  loadFormats?: () => Promise<readonly Format[]>;
}

/** Saves the report as a file, in any of the formats. */
export function createExport(options: ExportOptions) {
  const { host, messages, time, page, recordings, loadFormats = chunk.loadFormats } = options;
  const what = 'The report could not be saved';
  const formats = signal<readonly Format[]>([]);
  /** Id of the one that is chosen; null for the first. */
  const format = signal<string | null>(null);

  async function load(): Promise<readonly Format[]> {
    if (formats.value.length === 0) formats.value = inMenuOrder(await loadFormats());
    return formats.value;
  }

  return {
    /** Whether there is anything to save. */
    isPossible: computed(() => page.hasCapture.value || recordings.imported.value !== null),

    format,

    /** Formats to choose from, in the order of the menu; none until they are asked for. */
    formats: computed<readonly Pick<Format, 'id' | 'name' | 'isWithoutTokens'>[]>(() => formats.value),

    /** Resolves to whether there are formats to choose from; a failure is told. */
    async offerFormats(): Promise<boolean> {
      try {
        return (await load()).length > 0;
      } catch (error) {
        messages.fail(what, error);
        return false;
      }
    },

    /** Saves the report in a format, or the first one, its tokens masked unless `reveal`. */
    async exportReport(reveal: boolean, formatId?: string): Promise<void> {
      try {
        const all = await load();
        const format = formatId === undefined ? all[0] : all.find(({ id }) => id === formatId);
        if (!format) throw new Error(`the format ${formatId} is not known.`);
        // What a format says when it throws may quote a token, so only that it failed is told.
        const tell = (problem: { message: string }) => messages.fail(what, problem.message);
        const text = contained('format', format.id, null, tell, () => write(format, reveal, options));
        if (text === null) return;
        const name = `${nameAt(time.actual.value)}.${format.extension}`;
        await host.save({ name, type: format.type, text });
        messages.say(`Report saved as ${name}${options.isWhole.value ? '' : ', before all tokens were judged'}.`);
      } catch (error) {
        messages.fail(what, error);
      }
    },
  };
}

/** A page for a team first, and last what is read at a terminal, which is seldom saved. */
function inMenuOrder(formats: readonly Format[]): Format[] {
  const rank = ({ type, isForTerminal }: Format) => (type === 'text/html' ? 0 : isForTerminal ? 2 : 1);
  return [...formats].sort((a, b) => rank(a) - rank(b));
}

const notAll: Problem = {
  code: 'not-all-judged',
  message: 'More tokens were found than are listed here: the report was saved before all of them were judged.',
};

function write(format: Format, reveal: boolean, options: ExportOptions) {
  const { report, isWhole, page, recordings, expectations, validation } = options;
  const inputs = recordings.imported.value?.inputs ?? [];
  // Problems of an input stand beside it.
  const besides = new Set(inputs.flatMap((input) => input.problems));
  const others = report.value.problems.filter((problem) => !besides.has(problem));
  const problems = isWhole.value ? others : [notAll, ...others];
  const given: FormatOptions = {
    reveal,
    inputs,
    ...(page.place.value.pageUrl !== null && { page: page.place.value }),
    closedSites: inputs.length > 0 ? [] : page.closedSites.value.map(({ site }) => site),
    expectations: expectations.results.value,
    validations: validation.replies(),
  };
  return format.write({ ...report.value, problems }, given);
}

/** `roomkey-2026-11-20T120000`, in UTC. */
function nameAt(now: number): string {
  return `roomkey-${new Date(now * 1000).toISOString().slice(0, 19).replaceAll(':', '')}`;
}
