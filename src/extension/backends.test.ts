import { expect, test } from 'vitest';
import { createFakeBrowser } from '../../test/doubles/fake-browser.ts';
import { createBackendHost } from './backends.ts';

test('secrets that another hand left are read as far as they are texts', async () => {
  const browser = createFakeBrowser('https://call.example/');
  for (const [stored, read] of [
    [undefined, {}],
    ['x', {}],
    [{ a: 'one', b: 2, c: null }, { a: 'one' }],
  ]) {
    browser.secrets.load = async () => stored;
    expect(await createBackendHost(browser).secrets.load()).toEqual(read);
  }
});

test('a secret that is entered in a private window is kept by the panel alone', async () => {
  const browser = createFakeBrowser('https://call.example/');
  const saved: unknown[] = [];
  browser.secrets.save = async (secrets) => void saved.push(secrets);
  browser.secrets.load = async () => ({ a: 'one' });
  const open = createBackendHost(browser);
  await open.secrets.save({ b: 'two' });
  browser.isPrivate = async () => true;
  const hidden = createBackendHost(browser);
  expect(await hidden.secrets.load()).toEqual({ a: 'one' });
  await hidden.secrets.save({ c: 'three' });
  expect(await hidden.secrets.load()).toEqual({ c: 'three' });
  expect(saved).toEqual([{ b: 'two' }]);
});
