import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { hostOf, isDevelopmentHost, isHostLike, isLoopback, urlFrom } from './hosts.ts';

test('a host is taken from URLs and origins, and null where there is none', () => {
  expect(hostOf('https://call.example:8443/a?b')).toBe('call.example');
  expect(hostOf('null')).toBeNull();
  expect(hostOf('data:text/html,x')).toBeNull();
  expect(hostOf(null)).toBeNull();
});

test.each([
  'localhost',
  'app.localhost',
  'call.test',
  '127.0.0.53',
  '[::1]',
  '10.0.0.4',
  '172.16.3.4',
  '192.168.1.1',
  '[fd12::1]',
])('%s is a development host', (host) => {
  expect(isDevelopmentHost(host)).toBe(true);
});

test.each([
  'call.example',
  'localhost.example',
  'test.call.example',
  '172.32.0.1',
  '8.8.8.8',
  '10.call.example',
  'contest',
])('%s is not a development host', (host) => {
  expect(isDevelopmentHost(host)).toBe(false);
  expect(isLoopback(host)).toBe(false);
});

test('a pattern stands for a host, and with `*.` for what lies below it, too', () => {
  for (const host of ['call.example', 'eu.call.example']) expect(isHostLike(host, '*.Call.example')).toBe(true);
  expect(isHostLike('call.example', 'call.example')).toBe(true);
  expect(isHostLike('eu.call.example', 'call.example')).toBe(false);
  for (const host of ['mycall.example', 'example', '']) expect(isHostLike(host, '*.call.example')).toBe(false);
});

test('a URL with other letters than ASCII is one however often it is asked for', () => {
  const url = 'https://bücher.example/x';
  const hosts = new Set(Array.from({ length: 20_000 }, () => urlFrom(url)?.host));
  expect([...hosts]).toEqual(['xn--bcher-kva.example']);
  expect([urlFrom(null), urlFrom(''), urlFrom('no'), urlFrom('/b', 'https://a.example/')?.href]).toEqual([
    null,
    null,
    null,
    'https://a.example/b',
  ]);
});

test('no source asks whether a text is a URL by what forgets it', () => {
  const root = resolve(import.meta.dirname, '../..');
  const asking = (readdirSync(root, { recursive: true }) as string[])
    .filter((file) => /(?<!\.test)\.tsx?$/.test(file))
    .filter((file) => /\bURL\.canParse\(/.test(readFileSync(join(root, file), 'utf8')));
  expect(asking).toEqual([]);
});
