import { expect, test } from 'vitest';
import { createFakeBrowser } from '../../test/doubles/fake-browser.ts';
import { createBackendHost } from './backends.ts';

const url = 'https://backend.example/introspect';

test('a failed request is named as the browser names it, and the name is forgotten by the next', async () => {
  const browser = createFakeBrowser('https://call.example/');
  let tell: (name: string) => void = () => undefined;
  let stopped = 0;
  browser.onRequestError = (_, listener) => {
    tell = listener;
    return () => {
      stopped += 1;
    };
  };
  browser.fetch = async () => {
    setTimeout(() => tell('net::ERR_CONNECTION_REFUSED'), 5);
    throw new TypeError('Failed to fetch');
  };
  const host = createBackendHost(browser);
  await expect(host.fetch(url)).rejects.toThrow('Failed to fetch');
  expect(await host.networkError(url)).toBe('net::ERR_CONNECTION_REFUSED');
  expect(await host.networkError('https://other.example/')).toBeNull();

  browser.fetch = async () => Response.json({});
  await host.fetch(url);
  expect(await host.networkError(url)).toBeNull();
  expect(stopped).toBe(2);
});

test('a question with credentials hides its origin, and one without shows it', async () => {
  const browser = createFakeBrowser('https://call.example/');
  const told: boolean[] = [];
  browser.sendOrigin = async (_, isSent) => void told.push(isSent);
  browser.fetch = async () => Response.json({});
  const host = createBackendHost(browser);
  await host.fetch(url, { headers: { accept: 'application/json', authorization: 'Bearer x' } });
  await host.fetch(url, { headers: { accept: 'application/json', 'content-type': 'text/plain' } });
  expect(told).toEqual([false, true]);
});

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
