import { expect, test } from 'vitest';
import { maskParameters } from './mask-parameters.ts';

test.each([
  ['https://acme.zoom.us/j/1?pwd=123456&lang=en', 'https://acme.zoom.us/j/1?pwd=…&lang=en'],
  ['https://call.example/#access_token=abc&state=x', 'https://call.example/#access_token=…&state=x'],
  [
    'https://call.example/room?user%5Bpassword%5D=a#/join?passcode=12',
    'https://call.example/room?user%5Bpassword%5D=…#/join?passcode=…',
  ],
  ['https://call.example/?secret=a=b;pin=1', 'https://call.example/?secret=…;pin=…'],
  ['https://call.example/?pwd=&x=1', 'https://call.example/?pwd=&x=1'],
  ['https://call.example/?room=standup&name=Ada', 'https://call.example/?room=standup&name=Ada'],
  [
    'https://call.example/?token=eyJhbGciOi…3f9c2a…(212 characters)',
    'https://call.example/?token=eyJhbGciOi…3f9c2a…(212 characters)',
  ],
  ['https://call.example/pwd=1', 'https://call.example/pwd=1'],
])('of %s remains %s', (url, masked) => {
  expect(maskParameters(url)).toBe(masked);
  expect(maskParameters(masked)).toBe(masked);
});
