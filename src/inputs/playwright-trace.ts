import { record, seconds } from '../engine/text/narrow.ts';
import { joinLines, linesIn } from './bytes/lines.ts';
import { endOf, exchangeOf, looseIn, wholeEntry } from './har-entry.ts';
import { emptyCapture, type Input, InputError } from './input.ts';
import { hiddenIn } from './left-behind.ts';
import { createSideFiles } from './side-files.ts';

/**
 * trace.network and trace.trace of a Playwright trace: an event a line, of which `resource-snapshot` holds an entry of HAR
 * (https://github.com/microsoft/playwright/blob/main/packages/trace/src/trace.ts). Bodies lie in files of their own beside it.
 */
export const playwrightTrace: Input = {
  id: 'playwright-trace',
  isWhole: true,
  name: 'Network and events of a Playwright trace',
  matches: (head) => /^\s*\{[^\n]{0,4000}?"type"\s*:\s*"(?:resource-snapshot|context-options)"/.test(head),
  async read(window, { now, name, recorded, beside }, emit) {
    const sideFiles = createSideFiles(beside);
    let entries = 0;
    let broken: InputError | null = null;
    const noEvents = joinLines((stretch) => emit({ ...emptyCapture(now), texts: [{ name, ...stretch }] }));
    for await (const line of linesIn(window)) {
      const { text, number, start } = line;
      const event = /^\s*\{/.test(text) ? eventIn(text) : null;
      if (!event) {
        noEvents.add(line);
        if (text.trim() !== '')
          broken ??= new InputError(
            'input-invalid',
            `has a line that is no event (line ${number}); it was searched as text`,
            start,
          );
        continue;
      }
      noEvents.end();
      const entry = record(event.snapshot);
      if (event.type === 'resource-snapshot' && entry.request) {
        entries += 1;
        recorded(endOf(entry) ?? seconds(entry.startedDateTime));
        const read = wholeEntry(entry);
        const exchange = exchangeOf(read, `entry ${entries}`, null);
        const loose = looseIn(read).map((one) => ({ name, text: one, start, from: { line: number, column: 1 } }));
        emit({ ...emptyCapture(now), exchanges: [await sideFiles.filled(exchange, entry)], texts: loose });
        for (const capture of hiddenIn(text, { name, now })) emit(capture);
        continue;
      }
      emit({ ...emptyCapture(now), texts: [{ name, text, start, from: { line: number, column: 1 } }] });
    }
    noEvents.end();
    const problems = sideFiles.problems();
    if (problems.length > 0) emit({ ...emptyCapture(now), problems });
    if (broken) throw broken;
  },
};

function eventIn(line: string): Record<string, unknown> | null {
  try {
    return record(JSON.parse(line));
  } catch {
    return null;
  }
}
