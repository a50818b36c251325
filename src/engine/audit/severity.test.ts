import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { describe, expect, test } from 'vitest';
import { dailyHost, dailyToken } from '../../../test/builders/join-tokens.ts';
import { hours, jwt, now } from '../../../test/builders/tokens.ts';
import { findingsOf, judge, type Scene } from '../../../test/cases/rule.ts';
import type { Finding } from '../model/report.ts';
import { atLeast, atMost, shift } from './severity.ts';

const live = { iat: now, exp: now + hours(1) };

function only(scene: Scene, rule: string): Finding | undefined {
  return findingsOf(judge(scene), rule)[0];
}

test('severities move by whole levels and stop at the ends', () => {
  expect(shift('medium', 1)).toBe('high');
  expect(shift('critical', 1)).toBe('critical');
  expect(shift('info', -1)).toBe('info');
  expect(atMost('high', 'low')).toBe('low');
  expect(atMost('info', 'low')).toBe('info');
  expect(atLeast('low', 'high')).toBe('high');
  expect(atLeast('critical', 'high')).toBe('critical');
});

describe('M1, expired', () => {
  const expired = dailyToken({ iat: now - hours(2), exp: now - hours(1) });
  test('storage and addresses go one level down', () => {
    expect(only({ local: { t: expired } }, 'storage-local')).toMatchObject({ severity: 'low', modifiers: ['M1'] });
    expect(only({ url: `https://call.acme.com/#t=${expired}` }, 'url-fragment')?.severity).toBe('low');
  });
  test('the skew is forgiven', () => {
    expect(only({ local: { t: dailyToken({ exp: now - 59 }) } }, 'storage-local')?.severity).toBe('medium');
    expect(only({ local: { t: dailyToken({ exp: now - 60 }) } }, 'storage-local')?.severity).toBe('low');
  });
  test('personal data and the token itself are not affected', () => {
    const report = judge({ local: { t: dailyHost({ ud: 'jo@acme.com', r: undefined, exp: now - hours(1) }) } });
    expect(findingsOf(report, 'video-personal-data')[0]?.severity).toBe('medium');
    expect(findingsOf(report, 'video-room-missing')[0]?.severity).toBe('high');
  });
});

test('M2, public by design: storage, addresses and lifetimes become facts', () => {
  const anon = jwt({ iss: 'supabase', ref: 'abcdefghijklmnopqrst', role: 'anon', iat: now, exp: now + hours(87_600) });
  const report = judge({ url: `https://call.acme.com/?apikey=${anon}`, local: { key: anon } });
  const kinds = ['storage-local', 'url-query', 'url-persisted', 'lifetime-long'];
  for (const { rule, severity } of report.subjects[0]?.findings ?? []) {
    if (kinds.includes(rule)) expect([rule, severity]).toEqual([rule, 'info']);
  }
  expect(findingsOf(report, 'storage-local')[0]?.modifiers).toEqual(['M2']);
});

describe('M3, development', () => {
  test.each([
    'http://localhost:3000/',
    'http://app.localhost/',
    'http://call.test/',
    'http://192.168.1.7/',
    'http://[::1]:8080/',
  ])('on %s addresses and cookie attributes become facts', (url) => {
    const report = judge({
      url: `${url}?t=${dailyHost()}`,
      cookies: [{ name: 'm', value: dailyHost(), httpOnly: false, sameSite: 'none' }],
    });
    expect(findingsOf(report, 'url-query')[0]).toMatchObject({ severity: 'info', modifiers: ['M3'] });
    expect(findingsOf(report, 'cookie-not-httponly')[0]?.severity).toBe('info');
    expect(findingsOf(report, 'cookie-samesite-none')[0]?.severity).toBe('info');
  });
  test('storage keeps its severity', () => {
    expect(only({ url: 'http://localhost:3000/', local: { t: dailyToken() } }, 'storage-local')?.severity).toBe(
      'medium',
    );
  });
  test('a local frame in a public page is not development', () => {
    const frames = [`http://localhost:9000/?t=${dailyToken()}`];
    expect(only({ frames }, 'url-query')?.severity).toBe('medium');
  });
});

describe('M4, sample: everything becomes a fact', () => {
  test.each([
    ['jwt.io', jwt({ sub: '1234567890', name: 'John Doe', iat: 1_516_239_022 })],
    ['RFC 7519', jwt({ iss: 'joe', exp: 1_300_819_380, 'http://example.com/is_root': true })],
    ['an issuer at example.com', jwt({ iss: 'https://example.com/', sub: 'ada' })],
    ['an audience at example.org', jwt({ aud: ['example.org'], sub: 'ada' })],
  ])('%s', (_, token) => {
    const { subjects } = judge({ local: { t: token }, url: `https://call.acme.com/?t=${token}` });
    expect(subjects[0]?.findings.length).toBeGreaterThan(0);
    for (const finding of subjects[0]?.findings ?? []) expect(finding.severity).toBe('info');
  });
  test('a host that only ends like a sample is none', () => {
    const token = jwt({ iss: 'https://example.com.acme.net/', sub: 'ada', ...live });
    expect(only({ local: { t: token } }, 'storage-local')?.severity).toBe('medium');
  });
});

