import { expect, test } from 'vitest';
import { jwt, now } from '../../test/tokens.ts';
import { find, inspect } from './inspect.ts';
import type { Capture } from './model.ts';
import { standard } from './policies.ts';

const url = 'https://app.example/call';
const token = jwt({ sub: 'ada', iat: now });

function capture(key: string, text: string): Capture {
  const store = { source: 'local-storage', origin: 'https://app.example', url, readBy: 'isolated-world' } as const;
  return {
    readAt: now,
    page: { url: `${url}?pocketbase_auth=${token}`, title: '', scriptOrigins: null, loadedAt: now },
    frames: [],
    stores: [{ ...store, entries: [{ key, text }] }],
    cookies: [],
    texts: [],
    problems: [],
  };
}

test('a sighting under a known key carries the library’s words, one in a URL does not', () => {
  const { sightings } = find(capture('pocketbase_auth', token));
  expect(sightings.map(({ place, wrapper }) => [place.source, wrapper])).toEqual([
    ['page-url', null],
    ['local-storage', { id: 'pocketbase', label: 'PocketBase access token', use: 'access' }],
  ]);
});

test('the report says what the token is for, though its claims do not', () => {
  const { sightings } = find(capture('CF_Authorization', token));
  const report = inspect(sightings, { now, policy: standard });
  expect(report.subjects.map(({ facts }) => facts.use)).toEqual(['session']);
});
