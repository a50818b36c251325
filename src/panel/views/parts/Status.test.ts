// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { captureOf, localStorageOf } from '../../../../test/builders/captures.ts';
import { click, openTab, rowOf, rows, see, tabPanel, usePanel } from '../../../../test/builders/panel.ts';
import { base64url, daily, hours, now } from '../../../../test/builders/tokens.ts';

usePanel();

const showing = (token: string) => see(captureOf({ stores: [localStorageOf({ token })] }));
const statusOf = (row: HTMLElement) => row.querySelector('.status');

test.each([
  ['milliseconds', 1e3],
  ['microseconds', 1e6],
])('an end in %s is said to be so, in the list, the overview and the claims', async (unit, scale) => {
  const exp = (now + hours(1)) * scale;
  await showing(daily.guest({ exp }));
  expect(statusOf(rowOf('Grace'))?.textContent).toBe(`In ${unit}`);
  expect(statusOf(rowOf('Grace'))?.className).not.toContain('valid');
  await click(rowOf('Grace'));
  expect(tabPanel().textContent).toContain(`exp is ${exp}, in ${unit}; servers that read seconds never see it end`);
  expect(tabPanel().textContent).toContain(`When it ends is not known: that is in ${unit}.`);
  expect(tabPanel().textContent).not.toMatch(/\d y\b|lives/);
  await openTab(/Claims/);
  expect(tabPanel().textContent).toContain(`in ${unit}, not seconds`);
});

test('a start in milliseconds is not known either', async () => {
  await showing(daily.guest({ nbf: now * 1000 }));
  expect(statusOf(rowOf('Grace'))?.textContent).toBe('In milliseconds');
  await click(rowOf('Grace'));
  expect(tabPanel().textContent).toContain('When it begins is not known');
});

test.each([0, -5, 1e300, -1e300, 253_402_300_799, 9_999_999_999, now + 0.5])('%d is put in words', async (exp) => {
  await showing(daily.guest({ exp }));
  expect(statusOf(rowOf('Grace'))?.textContent).toMatch(/left|ago|Just expired/);
  await click(rowOf('Grace'));
  expect(document.body.textContent).not.toMatch(/NaN|Invalid|Infinity|\d{2},\d{3} y/);
});

test('a token that was cut inside its end never claims to last for ever, nor to have ended', async () => {
  const claims = base64url('{"r":"standup","d":"acme","u":"Grace","exp":1795176000}');
  await showing(`Bearer ${base64url('{"alg":"HS256","typ":"JWT"}')}.${claims.slice(0, -8)}…`);
  const [row] = rows() as [HTMLElement];
  expect(statusOf(row)?.textContent).toBe('Damaged');
  await click(row);
  expect(tabPanel().textContent).toContain('not known, because the token is damaged');
  expect(tabPanel().textContent).toContain('"exp" is cut off or damaged');
  expect(tabPanel().textContent).not.toMatch(/never expires|1970|It expired/);
});
