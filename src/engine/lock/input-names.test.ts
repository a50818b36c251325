import { expect, test } from 'vitest';
import { inputNames, isSameInput } from './input-names.ts';
import { isSamePattern } from './name-pattern.ts';

test.each<[names: string[], told: string[]]>([
  [['/home/ann/guest.json'], ['guest.json']],
  [
    ['runs/guest-9f3ac1.json', 'runs/host-77b0de.json'],
    ['guest-*.json', 'host-*.json'],
  ],
  [
    ['run/guest/state.json', 'run/host/state.json'],
    ['guest/state.json', 'host/state.json'],
  ],
  [
    ['C:\\run\\guest\\state.json', 'C:\\run\\host\\state.json'],
    ['guest/state.json', 'host/state.json'],
  ],
  [
    ['a/guest/x/s.json', 'a/host/x/s.json'],
    ['guest/x/s.json', 'host/x/s.json'],
  ],
  [
    ['seat1.json', 'seat2.json'],
    ['seat1.json', 'seat2.json'],
  ],
  [
    ['1.har', '2.har'],
    ['1.har', '2.har'],
  ],
  // Made anew by each run, so that no name would be seen again.
  [
    ['trace-9f3ac1.json', 'trace-77b0de.json'],
    ['trace-*.json', 'trace-*.json'],
  ],
  [
    ['trace-1795176000.json', 'trace-1795176001.json'],
    ['trace-*.json', 'trace-*.json'],
  ],
  [
    ['https://call.example/host/standup', 'https://call.example/guest/standup', 'no page'],
    ['https://call.example/host/standup', 'https://call.example/guest/standup', 'no page'],
  ],
  [['standard input'], ['standard input']],
])('%j are told as %j', (names, told) => {
  expect([...inputNames(names).values()]).toEqual(told);
});

test.each([
  ['guest/state.json', 'state.json', true],
  ['state.json', 'guest/state.json', true],
  ['guest/state.json', 'host/state.json', false],
  ['seat1.json', 'seat*.json', true],
  ['seat1.json', 'seat2.json', false],
  ['', 'state.json', false],
])('%j and %j are one file: %s', (locked, seen, same) => {
  expect(isSameInput(locked, seen, isSamePattern)).toBe(same);
});
