import type { Report, Severity } from '../../model/report.ts';
import { type DocumentExpectation, toDocument } from '../report-document.ts';
import { digest, fingerprint, type Placed, placedFindings, sentence, sightingOf } from './finding-place.ts';
import type { Format, FormatOptions } from './format.ts';
import { printableJson } from './printable.ts';
import { expectationName, headline } from './report-words.ts';

export const codeQuality: Format = {
  id: 'code-quality',
  name: 'GitLab Code Quality',
  isWithoutTokens: true,
  type: 'application/json',
  extension: 'json',
  write,
};

interface Issue {
  description: string;
  check_name: string;
  fingerprint: string;
  severity: (typeof severities)[Severity];
  location: { path: string; lines: { begin: number } };
}

/**
 * What a merge request shows: findings that are not muted, and expectations that did not hold. The members that GitLab asks for, and no more:
 * https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format (2026-11-28).
 */
function write(report: Report, options: FormatOptions): string {
  const written = toDocument(report, { ...options, reveal: false });
  const file = written.inputs[0]?.name ?? 'page';
  const issues = [
    ...placedFindings(written)
      .filter(({ finding }) => finding.muted === null)
      .map((placed) => issueOf(placed, file)),
    ...written.expectations.filter(({ held }) => held !== true).map((one) => unmetIssue(one, file)),
  ];
  return `${printableJson(told(issues))}\n`;
}

function issueOf(placed: Placed, file: string): Issue {
  const { finding, token } = placed;
  const sighting = sightingOf(placed);
  const about = token ? ` ${headline(token)}.` : '';
  return {
    description: `${sentence(finding.says || finding.title)}${about}`,
    check_name: finding.rule,
    fingerprint: fingerprint(placed),
    severity: severities[finding.severity],
    location: { path: pathOf(sighting?.input ?? file), lines: { begin: sighting?.lines?.line ?? 1 } },
  };
}

function unmetIssue(one: DocumentExpectation, file: string): Issue {
  const name = expectationName(one);
  const rule = one.held === false ? 'expectation-failed' : 'expectation-not-checked';
  return {
    description: sentence(`${name}: ${one.says}`),
    check_name: rule,
    fingerprint: digest([rule, name]),
    severity: 'critical',
    location: { path: pathOf(file), lines: { begin: 1 } },
  };
}

/** GitLab lists one issue of each fingerprint: what is found several times in alike places is numbered. */
function told(issues: readonly Issue[]): Issue[] {
  const times = new Map<string, number>();
  return issues.map((issue) => {
    const before = times.get(issue.fingerprint) ?? 0;
    times.set(issue.fingerprint, before + 1);
    return before === 0 ? issue : { ...issue, fingerprint: digest([issue.fingerprint, before]) };
  });
}

/** From the top of the repository, without the `./` that GitLab would not match with a changed file. */
function pathOf(name: string): string {
  return name.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
}

const severities = { critical: 'blocker', high: 'critical', medium: 'major', low: 'minor', info: 'info' } as const;
