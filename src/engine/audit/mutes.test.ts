import { describe, expect, test } from 'vitest';
import { dailyToken } from '../../../test/builders/join-tokens.ts';
import { judge } from '../../../test/cases/rule.ts';
import { mutableFor, muteOf } from './mutes.ts';
import type { Mute } from './policy/policies.ts';

const [subject] = judge({ local: { auth: dailyToken() } }).subjects;
const [other] = judge({ local: { auth: dailyToken({ r: 'another' }) } }).subjects;
if (!subject || !other) throw new Error('no token was found');
const id = subject.token.id;
const placed = { rule: 'storage-local', at: 'sightings[0]' };
const together = { rule: 'jti-reused', at: null, tokens: [id, other.token.id] };
const nothing: Mute = { rule: '*', token: null, place: null, origin: null, reason: 'accepted' };

describe('what a finding can be muted for', () => {
  test('a finding about a place: the token, the place on its origin, or the origin', () => {
    expect(mutableFor(placed, [subject])).toEqual([
      { token: id, place: null, origin: null },
      { token: null, place: 'localStorage["auth"]', origin: 'https://call.acme.com' },
      { token: null, place: null, origin: 'https://call.acme.com' },
    ]);
  });
  test('a finding about a claim: the token, or an origin where it lies', () => {
    expect(mutableFor({ rule: 'exp-missing', at: 'claims.exp' }, [subject])).toEqual([
      { token: id, place: null, origin: null },
      { token: null, place: null, origin: 'https://call.acme.com' },
    ]);
  });
  test('a finding about several tokens: an origin', () => {
    expect(mutableFor(together, [subject, other])).toEqual([
      { token: null, place: null, origin: 'https://call.acme.com' },
    ]);
  });
  test('origins without a name of their own are not offered', () => {
    const nowhere = {
      ...subject,
      sightings: subject.sightings.map((one) => ({ ...one, place: { ...one.place, origin: 'null' } })),
    };
    expect(mutableFor(placed, [nowhere])).toEqual([
      { token: id, place: null, origin: null },
      { token: null, place: 'localStorage["auth"]', origin: null },
    ]);
  });
  test('whatever is offered mutes the finding', () => {
    for (const [finding, about] of [
      [placed, [subject]],
      [together, [subject, other]],
    ] as const) {
      for (const target of mutableFor(finding, about)) {
        expect(muteOf(finding, [{ ...nothing, ...target }], about)).toMatchObject({ reason: 'accepted' });
        expect(muteOf(finding, [{ ...nothing, ...target, rule: 'other' }], about)).toBeNull();
      }
    }
  });
});

test('the first mute that concerns a finding is the one that counts', () => {
  const mutes = [
    { ...nothing, origin: 'https://elsewhere.example' },
    { ...nothing, token: id, reason: 'first' },
    { ...nothing, token: id },
  ];
  expect(muteOf(placed, mutes, [subject])?.reason).toBe('first');
  expect(muteOf(placed, [], [subject])).toBeNull();
});
