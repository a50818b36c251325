import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportAs } from '../browser/export-report.ts';
import { grantedVariant, type Variant } from '../browser/granted-variant.ts';
import { type CallSite, startCallSite } from '../demo/site.ts';
import { expected, reported } from './expect-planted.ts';
import { eventually, extension, openSession, reportOf, type Session } from './session.ts';

let site: CallSite;
let variant: Variant;
let session: Session;

beforeAll(async () => {
  site = await startCallSite({ now: Math.floor(Date.now() / 1000) });
  variant = grantedVariant(extension);
  session = await openSession({ url: site.guestUrl, extension: variant.extension });
  await eventually(async () =>
    expect(reported(await reportOf(session.panel), site.guest)).toEqual(expected(site, site.guest, 'by-browser')),
  );
});

afterAll(async () => {
  await session?.close();
  await site?.close();
  variant?.remove();
});

test('a whole audit of the fifteen tokens prints on five pages of A4, with nothing beyond their edges', async () => {
  const { tokens } = await reportOf(session.panel);
  expect(tokens.length).toBeGreaterThanOrEqual(15);
  const text = await exportAs(session.panel, 'html');
  const page = await session.browser.newPage();
  try {
    await page.setContent(text);
    const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
    expect(pagesOf(pdf)).toBeGreaterThanOrEqual(2);
    expect(pagesOf(pdf)).toBeLessThanOrEqual(5);

    // 210 mm less two margins of 12 mm, in CSS pixels.
    await page.setViewport({ width: 703, height: 1000 });
    await page.emulateMediaType('print');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(703);
    const shown = (await page.evaluate('document.body.innerText')) as string;
    for (const { number, rules } of tokens.map(({ findings }, index) => ({
      number: index + 1,
      rules: findings.filter(({ under, muted }) => under === null && muted === null).map(({ title }) => title),
    }))) {
      expect(shown).toMatch(new RegExp(`^${number}\\. `, 'm'));
      for (const title of rules) expect(shown).toContain(title.replaceAll('`', ''));
    }
  } finally {
    await page.close();
  }
});

/** Pages of a PDF: objects of that type, which Chromium writes uncompressed. */
function pagesOf(pdf: Uint8Array): number {
  return [
    ...Buffer.from(pdf)
      .toString('latin1')
      .matchAll(/\/Type\s*\/Page\b(?!s)/g),
  ].length;
}
