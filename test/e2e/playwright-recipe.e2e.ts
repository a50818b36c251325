import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Expectation } from '../../src/engine/expect/expectations.ts';
import { daily } from '../builders/tokens.ts';

// The recipe itself is run: its code blocks are taken from the page, with the package name made to mean this checkout.
const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(root, 'node_modules/.recipe-'));
const [helper = '', spec = ''] = [
  ...readFileSync(join(root, 'docs/playwright.md'), 'utf8').matchAll(/```ts\n([\s\S]*?)```/g),
].map(([, code]) => code ?? '');
writeFileSync(
  join(folder, 'roomkey.ts'),
  helper.replace("'roomkey'", JSON.stringify(join(root, 'src/library/index.ts'))),
);
afterAll(() => rmSync(folder, { recursive: true }));

/** The parts of Playwright's Page and BrowserContext that the recipe uses. */
function browserWith(token: string, url = 'https://call.example/guest/standup') {
  const main = { url: () => url };
  const child = { url: () => `https://stage.example/?t=${token}` };
  const page = { url: () => url, title: async () => 'Call', frames: () => [main, child], mainFrame: () => main };
  const context = {
    storageState: async () => ({
      cookies: [],
      origins: [{ origin: 'https://call.example', localStorage: [{ name: 'auth', value: token }] }],
    }),
  };
  return { page, context };
}

/** The expectations of the test in the recipe. */
async function failuresOf(token: string): Promise<string[]> {
  const recipe = (await import(/* @vite-ignore */ join(folder, 'roomkey.ts'))) as {
    failuresOn(page: object, context: object, expect: Expectation[]): Promise<string[]>;
  };
  const list = /failuresOn\(page, context, (\[[\s\S]*?\n {4}\])/.exec(spec)?.[1];
  if (!list) throw new Error('the recipe has no expectations');
  const expectations = new Function(`return ${list}`)() as Expectation[];
  const { page, context } = browserWith(token);
  return recipe.failuresOn(page, context, expectations);
}

const soon = () => Math.floor(Date.now() / 1000) + 600;

test('the recipe passes for a guest token', async () => {
  expect(await failuresOf(daily.guest({ iat: soon() - 700, exp: soon() }))).toEqual([]);
});

test('the recipe fails for a host token, in the words it shows', async () => {
  const failures = await failuresOf(daily.host({ iat: soon() - 700, exp: soon() }));
  const place = String.raw`(?:frame URL \?t|localStorage\["auth"\]): Daily, room standup, owner\.$`;
  expect(failures).toEqual([
    expect.stringMatching(`^expected no host or server token, found one in ${place}`),
    expect.stringMatching(
      `^expected every token to have privileges\\.record false or not stated, but privileges\\.record is true in ${place}`,
    ),
  ]);
});
