import type { Signal } from '@preact/signals';
import type { Expectations as ExpectationFile } from '../../engine/expect/expectations.ts';
import type { Finding, Report, ReportInput } from '../../engine/model/report.ts';
import { capitalised } from '../words/capitalised.ts';
import { masked } from '../words/masked.ts';
import type { Expectations } from './expectations.ts';

type Seating = typeof import('../chunks/seating.ts');

/** The report of another seat, as it was saved, and what compares it. */
export interface OtherSeat {
  name: string;
  report: Report;
  inputs: readonly ReportInput[];
  code: Seating;
}

/** What is on screen, as a seat. */
export interface OwnSeat {
  name: string;
  report: Report;
  inputs: readonly ReportInput[];
}

export interface SeatCheckOptions {
  other: Signal<OtherSeat | null>;
  expectations: Pick<Expectations, 'take' | 'aboutPages'>;
  say: (sentence: string) => void;
  fail: (what: string, error: unknown) => void;
  loadSeating?: () => Promise<Seating>;
}

/** Longest report that is opened, in bytes. */
const largest = 32 << 20;

/** Whether a file that a user opens is meant to be a saved report, whether or not it is right. */
export async function looksLikeReport(file: Blob): Promise<boolean> {
  return /"\$schema"\s*:\s*"[^"]{0,300}\/report\.schema\.json"/.test(await file.slice(0, 1000).text());
}

/** A saved report of another seat of the call, compared with what is on screen. */
export function createSeatCheck(options: SeatCheckOptions) {
  const { other, expectations, say, fail, loadSeating = () => import('../chunks/seating.ts') } = options;
  return {
    /** Reads a report in place of the one before; a file that is none leaves that. */
    async open(file: File): Promise<void> {
      try {
        if (file.size > largest) throw new Error('it is larger than 32 MB.');
        const code = await loadSeating();
        const saved = code.readReport(parsed(await file.text()), null);
        if (!saved) throw new Error('it is no report of Roomkey saved as JSON, as Export report saves it.');
        other.value = { name: file.name, report: saved.report, inputs: saved.told.inputs, code };
        say(`${file.name} opened.`);
      } catch (error) {
        fail(`${file.name} could not be opened`, error);
      }
    },

    /** Expects both seats as they are, once the user has said that what is wrong with them is right. */
    expectBoth(own: OwnSeat): Promise<void> {
      const seat = other.value;
      if (!seat) return Promise.resolve();
      return expectations.take((_, told) => {
        const { file, accepted } = seat.code.expectationsOfSeats(own, seat);
        if (isNew(accepted, told)) return { expect: null, doubts: [...accepted] };
        const { marked } = expectations.aboutPages.value;
        return { expect: file.expect, doubts: [], ...(file.pages && { pages: bothMarked(marked, file.pages) }) };
      });
    },

    close(): void {
      other.value = null;
    },
  };
}

/** What marks stand for in either. */
function bothMarked(some: ExpectationFile['pages'] = {}, others: NonNullable<ExpectationFile['pages']>) {
  const marks = Object.entries(others).map(([mark, patterns]): [string, string[]] => {
    const known = Object.hasOwn(some, mark) ? (some[mark] ?? []) : [];
    return [mark, [...new Set([...known, ...patterns])]];
  });
  return { ...some, ...Object.fromEntries(marks) };
}

const isNew = (findings: readonly Finding[], told: readonly Finding[]) =>
  findings.some(({ rule }) => !told.some((one) => one.rule === rule));

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    throw new Error('it is no JSON.');
  }
}

/** What the page on screen is called. A sentence, or a head, that begins with it begins large; one that begins with a file does not. */
export const thisPage = 'this page';
const shown = (text: string) => masked(text.startsWith(thisPage) ? capitalised(text) : text);

/** The seats side by side, in words that may be shown. */
export function comparedSeats(own: OwnSeat, other: OtherSeat) {
  const { code } = other;
  const { seats, verdict, rows, unlisted } = code.compareSeats(own, other);
  return {
    seats: seats.map(shown),
    outcome: verdict.outcome,
    says: shown(verdict.says),
    also: verdict.also.map(shown),
    rows: rows.map((row) => ({
      title: masked(row.title),
      /** The seat that alone has such a token; null where both have. */
      onlyIn: row.cells.includes(null) ? masked(seats[row.cells[0] ? 0 : 1]) : null,
      lines: code.linesOf(row).map(({ part, name, cells, privilege, differs }) => ({
        part,
        name,
        differs,
        cells: cells.map((text, index) => {
          const cell = row.cells[index];
          return {
            text: text === null ? null : masked(text),
            answer: cell && privilege ? code.answerIn(cell, privilege) : null,
          };
        }),
      })),
    })),
    unlisted,
  };
}
