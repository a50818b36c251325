import { expect, test } from 'vitest';
import { createFakeBrowser } from '../../../test/doubles/fake-browser.ts';
import type { Exchange } from '../../engine/model/capture.ts';
import type { PageState } from '../../panel/host.ts';
import { hearMessages } from './hear-messages.ts';

const site = (name: string, granted: boolean) => ({ site: `https://${name}.example`, granted, isPage: false });

function hearing() {
  const browser = createFakeBrowser('https://call.example/');
  const listening: { sites: readonly string[]; tell: (told: unknown) => void; isOn: boolean }[] = [];
  browser.onMessages = (sites, tell) => {
    const one = { sites, tell, isOn: true };
    listening.push(one);
    return () => {
      one.isOn = false;
    };
  };
  const told: [Exchange[], number, number][] = [];
  const { follow, stop } = hearMessages(browser, ({ messages, unread, reopened }) => {
    told.push([messages, unread, reopened]);
  });
  return { listening, told, stop, enter: (state: PageState) => follow({ kind: 'state', state }) };
}

test('only sites that were allowed are listened to, anew when they change, and no more at the end', () => {
  const { listening, enter, stop } = hearing();
  enter({ kind: 'watching', sites: [site('call', false)] });
  expect(listening).toEqual([]);
  enter({ kind: 'watching', sites: [site('call', true), site('meet', false)] });
  enter({ kind: 'loading' });
  enter({ kind: 'watching', sites: [site('call', true), site('other', false)] });
  expect(listening.map(({ sites, isOn }) => [sites, isOn])).toEqual([[['https://call.example'], true]]);
  enter({ kind: 'watching', sites: [site('meet', true), site('call', true)] });
  expect(listening.map(({ sites, isOn }) => [sites.length, isOn])).toEqual([
    [1, false],
    [2, true],
  ]);
  enter({ kind: 'watching', sites: [site('call', false), site('meet', false)] });
  stop();
  expect(listening.map(({ isOn }) => isOn)).toEqual([false, false]);
});

test('what the listener tells becomes exchanges, and anything else nothing', () => {
  const { listening, told, enter } = hearing();
  enter({ kind: 'watching', sites: [site('call', true)] });
  const tell = (message: unknown) => listening[0]?.tell(message);
  for (const odd of [null, 7, {}, { kind: 'other' }, { kind: 'window-messages', messages: {} }]) tell(odd);
  expect(told).toEqual([]);
  const messages = [{ from: 'https://meet.example', text: 'hello', ports: 1, at: 5 }, null];
  tell({ kind: 'window-messages', url: 'https://call.example/', messages, unread: 3, reopened: 2 });
  expect(told).toMatchObject([
    [
      [
        {
          url: 'https://call.example/',
          messages: [{ direction: 'received', text: 'hello', at: 5 }],
          posted: { from: 'https://meet.example', ports: 1 },
        },
        { posted: { from: 'null', ports: 0 } },
      ],
      3,
      2,
    ],
  ]);
  tell({ kind: 'window-messages', url: '', messages: Array.from({ length: 5000 }, () => ({})), unread: 0 });
  expect(told[1]?.[0]).toHaveLength(50);
});
