import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { daily, hours, jwt, now } from '../../../test/builders/tokens.ts';
import { roomkey } from '../../../test/doubles/fake-terminal.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'roomkey-lock-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A storage state with these tokens in localStorage. */
function state(name: string, tokens: Record<string, string>): string {
  const localStorage = Object.entries(tokens).map(([key, value]) => ({ name: key, value }));
  return file(name, JSON.stringify({ cookies: [], origins: [{ origin: 'https://call.example', localStorage }] }));
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

test('a lock is written, holds for a later run with other tokens, and a change is a line and exit code 1', async () => {
  const path = state('one.json', { auth: daily.guest({ iat: now }) });
  const lock = join(folder, 'one.lock.json');
  expect(await roomkey(['lock', path, '--output', lock])).toEqual({ code: 0, out: '', complaints: [] });
  const written = readFileSync(lock, 'utf8');
  expect((await roomkey(['lock', path])).out).toBe(written);
  expect((await roomkey(['lock', path, '--output', '-'])).out).toBe(written);
  expect(existsSync('-')).toBe(false);
  state('one.json', { auth: daily.guest({ ud: 'another', u: 'Lin', iat: now, exp: now + 3659 }) });
  expect(await roomkey(['lock', path, '--check', lock])).toEqual({
    code: 0,
    out: 'As locked: 1 kind of tokens.\n',
    complaints: [],
  });
  state('one.json', { auth: daily.guest({ p: { ca: 's' }, iat: now, exp: now + hours(12) }), more: daily.host() });
  const { code, out } = await roomkey(['lock', path, '--check', lock]);
  expect(code).toBe(1);
  expect(out).toMatch(/^Daily guest gained record and live-stream$/m);
  expect(out).toMatch(/^Daily guest lives 12 h, was 1 h$/m);
  expect(out).toMatch(/^Daily host is new: in localStorage\.more on https:\/\/call\.example; /m);
  expect(out).toMatch(/^\d changes\.$/m);
  expect(readFileSync(lock, 'utf8')).toBe(written);
});

test('--accept lists what changed and writes it, and from then on it holds', async () => {
  const path = state('accept.json', { auth: daily.guest() });
  const lock = join(folder, 'accept.lock.json');
  await roomkey(['lock', path, '--output', lock]);
  const { mtimeMs } = statSync(lock);
  expect(await roomkey(['lock', path, '--check', lock, '--accept'])).toMatchObject({ code: 0 });
  expect(statSync(lock).mtimeMs).toBe(mtimeMs);
  state('accept.json', { auth: daily.host() });
  expect(await roomkey(['lock', path, '--check', lock, '--accept'])).toMatchObject({
    code: 0,
    out: expect.stringContaining('Daily guest is host, was guest'),
  });
  expect(await roomkey(['lock', path, '--check', lock])).toMatchObject({ code: 0 });
});

test('the host’s token on the guest’s page is told although the host’s page has it in the same place', async () => {
  const guest = state('guest-1a2b3c.json', { auth: daily.guest() });
  const host = state('host.json', { auth: daily.host() });
  const lock = join(folder, 'seats.lock.json');
  await roomkey(['lock', guest, host, '--output', lock]);
  const other = state('guest-9f8e7d.json', { auth: daily.guest(), old: daily.guest() });
  expect((await roomkey(['lock', host, other, '--check', lock])).out).toMatch(
    /^Daily guest is now also in localStorage\.old on https:\/\/call\.example \(guest-\*\.json\)$/m,
  );
  state('guest-1a2b3c.json', { auth: daily.host() });
  expect((await roomkey(['lock', guest, host, '--check', lock])).out).toMatch(/^Daily guest is host, was guest/m);
  expect((await roomkey(['lock', host, '--check', lock])).out).toMatch(
    /^Daily guest was not seen; it was in .*\(guest-\*\.json\)$/m,
  );
});

test.each([
  ['of one name in two folders', 'guest/state.json', 'host/state.json'],
  ['that are numbered', 'seat1.json', 'seat2.json'],
])('tokens that change places between files %s are told', async (_, one, other) => {
  for (const name of ['guest', 'host']) mkdirSync(join(folder, name), { recursive: true });
  const lock = join(folder, 'places.lock.json');
  const paths = [state(one, { auth: daily.guest() }), state(other, { auth: daily.host() })];
  await roomkey(['lock', ...paths, '--output', lock]);
  expect(await roomkey(['lock', ...paths, '--check', lock])).toMatchObject({ code: 0 });
  state(one, { auth: daily.host() });
  state(other, { auth: daily.guest() });
  const { code, out } = await roomkey(['lock', ...paths, '--check', lock]);
  expect(code).toBe(1);
  expect(out).toContain(`Daily host is now in localStorage.auth on https://call.example (${one})`);
});

test('a lock may lie in the folder that is compared with it', async () => {
  mkdirSync(join(folder, 'beside'), { recursive: true });
  state('beside/guest.json', { auth: daily.guest() });
  const lock = join(folder, 'beside', 'roomkey.lock.json');
  await roomkey(['lock', join(folder, 'beside'), '--output', lock]);
  expect(await roomkey(['lock', join(folder, 'beside'), '--check', lock])).toMatchObject({ code: 0, complaints: [] });
});

test('a cookie that is sent to more paths is told', async () => {
  const cookie = (path: string) => ({
    ...{ name: 'session', value: daily.host(), domain: 'call.example', path, expires: -1 },
    ...{ httpOnly: true, secure: true, sameSite: 'Lax' },
  });
  const jar = (path: string) => file('jar.json', JSON.stringify({ cookies: [cookie(path)], origins: [] }));
  const lock = join(folder, 'jar.lock.json');
  await roomkey(['lock', jar('/host/4711'), '--output', lock]);
  expect((await roomkey(['lock', jar('/host/4712'), '--check', lock])).code).toBe(0);
  expect((await roomkey(['lock', jar('/'), '--check', lock])).out).toMatch(
    /^Daily host is for every path in cookie session on https:\/\/call\.example, was below \/host\/\*$/m,
  );
});

test('a token that is signed with a published secret is another', async () => {
  const claims = { r: 'standup', d: 'd', u: 'Grace', iat: now, exp: now + hours(1) };
  const path = state('weak.json', { auth: jwt(claims) });
  const lock = join(folder, 'weak.lock.json');
  await roomkey(['lock', path, '--output', lock]);
  state('weak.json', { auth: jwt(claims, {}, 'your-256-bit-secret') });
  expect((await roomkey(['lock', path, '--check', lock])).out).toMatch(/is now flagged hmac-secret-known/);
});

test.each<[string, () => string[], RegExp]>([
  ['no input', () => ['lock'], /lock needs a file, a folder or -/],
  ['nothing to lock', () => ['lock', file('empty.txt', 'nothing here')], /no token was found/],
  ['nothing to compare', () => ['lock', file('none.txt', 'nothing here'), '--check', someLock()], /no token was found/],
  [
    'nothing to accept',
    () => ['lock', file('none.txt', 'nothing'), '--check', someLock(), '--accept'],
    /no token was found/,
  ],
  ['--accept alone', () => ['lock', 'x', '--accept'], /--accept goes with --check/],
  ['both files', () => ['lock', 'x', '--check', 'a', '--output', 'b'], /--output writes a new lock/],
  ['a lock that is none', () => ['lock', 'x', '--check', file('bad.json', '{"lock":2}')], /bad\.json: lock must be 1/],
  [
    'a lock that is not there',
    () => ['lock', 'x', '--check', join(folder, 'nowhere.json')],
    /nowhere\.json does not exist/,
  ],
  [
    'an input that is not there',
    () => ['lock', join(folder, 'gone.har'), '--check', someLock()],
    /gone\.har does not exist/,
  ],
  ['the lock as input', () => ['lock', someLock(), '--check', someLock(), '--accept'], /the original would be lost/],
])('%s is exit code 2 and a line', async (_, args, line) => {
  const { code, complaints } = await roomkey(args());
  expect(code).toBe(2);
  expect(complaints.join('\n')).toMatch(line);
});

function someLock(): string {
  const kind = { form: 'jws', use: 'unknown', role: 'unknown', rooms: 'not-stated', person: 'nobody', lives: '1 h' };
  const lists = { may: [], mayNot: [], header: [], claims: [], findings: [], places: [{ in: 'text' }] };
  return file(
    'some.lock.json',
    JSON.stringify({ lock: 1, policy: 'standard', findings: [], kinds: [{ ...kind, ...lists }] }),
  );
}

test('an input that could be read in part only is locked by nobody', async () => {
  const cut = file(
    'cut.har',
    `{"log":{"entries":[{"request":{"url":"https://call.example/?t=${daily.guest()}"}},{"request":{"url":"h`,
  );
  const lock = join(folder, 'cut.lock.json');
  expect(await roomkey(['lock', cut, '--output', lock])).toMatchObject({ code: 2 });
  expect(() => statSync(lock)).toThrow();
});
