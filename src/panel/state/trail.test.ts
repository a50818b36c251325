import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import { createNavigation } from './navigation.ts';
import { createSelection } from './selection.ts';
import { createTrail } from './trail.ts';

function trail() {
  const navigation = createNavigation();
  const selection = createSelection(signal([]), signal(new Map()));
  const findings = { openKey: signal<string | null>(null) };
  return { navigation, selection, findings, ...createTrail({ navigation, selection, findings }) };
}

test('from a finding among all to a claim, and back to that finding', () => {
  const { navigation, selection, findings, show, back, from } = trail();
  navigation.open('findings');
  findings.openKey.value = 'a finding';
  show('ada', 'claims', 'claims.exp');
  expect([navigation.view.value, selection.ids.value, selection.tab.value]).toEqual(['tokens', ['ada'], 'claims']);
  expect(from.value?.view).toBe('findings');
  findings.openKey.value = null;
  back();
  expect([navigation.view.value, findings.openKey.value]).toEqual(['findings', 'a finding']);
  expect(from.value).toBeNull();
});

test('from tab to tab of one token and on to another, and back step by step', () => {
  const { selection, show, back, from } = trail();
  selection.select('ada');
  show('ada', 'findings', 'finding exp-missing');
  show('grace', 'findings', 'finding exp-missing');
  back();
  expect([selection.ids.value, selection.tab.value, selection.spotlight.value]).toEqual([
    ['ada'],
    'findings',
    'finding exp-missing',
  ]);
  back();
  expect([selection.ids.value, selection.tab.value, from.value]).toEqual([['ada'], 'overview', null]);
});

test('another tab opened by hand still leads back; another token, or another view, does not', () => {
  const { navigation, selection, show, from } = trail();
  selection.select('ada');
  show('ada', 'claims');
  selection.openTab('raw');
  expect(from.value?.tab).toBe('overview');
  selection.openTab('overview');
  expect(from.value).toBeNull();
  selection.openTab('raw');
  selection.select('grace');
  expect(from.value).toBeNull();
  selection.select('ada');
  navigation.open('origins');
  expect(from.value).toBeNull();
});

test('what was chosen by hand in between is where the next lead leads back to', () => {
  const { selection, show, back, from } = trail();
  selection.select('ada');
  show('ada', 'claims');
  selection.select('grace');
  show('grace', 'places');
  back();
  expect([selection.ids.value, from.value]).toEqual([['grace'], null]);
});

test('a lead to where one is already is no step', () => {
  const { selection, show, from } = trail();
  selection.select('ada');
  selection.openTab('claims');
  show('ada', 'claims');
  expect(from.value).toBeNull();
});

test('nothing to go back to does nothing', () => {
  const { selection, back } = trail();
  selection.select('ada');
  back();
  expect(selection.ids.value).toEqual(['ada']);
});
