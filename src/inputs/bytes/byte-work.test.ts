import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byteWork, portableBytes } from './byte-work.ts';

test('a browser reads bytes as Node does', () => {
  expect(byteWork).not.toBe(portableBytes);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40_000 }), fc.nat(255), fc.nat(50), (bytes, byte, from) => {
      for (const work of ['utf8', 'latin1'] as const) expect(portableBytes[work](bytes)).toBe(byteWork[work](bytes));
      expect(portableBytes.indexOf(bytes, byte, from)).toBe(byteWork.indexOf(bytes, byte, from));
    }),
    { seed: 20_261_126, numRuns: 50 },
  );
});

test('text beyond ASCII, marks and broken bytes read alike', () => {
  for (const bytes of [
    [0xef, 0xbb, 0xbf, 0x7b],
    [0xc3, 0xa9],
    [0xe2, 0x82],
    [0xf0, 0x9f, 0x94, 0x91],
    [0x80, 0x9f],
  ]) {
    expect(portableBytes.utf8(Uint8Array.from(bytes))).toBe(byteWork.utf8(Uint8Array.from(bytes)));
  }
});

test.each(['', 'QUJD', 'QUJDRA==', 'QU\nJD', '-_-_', 'QUJD=QUJD', '…QUJD', 'A'])('base64 of %j', (text) => {
  expect([...portableBytes.base64(text)]).toEqual([...byteWork.base64(text)]);
});

test('copies keep lone surrogates', () => {
  for (const text of ['plain', 'é🔑', '\ud800x', '\0"\\']) {
    expect(portableBytes.copy(text)).toBe(text);
    expect(byteWork.copy(text)).toBe(text);
  }
});
