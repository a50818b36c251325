import { expect, test } from 'vitest';
import { daily } from '../../../test/builders/tokens.ts';
import { stepAddress } from './step-address.ts';

const token = daily.guest();
const inner = encodeURIComponent(`https://call.example/guest?jwt=${token}`);

test.each<[url: string, open: string | null, left: string[]]>([
  ['https://call.example/guest/standup', 'https://call.example/guest/standup', []],
  ['http://app.localhost:4610/?lang=de&name=Grace', 'http://app.localhost:4610/?lang=de&name=Grace', []],
  [`https://call.example/a?t=${token}&lang=de`, 'https://call.example/a?lang=de', ['t']],
  ['https://call.example/a?pwd=123456&x=1', 'https://call.example/a?x=1', ['pwd']],
  ['https://call.example/a?access%5Ftoken=1', 'https://call.example/a', ['access_token']],
  [`https://call.example/a?from=${inner}`, 'https://call.example/a', ['from']],
  [`https://call.example/a?${token}`, 'https://call.example/a', ['a parameter']],
  [`https://call.example/a?q=${btoa(token)}`, 'https://call.example/a', ['q']],
  ['https://call.example/a?session=f81d4fae', 'https://call.example/a', ['session']],
  [`https://call.example/a?q=${'x'.repeat(49)}`, 'https://call.example/a', ['q']],
  ['https://call.example/a?q=%', 'https://call.example/a?q=%', []],
  [`https://call.example/join/${token}/now?x=1#/y`, 'https://call.example/join/', ['the end of its path']],
  ['https://call.example/reset-password/8f14e45fceea', 'https://call.example/reset-password/', ['the end of its path']],
  ['https://call.example/#/login-token/8f14e45fceea', 'https://call.example/', ['its fragment']],
  ['https://call.example/reset-password/done', 'https://call.example/reset-password/done', []],
  ['https://call.example/rooms/8f14e45fceea', 'https://call.example/rooms/8f14e45fceea', []],
  [`https://call.example/a#jwt=${token}`, 'https://call.example/a', ['its fragment']],
  ['https://call.example/a#top', 'https://call.example/a', ['its fragment']],
  ['https://call.example/#/host?lang=de&token=x', 'https://call.example/#/host?lang=de', ['token']],
  [`https://call.example/#/join/${token}`, 'https://call.example/', ['its fragment']],
  ['https://ada:secret@call.example/a', 'https://call.example/a', []],
  [`https://call.example/${'a/'.repeat(1500)}`, null, []],
  ['https://call.example/a;jsessionid=1234abcd?x=1', 'https://call.example/', ['the end of its path']],
  ['https://call.example/#/a&token=abc12345', 'https://call.example/', ['its fragment']],
  ['https://call.example/a?x=1;sid=1234abcd', 'https://call.example/a', ['x']],
  ['https://call.example/a?next=%2Fb%3Fpwd%3Dabc123', 'https://call.example/a', ['next']],
  ['https://call.example/a?next=%252Fb%253Fpwd%253Dabc123', 'https://call.example/a', ['next']],
  ['https://call.example/a?next=%2Fb%3Flang%3Dde', 'https://call.example/a?next=%2Fb%3Flang%3Dde', []],
  ['https://call.example/a?s=%7B%22pin%22%3A%221234%22%7D', 'https://call.example/a', ['s']],
  ['https://call.example/a?h=Bearer%20abc12345', 'https://call.example/a', ['h']],
  [`https://call.example/b/${token.slice(0, 46)}`, 'https://call.example/b/', ['the end of its path']],
  ['https://call.example/eyJ?t=12:30', 'https://call.example/eyJ?t=12:30', []],
  ['chrome://extensions', null, []],
  ['data:text/html,x', null, []],
  ['', null, []],
])('of %s is written down %s', (url, open, left) => {
  expect(stepAddress(url)).toEqual(open === null ? null : { open, left });
});
