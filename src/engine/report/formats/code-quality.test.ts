import { expect, test } from 'vitest';
import { planted, plantedReport } from '../../../../test/builders/reports.ts';
import { codeQuality } from './code-quality.ts';

interface Issue {
  description: string;
  check_name: string;
  fingerprint: string;
  severity: string;
  location: { path: string; lines: { begin: number } };
}

const read = (text: string) => JSON.parse(text) as Issue[];
const issues = read(codeQuality.write(plantedReport(), { inputs: [] }));

test('each finding has the members that GitLab asks for, and no others', () => {
  expect(issues.length).toBeGreaterThan(3);
  for (const issue of issues) {
    expect(Object.keys(issue)).toEqual(['description', 'check_name', 'fingerprint', 'severity', 'location']);
    expect(['info', 'minor', 'major', 'critical', 'blocker']).toContain(issue.severity);
    expect(issue.location.path).not.toMatch(/^\.?\//);
    expect(issue.location.lines.begin).toBeGreaterThan(0);
    expect(issue.fingerprint).toMatch(/^[0-9a-f]{32}$/);
  }
});

test('no two have one fingerprint, of which GitLab would list the first alone', () => {
  expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length);
});

test('it holds no token, whatever is asked for', () => {
  const text = codeQuality.write(plantedReport(), { reveal: true });
  for (const token of Object.values(planted)) expect(text.includes(String(token))).toBe(false);
});

test('the worst findings are critical', () => {
  expect(issues.some(({ severity }) => severity === 'critical')).toBe(true);
});
