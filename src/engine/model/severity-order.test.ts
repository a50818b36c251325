import { expect, test } from 'vitest';
import { severities } from './report.ts';
import { bySeverity, countsBySeverity, isAtLeast } from './severity-order.ts';

test('every severity has a number, the worst first', () => {
  expect(Object.entries(countsBySeverity((severity) => severity.length))).toEqual(
    severities.map((severity) => [severity, severity.length]),
  );
});

test('the worse is sorted first and is at least as bad', () => {
  const mixed = [...severities].reverse().map((severity) => ({ severity }));
  expect(mixed.sort(bySeverity).map(({ severity }) => severity)).toEqual(severities);
  for (const [index, severity] of severities.entries()) {
    expect(severities.filter((least) => isAtLeast(severity, least))).toEqual(severities.slice(index));
  }
});
