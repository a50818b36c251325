import type { StepResult } from '../engine/expect/check-steps.ts';
import { json } from '../engine/report/formats/json.ts';
import { expectationCase, junit } from '../engine/report/formats/junit.ts';
import { junitText } from '../engine/report/formats/junit-text.ts';
import { printable, printableJson } from '../engine/report/formats/printable.ts';
import { outcomeReason, outcomeWord } from '../engine/report/formats/report-words.ts';
import { text } from '../engine/report/formats/text.ts';

/** What came of one step, and how long that took. */
export interface RunStep extends StepResult {
  seconds?: number;
}

/** By the names that formats of reports have, too. */
const writers = new Map([
  [text.id, asText],
  [json.id, asJson],
  [junit.id, asJunit],
]);

/** Names of the ways to write down what came of a run. */
export const runFormats: readonly string[] = [...writers.keys()];

/**
 * What came of a run as a text: `junit` for build servers, with a suite for each step, `json`, or `text` to be read. Throws a
 * `RangeError` for a format that there is not.
 */
export function writeRun(steps: readonly RunStep[], format: string): string {
  const writer = writers.get(format);
  if (!writer)
    throw new RangeError(`There is no format ${JSON.stringify(format)}; there are ${runFormats.join(', ')}.`);
  return writer(steps);
}

function asJunit(steps: readonly RunStep[]): string {
  return junitText(
    steps.map((one) => ({
      name: one.step,
      ...(one.seconds !== undefined && { seconds: one.seconds }),
      cases: [
        // That a step without expectations was come to is what is asked of it; of another, each expectation says that it was not.
        ...(one.results.length === 0
          ? [{ name: `comes to ${one.open ?? one.action ?? 'it'}`, classname: one.step, error: one.says ?? null }]
          : []),
        ...one.results.map((result) => expectationCase({ ...result, step: one.step })),
      ],
    })),
  );
}

function asJson(steps: readonly RunStep[]): string {
  return `${printableJson({ steps })}\n`;
}

function asText(steps: readonly RunStep[]): string {
  const lines = steps.flatMap((one) => [
    `${outcomeWord(one)}: ${one.step} (${one.open ?? one.action ?? 'all steps'})`,
    ...(one.results.length === 0 && one.says !== undefined ? [`  ${outcomeReason({ says: one.says })}`] : []),
    ...one.results.map((result) => {
      const reason = result.held ? '' : `: ${outcomeReason(result)}`;
      return `  ${outcomeWord(result)}: ${result.name}${reason}`;
    }),
  ]);
  const held = steps.filter((one) => one.held).length;
  return `${[...lines, `${held} of ${steps.length} steps held.`].map(printable).join('\n')}\n`;
}
