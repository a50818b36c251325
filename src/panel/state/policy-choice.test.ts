import { computed, signal } from '@preact/signals';
import { describe, expect, test } from 'vitest';
import { createFakeHost } from '../../../test/doubles/fake-host.ts';
import * as judging from '../chunks/judging.ts';
import { defaultSettings, type Settings } from '../host.ts';
import { createPolicyChoice } from './policy-choice.ts';

const site = 'https://call.example';
const mute = { rule: 'storage-local', token: null, place: null, origin: site, reason: 'until the new login' };
const clinic = JSON.stringify({
  name: 'clinic',
  extends: 'strict',
  off: ['jti-missing'],
  mutes: [{ rule: mute.rule, origin: site, reason: mute.reason }],
});

async function choice({ stored = defaultSettings, preset = null as string | null, isJudging = true } = {}) {
  const host = createFakeHost();
  host.preset = { policy: preset };
  const settings = signal<Settings>(stored);
  const origin = signal<string | null>(site);
  const made = createPolicyChoice({
    host,
    settings,
    saveSettings: (changed) => {
      settings.value = { ...settings.value, ...changed };
    },
    pageOrigin: computed(() => origin.value),
    judging: { code: signal(isJudging ? judging : null), load: async () => judging },
  });
  await made.load();
  return { ...made, host, settings, origin, nameInUse: () => made.chosen.value.policy.name };
}

describe('which policy holds', () => {
  test('the one for all sites, unless the site has its own', async () => {
    const { choose, chooseForSite, nameInUse, origin, settings } = await choice();
    expect(nameInUse()).toBe('standard');
    choose('relaxed');
    expect(nameInUse()).toBe('relaxed');
    chooseForSite('strict');
    expect(nameInUse()).toBe('strict');
    origin.value = 'https://other.example';
    expect(nameInUse()).toBe('relaxed');
    origin.value = site;
    choose('standard');
    expect(settings.value).toMatchObject({ policy: 'relaxed', sitePolicies: { [site]: 'standard' } });
    chooseForSite(null);
    expect(nameInUse()).toBe('relaxed');
  });

  test('an administrator’s, whatever the user chose', async () => {
    const named = await choice({ preset: 'strict', stored: { ...defaultSettings, policy: 'relaxed' } });
    expect(named.chosen.value).toMatchObject({ by: 'administrator', policy: { name: 'strict' }, problems: [] });
    const file = await choice({ preset: clinic });
    expect(file.chosen.value).toMatchObject({ by: 'administrator', policy: { name: 'clinic', mutes: [mute] } });
    expect(file.mutes.value).toEqual([]);
  });

  test('a file with mistakes gives way to the standard policy, and every mistake is told', async () => {
    const { chosen } = await choice({ preset: '{"extends": "lax",\n"off": ["no-such-rule"]}' });
    expect(chosen.value.policy.name).toBe('standard');
    expect(chosen.value.problems.map(({ message }) => message)).toEqual([
      'The policy set by your administrator has mistakes, so the standard policy is used.',
      '$.extends must be one of standard, strict, relaxed (line 1, column 2).',
      '$.off[0] is no rule of this version (line 2, column 9).',
    ]);
  });

  test('before there is a token nothing is read', async () => {
    const { chosen } = await choice({ preset: clinic, isJudging: false });
    expect(chosen.value).toMatchObject({ policy: { name: 'standard' }, problems: [] });
  });
});

describe('own policies', () => {
  test('one is imported, chosen, and its mutes join the user’s', async () => {
    const { importFile, chosen, mutes, names } = await choice();
    expect(await importFile(clinic, 'clinic.json')).toEqual([]);
    expect(names.value).toEqual(['standard', 'strict', 'relaxed', 'clinic']);
    expect(chosen.value.policy).toMatchObject({
      name: 'clinic',
      off: ['jti-missing'],
      timeBoxedCalls: true,
      mutes: [mute],
    });
    await importFile(clinic, 'clinic.json');
    expect(mutes.value).toEqual([mute]);
    expect(names.value.filter((name) => name === 'clinic')).toHaveLength(1);
  });

  test('where the site has its own choice, an import changes that', async () => {
    const { importFile, chooseForSite, settings } = await choice();
    chooseForSite('strict');
    await importFile('{}', 'Our calls.json');
    expect(settings.value).toMatchObject({ policy: 'standard', sitePolicies: { [site]: 'Our calls' } });
  });

  test('one with mistakes changes nothing and tells each', async () => {
    const { importFile, settings } = await choice();
    const problems = await importFile('{"nme": 1, "off": 3}', 'x.json');
    expect(problems.map(({ subject }) => subject)).toEqual(['$.nme', '$.off']);
    expect(problems[0]?.message).toContain('(line 1, column 2)');
    expect(settings.value).toEqual(defaultSettings);
  });

  test('one named like those that come with Roomkey gets a name of its own', async () => {
    const { importFile, nameInUse, names } = await choice();
    await importFile('{"name": "strict", "off": []}', 'x.json');
    expect(nameInUse()).toBe('strict (imported)');
    expect(names.value).toContain('strict');
  });

  test('removed, it is chosen nowhere', async () => {
    const { importFile, chooseForSite, remove, settings, nameInUse } = await choice();
    await importFile(clinic, 'clinic.json');
    chooseForSite('clinic');
    remove('clinic');
    expect(settings.value).toMatchObject({ policy: 'standard', sitePolicies: {}, ownPolicies: [] });
    expect(nameInUse()).toBe('standard');
  });

  test('the policy in use is exported with its mutes, and can be imported elsewhere', async () => {
    const here = await choice();
    await here.importFile(clinic, 'clinic.json');
    here.mute({ ...mute, rule: '*', token: 'ab'.repeat(32), origin: null });
    expect(await here.exportFile()).toBe('roomkey-policy-clinic.json');
    const [file] = here.host.saved;
    const there = await choice();
    expect(await there.importFile(file?.text ?? '', file?.name ?? '')).toEqual([]);
    expect(there.chosen.value.policy).toEqual(here.chosen.value.policy);
  });
});

test('a mute is taken back', async () => {
  const { mute: accept, unmute, chosen, mutes } = await choice();
  accept(mute);
  accept({ ...mute, rule: 'exp-missing' });
  expect(chosen.value.policy.mutes).toHaveLength(2);
  unmute(mute);
  expect(mutes.value.map(({ rule }) => rule)).toEqual(['exp-missing']);
});
