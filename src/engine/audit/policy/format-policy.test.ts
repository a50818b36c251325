import { expect, test } from 'vitest';
import { formatPolicy } from './format-policy.ts';
import { parsePolicy } from './parse-policy.ts';
import { type Policy, policies, relaxed, standard, strict } from './policies.ts';

const mute = {
  rule: 'storage-local',
  token: null,
  place: 'localStorage["auth"]',
  origin: 'https://call.example',
  reason: 'until the new login',
};
const own: Policy = {
  ...strict,
  name: 'clinic',
  lifetimes: { ...strict.lifetimes, 'video-join': { ok: 1800, info: 3600, low: 7200, medium: null } },
  severities: { 'exp-missing': 'critical' },
  off: ['jti-missing'],
  timeBoxedCalls: false,
  origins: {
    'https://staging.call.example': { lifetimes: {}, severities: { 'url-query': 'info' }, off: ['sub-missing'] },
  },
  requiredClaims: [{ claim: 'jti', uses: ['video-join'], severity: 'low', because: 'we block by id' }],
  forbiddenClaims: [{ claim: 'email', uses: [], severity: 'high', because: '' }],
  mutes: [mute],
  recipients: ['*.media.example'],
};

test.each<[string, Policy]>([
  ...Object.entries(policies),
  ['an own policy', own],
  [
    'an own policy with mutes by token',
    { ...relaxed, name: 'mine', mutes: [{ ...mute, token: 'ab'.repeat(32), place: null, origin: null }] },
  ],
  ['a policy that turns nothing off', { ...standard, name: 'mine', off: [] }],
])('%s is read back as it was written', (_, policy) => {
  expect(parsePolicy(formatPolicy(policy))).toEqual({ policy, problems: [] });
});

test('only what differs from the nearest policy is written', () => {
  expect(JSON.parse(formatPolicy({ ...strict, name: 'ours', mutes: [mute] }))).toEqual({
    name: 'ours',
    extends: 'strict',
    mutes: [
      {
        rule: 'storage-local',
        place: 'localStorage["auth"]',
        origin: 'https://call.example',
        reason: 'until the new login',
      },
    ],
  });
});
