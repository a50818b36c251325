import { isFailure } from '../../contain.ts';
import type { Report, Severity } from '../../model/report.ts';
import { isAtLeast } from '../../model/severity-order.ts';
import { type DocumentExpectation, type DocumentFinding, type ReportDocument, toDocument } from '../report-document.ts';
import type { Format, FormatOptions } from './format.ts';
import { type JunitCase, type JunitSuite, junitText } from './junit-text.ts';
import { headline } from './report-words.ts';

export const junit: Format = {
  id: 'junit',
  name: 'JUnit',
  isWithoutTokens: true,
  type: 'application/xml',
  extension: 'xml',
  write,
};

/**
 * What passed and what did not, for build servers: expectations, those of each step of a run in a suite of their own, findings, and
 * what could not be read. Nothing fails here and passes on the command line, or the other way round.
 */
function write(report: Report, { failOn = 'high', ...options }: FormatOptions): string {
  const written = toDocument(report, { ...options, reveal: false });
  const suites = [
    ...expectationSuites(written.expectations),
    findingSuite(written, failOn),
    readingSuite(written, options),
  ];
  return junitText(suites.filter(({ cases }) => cases.length > 0));
}

/** Expectations in their order, those of one step after the other together. */
export function expectationSuites(expectations: readonly DocumentExpectation[]): JunitSuite[] {
  const suites: { name: string; cases: JunitCase[] }[] = [];
  for (const one of expectations) {
    const name = one.step ?? 'expectations';
    const last = suites.at(-1);
    const cases = last?.name === name ? last.cases : [];
    if (cases.length === 0) suites.push({ name, cases });
    cases.push(expectationCase(one));
  }
  return suites;
}

export function expectationCase({ name, step = 'expectations', held, says }: DocumentExpectation): JunitCase {
  return { name, classname: step, failure: held === false ? says : null, error: held === null ? says : null };
}

function findingSuite({ tokens, findings }: ReportDocument, failOn: Severity | null): JunitSuite {
  const caseOf = ({ rule, severity, title, says }: DocumentFinding, classname: string): JunitCase => {
    const words = `${severity}: ${says === title ? title : `${title}: ${says}`}`;
    const isFailed = failOn !== null && isAtLeast(severity, failOn);
    return { name: `${title} [${rule}]`, classname, ...(isFailed ? { failure: words } : { out: words }) };
  };
  const counted = ({ muted, under }: DocumentFinding) => muted === null && under === null;
  const cases = [
    ...tokens.flatMap((token) => token.findings.filter(counted).map((one) => caseOf(one, headline(token)))),
    ...findings.filter(counted).map((one) => caseOf(one, 'several tokens')),
  ];
  return { name: 'findings', cases };
}

function readingSuite(
  { inputs, problems }: ReportDocument,
  { inputs: given = [], unusable }: FormatOptions,
): JunitSuite {
  const cases = inputs.map(({ name, readable, problems: [problem] }, index): JunitCase => {
    const isRead = unusable ? !unusable.includes(given[index]?.name ?? '') : readable;
    return { name, classname: 'inputs', error: isRead ? null : (problem?.message ?? 'It could not be read.') };
  });
  const failed = problems.filter(isFailure).map(({ message }): JunitCase => {
    return { name: 'a part of Roomkey', classname: 'roomkey', error: message };
  });
  return { name: 'inputs', cases: [...cases, ...failed] };
}
