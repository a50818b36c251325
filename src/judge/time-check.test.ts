import { expect, test } from 'vitest';
import { rawJwt } from '../../test/builders/tokens.ts';
import { decode } from '../engine/decode/decode.ts';
import type { Token } from '../engine/model/token.ts';
import { providers } from '../engine/recognise/providers/index.ts';
import type { JsonObject } from '../engine/text/json.ts';
import { checkTime, readSpan } from './time-check.ts';

const now = 1_000_000;
const provider = (id: string) => providers.find((one) => one.id === id) ?? null;
const outcome = (token: Token, id: string) => checkTime(readSpan(token, provider(id), now), now, 0, false).outcome;
const token = (form: Token['form'], claims: JsonObject): Token => ({
  ...decode(rawJwt({ alg: 'HS256' }, claims), 'jws'),
  form,
});

test('an Agora token ends with its right to join, where that ends first', () => {
  const agora = (privilege: number) =>
    token('agora-007', {
      appId: 'a',
      issueTs: now - 100,
      expire: 1000,
      services: [{ type: 1, privileges: { 1: privilege } }],
    });
  expect(outcome(agora(0), 'agora')).toBe('passed');
  expect(outcome(agora(500), 'agora')).toBe('passed');
  expect(outcome(agora(50), 'agora')).toBe('failed');
});

test('a UserSig ends with the rights in its buffer', () => {
  const usersig = (expiresAt: number) =>
    token('trtc-usersig', { 'TLS.time': now - 100, 'TLS.expire': 1000, userbuf: { expiresAt } });
  expect(outcome(usersig(now + 10), 'trtc')).toBe('passed');
  expect(outcome(usersig(now - 10), 'trtc')).toBe('failed');
});

test('a platform’s own times are numbers, too', () => {
  const usersig = (more: JsonObject) => token('trtc-usersig', { 'TLS.time': now - 100, 'TLS.expire': 1000, ...more });
  expect(outcome(usersig({ 'TLS.time': String(now) }), 'trtc')).toBe('failed');
  expect(outcome(usersig({ 'TLS.expire': null }), 'trtc')).toBe('failed');
  expect(outcome(usersig({ userbuf: { expiresAt: 'later' } }), 'trtc')).toBe('failed');
  expect(outcome(token('jws', { exp: now + 10, tokenExp: 'later' }), 'zoom-meeting-sdk')).toBe('failed');
});