describe('M5, privilege: theft and exposure go one level up', () => {
  test.each([
    ['a host', dailyHost()],
    ['a refresh token', jwt({ typ: 'Refresh', sub: 'ada', ...live })],
    ['impersonation', jwt({ sub: 'ada', act: { sub: 'admin' }, ...live })],
  ])('%s', (_, token) => {
    expect(only({ local: { t: token } }, 'storage-local')).toMatchObject({ severity: 'high', modifiers: ['M5'] });
  });
  test('it meets expiry half way', () => {
    const token = dailyHost({ iat: now - hours(2), exp: now - hours(1) });
    expect(only({ local: { t: token } }, 'storage-local')).toMatchObject({
      severity: 'medium',
      modifiers: ['M5', 'M1'],
    });
  });
});

describe('M6, bound to a key', () => {
  const access = jwt({ sub: 'ada', scope: 'call', aud: 'https://api.acme.com', cnf: { jkt: 'thumb' }, ...live });
  const proof = (token: string) =>
    jwt(
      {
        htm: 'GET',
        htu: 'https://api.acme.com',
        iat: now,
        jti: '1',
        ath: Buffer.from(sha256(utf8ToBytes(token))).toString('base64url'),
      },
      { typ: 'dpop+jwt', jwk: { kty: 'EC' } },
    );
  test('a proof for this very token lowers theft by one level', () => {
    expect(only({ local: { a: access }, session: { p: proof(access) } }, 'storage-local')).toMatchObject({
      severity: 'low',
      modifiers: ['M6'],
    });
  });
  test('a proof for another token does not, nor does `cnf` alone', () => {
    expect(only({ local: { a: access }, session: { p: proof('other') } }, 'storage-local')?.severity).toBe('medium');
    expect(only({ local: { a: access } }, 'storage-local')?.severity).toBe('medium');
  });
  test('nor does a proof with another key than the token is bound to', () => {
    const key = { kty: 'EC', crv: 'P-256', x: 'x'.repeat(43), y: 'y'.repeat(43) };
    const members = JSON.stringify({ crv: key.crv, kty: key.kty, x: key.x, y: key.y });
    const jkt = Buffer.from(sha256(utf8ToBytes(members))).toString('base64url');
    const ath = (token: string) => Buffer.from(sha256(utf8ToBytes(token))).toString('base64url');
    const severityWith = (bound: string) => {
      const token = jwt({ sub: 'ada', scope: 'call', aud: 'https://api.acme.com', cnf: { jkt: bound }, ...live });
      const proved = jwt({ htm: 'GET', jti: '1', iat: now, ath: ath(token) }, { typ: 'dpop+jwt', jwk: key });
      return only({ local: { a: token }, session: { p: proved } }, 'storage-local')?.severity;
    };
    expect(severityWith(jkt)).toBe('low');
    expect(severityWith('z'.repeat(43))).toBe('medium');
  });
  test('a cookie that the browser renews by a proof of its key lowers theft, unless a copy lies elsewhere', () => {
    const token = jwt({ sub: 'ada', scope: 'call', aud: 'https://api.acme.com', ...live });
    const proof = jwt({ jti: 'challenge', iat: now }, { typ: 'dbsc+jwt', jwk: { kty: 'EC' } });
    const registered = (name: string) => ({
      url: 'https://call.acme.com/session',
      requestHeaders: [{ name: 'Secure-Session-Response', value: proof }],
      responseHeaders: [{ name: 'Content-Type', value: 'application/json' }],
      responseBody: {
        mimeType: 'application/json',
        text: JSON.stringify({
          session_identifier: '1',
          credentials: [{ type: 'cookie', name, attributes: 'Secure' }],
        }),
      },
    });
    const cookies = [{ name: 'auth', value: token, httpOnly: false }];
    const severityOf = (scene: Parameters<typeof only>[0]) => only(scene, 'cookie-not-httponly')?.severity;
    const plain = severityOf({ cookies });
    expect(plain).toBe('medium');
    expect(severityOf({ cookies, exchanges: [registered('auth')] })).toBe('low');
    expect(severityOf({ cookies, exchanges: [registered('other')] })).toBe('medium');
    expect(severityOf({ cookies, local: { copy: token }, exchanges: [registered('auth')] })).toBe('medium');
  });
  test('a proof cannot lower a token that is bound to nothing', () => {
    const plain = jwt({ sub: 'ada', scope: 'call', aud: 'https://api.acme.com', ...live });
    expect(only({ local: { a: plain }, session: { p: proof(plain) } }, 'storage-local')?.severity).toBe('medium');
  });
});
