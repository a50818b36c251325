import { record, seconds } from '../engine/text/narrow.ts';
import { linesIn } from './bytes/lines.ts';
import { endOf, exchangeOf, wholeEntry } from './har-entry.ts';
import { emptyCapture, type Input, InputError } from './input.ts';

/**
 * trace.network and trace.trace of a Playwright trace: an event a line, of which `resource-snapshot` holds an entry of HAR
 * (https://github.com/microsoft/playwright/blob/main/packages/trace/src/trace.ts). Bodies lie in files of their own beside it.
 */
export const playwrightTrace: Input = {
  id: 'playwright-trace',
  name: 'Network and events of a Playwright trace',
  matches: (head) => /^\s*\{[^\n]{0,4000}?"type"\s*:\s*"(?:resource-snapshot|context-options)"/.test(head),
  async read(window, { now, name, recorded }, emit) {
    let entries = 0;
    let broken: InputError | null = null;
    for await (const { text, number, start } of linesIn(window)) {
      if (text.trim() === '') continue;
      const event = eventIn(text);
      const entry = record(event?.snapshot);
      if (event?.type === 'resource-snapshot' && entry.request) {
        entries += 1;
        recorded(endOf(entry) ?? seconds(entry.startedDateTime));
        emit({ ...emptyCapture(now), exchanges: [exchangeOf(wholeEntry(entry), `entry ${entries}`, null)] });
        continue;
      }
      if (!event)
        broken ??= new InputError(
          'input-invalid',
          `has a line that is no event (line ${number}); it was searched as text`,
          start,
        );
      emit({ ...emptyCapture(now), texts: [{ name, text, start, from: { line: number, column: 1 } }] });
    }
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
