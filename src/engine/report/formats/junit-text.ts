import { clip } from '../../text/sentence.ts';
import { printable } from './printable.ts';

/** What passed, failed, or could not be told. */
export interface JunitCase {
  name: string;
  /** What it belongs to, as test reports group by it. */
  classname: string;
  /** Why it is not as it should be, in a sentence; null where it is. */
  failure?: string | null;
  /** Why it could not be told. */
  error?: string | null;
  /** What is worth knowing all the same. */
  out?: string;
}

export interface JunitSuite {
  name: string;
  /** How long it took; left out where nothing was waited for. */
  seconds?: number;
  cases: readonly JunitCase[];
}

/**
 * Test results as build servers read them: JUnit XML, as Jenkins' plug-in describes it
 * (https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd).
 */
export function junitText(suites: readonly JunitSuite[]): string {
  const all = suites.flatMap(({ cases }) => cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'roomkey', ...countsOf(all) })}>`,
    ...suites.flatMap(({ name, seconds, cases }) => [
      `  <testsuite${attributes({ name, ...countsOf(cases), skipped: '0', ...timeOf(seconds) })}>`,
      ...cases.map(caseText),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n');
}

function caseText({ name, classname, failure, error, out }: JunitCase): string {
  const about = attributes({ name, classname });
  if (error != null) return `    <testcase${about}>\n${outcome('error', error)}\n    </testcase>`;
  if (failure != null) return `    <testcase${about}>\n${outcome('failure', failure)}\n    </testcase>`;
  if (out) return `    <testcase${about}>\n      <system-out>${escaped(out)}</system-out>\n    </testcase>`;
  return `    <testcase${about}/>`;
}

function outcome(kind: 'error' | 'failure', says: string): string {
  const type = kind === 'error' ? 'not-checked' : 'failed';
  return `      <${kind}${attributes({ type, message: says })}>${escaped(says)}</${kind}>`;
}

function countsOf(cases: readonly JunitCase[]) {
  const errors = cases.filter(({ error }) => error != null).length;
  const failures = cases.filter(({ error, failure }) => error == null && failure != null).length;
  return { tests: String(cases.length), failures: String(failures), errors: String(errors) };
}

function timeOf(seconds: number | undefined): { time?: string } {
  return seconds === undefined ? {} : { time: seconds.toFixed(3) };
}

function attributes(values: Record<string, string>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(value)}"`)
    .join('');
}

/** Characters of one text. */
const longest = 4000;

/** What XML takes for no more than text. The two characters that no text may hold in any spelling are the last of the first 65,536. */
function escaped(text: string): string {
  return printable(clip(text, longest))
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
