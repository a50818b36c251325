import { describe, expect, test } from 'vitest';
import { base64url, daily, now } from '../../../../test/builders/tokens.ts';
import { find } from '../../inspect.ts';
import type { Capture, Cookie } from '../../model/capture.ts';

const token = daily.host();

function jar(values: Record<string, string>, rest: Partial<Cookie> = {}): Capture {
  const cookies = Object.entries(values).map(
    ([name, value]): Cookie => ({
      name,
      value,
      domain: 'call.example',
      hostOnly: true,
      path: '/',
      httpOnly: false,
      secure: true,
      sameSite: 'lax',
      session: true,
      expiresAt: null,
      partitionedBy: null,
      url: 'https://call.example/',
      ...rest,
    }),
  );
  return { readAt: now, page: null, frames: [], stores: [], cookies, texts: [], problems: [] };
}

/** `text` cut into `count` pieces under numbered names, the last ones first. */
function chunks(text: string, count: number, name: (index: number) => string): Record<string, string> {
  const size = Math.ceil(text.length / count);
  const entries = Array.from({ length: count }, (_, index) => [
    name(index),
    text.slice(index * size, (index + 1) * size),
  ]);
  return Object.fromEntries(entries.reverse());
}

const found = (capture: Capture) =>
  find(capture).sightings.map(({ token, chunks, place }) => ({ token, chunks, key: place.key }));

describe('chunked cookies', () => {
  test.each([
    ['name.0', (index: number) => `auth.${index}`],
    ['name_0', (index: number) => `auth_${index}`],
    ['name-0', (index: number) => `auth-${index}`],
    ['name.1', (index: number) => `auth.${index + 1}`],
    ['nameC1', (index: number) => `authC${index + 1}`],
  ])('%s are joined in numeric order', (_, name) => {
    expect(found(jar(chunks(token, 11, name)))).toEqual([{ token, chunks: 11, key: 'auth' }]);
  });

  test('Supabase: base64 JSON over several', () => {
    const session = `base64-${base64url(JSON.stringify({ access_token: token, user: { id: 'x'.repeat(200) } }))}`;
    expect(found(jar(chunks(session, 3, (index) => `sb-project-auth-token.${index}`)))).toEqual([
      { token, chunks: 3, key: 'sb-project-auth-token' },
    ]);
  });

  test('percent-encoding may be cut between two', () => {
    const encoded = encodeURIComponent(JSON.stringify({ t: token }));
    const at = encoded.indexOf('%22') + 1;
    expect(found(jar({ 's.0': encoded.slice(0, at), 's.1': encoded.slice(at) }))).toEqual([
      { token, chunks: 2, key: 's' },
    ]);
  });

  test('a gap ends the series', () => {
    const pieces = chunks(token, 3, (index) => `auth.${index}`);
    const capture = jar({ 'auth.0': pieces['auth.0'] ?? '', 'auth.2': pieces['auth.2'] ?? '' });
    expect(found(capture).map(({ token }) => token)).not.toContain(token);
  });

  test('numbered cookies that each hold a token stay apart', () => {
    expect(found(jar({ room_1: token, room_2: daily.guest() }))).toEqual([
      { token, chunks: 1, key: 'room_1' },
      { token: daily.guest(), chunks: 1, key: 'room_2' },
    ]);
  });

  test('cookies of different paths are not joined', () => {
    const pieces = chunks(token, 2, (index) => `auth.${index}`);
    const capture = jar(pieces);
    capture.cookies = capture.cookies.map((cookie, index) => ({ ...cookie, path: `/${index}` }));
    expect(found(capture).filter(({ chunks }) => chunks > 1)).toEqual([]);
  });

  test('one HttpOnly part keeps scripts from the whole', () => {
    const capture = jar(chunks(token, 2, (index) => `auth.${index}`));
    capture.cookies = capture.cookies.map((cookie, index) => ({ ...cookie, httpOnly: index === 0 }));
    expect(find(capture).sightings[0]?.place.traits.readableByScripts).toBe(false);
  });
});

describe('two parts of a token under a token-like name', () => {
  const [header, payload, signature = ''] = token.split('.');
  const head = `${header}.${payload}`;

  test('are noted and shown whole when the signature stands in another cookie', () => {
    const { sightings } = find(jar({ 'jwt-head': head, 'jwt-sig': signature }));
    expect(sightings).toMatchObject([{ note: 'split-signature', token }]);
  });

  test('are shown whole when the signature stands in storage of the same origin only', () => {
    const capture = jar({ 'jwt-sig': signature });
    const store = (origin: string): Capture['stores'][number] => ({
      source: 'local-storage',
      origin,
      url: `${origin}/`,
      entries: [{ key: 'token', text: head }],
      readBy: 'page-script',
    });
    const origin = new URL(capture.cookies[0]?.url ?? '').origin;
    expect(find({ ...capture, stores: [store(origin)] }).sightings).toMatchObject([{ note: 'split-signature', token }]);
    expect(find({ ...capture, stores: [store('https://other.example')] }).sightings).toMatchObject([
      { note: 'token-truncated', token: head },
    ]);
  });

  test('stay in two when several values could be the signature', () => {
    const other = signature.split('').reverse().join('');
    const { sightings } = find(jar({ 'jwt-head': head, a: signature, b: other }));
    expect(sightings).toMatchObject([{ note: 'split-signature', token: head }]);
  });

  test('count as cut without a signature, or when its length does not fit', () => {
    expect(find(jar({ 'jwt-head': head })).sightings).toMatchObject([{ note: 'token-truncated', token: head }]);
    const short = { 'jwt-head': head, 'jwt-sig': signature.slice(1) };
    expect(find(jar(short)).sightings).toMatchObject([{ note: 'token-truncated', token: head }]);
  });
});
