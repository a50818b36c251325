import fc from 'fast-check';
import { gunzipSync, gzipSync, zlibSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { toWide, wideOrder } from '../../text/wide-text.ts';
import { applyEdits } from '../edits.ts';
import { base64 } from './base64.ts';
import { readBytes, toCodes } from './bytes.ts';
import { carets } from './carets.ts';
import type { Codec } from './codec.ts';
import { hex } from './hex.ts';
import { htmlEntities } from './html-entities.ts';
import { joinedLines } from './joined-lines.ts';
import { jsonString } from './json-string.ts';
import { percent } from './percent.ts';
import { quotedPrintable } from './quoted-printable.ts';

const secret = 'S3CRET/value+x';
const around = ['room="ä", 日本 & <b>', ' then \n more 😀 \\ done=1'] as const;
const plain = around.join(secret);

/** Encoders that share nothing with the codecs. */
const written: [Codec, string][] = [
  [jsonString, JSON.stringify(plain).slice(1, -1)],
  [jsonString, plain.replace(/[^\w ]/gu, (char) => `\\u{${char.codePointAt(0)?.toString(16)}}`)],
  [percent, encodeURIComponent(plain)],
  [carets, plain.replace(/[^\w\s]/g, '^$&')],
  [htmlEntities, plain.replace(/[^\w ]/gu, (char) => `&#${char.codePointAt(0)};`)],
  [
    quotedPrintable,
    [...Buffer.from(plain)]
      .map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`)
      .join('')
      .replace(/.{60}/g, '$&=\r\n'),
  ],
  [base64, Buffer.from(plain).toString('base64')],
  [base64, Buffer.from(plain).toString('base64url')],
  [base64, Buffer.from(plain.repeat(3)).toString('base64').replace(/.{64}/g, '$&\n')],
  [base64, Buffer.from(plain, 'utf16le').toString('base64')],
  [hex, Buffer.from(`a=${secret}&b=1`).toString('hex')],
  [hex, Buffer.from(`a=${secret}&b=1`, 'utf16le').toString('hex').toUpperCase()],
];

describe.each(written.map(([codec, source], index) => [`${codec.id} ${index}`, codec, source] as const))(
  '%s',
  (_, codec, source) => {
    const decoded = codec.decode(source);
    const at = decoded?.text.indexOf(secret) ?? -1;

    test('is undone', () => {
      expect(at).toBeGreaterThanOrEqual(0);
    });

    test('a change is written the same way, and what stands around it stays', () => {
      if (!decoded) throw new Error('not decoded');
      const edit = { start: at, end: at + secret.length, text: 'gone' };
      const changed = decoded.sourceOf
        ? applyEdits(source, [
            { start: decoded.sourceOf(edit.start), end: decoded.sourceOf(edit.end), text: decoded.encode(edit.text) },
          ])
        : decoded.encode(applyEdits(decoded.text, [edit]));
      expect(codec.decode(changed)?.text).toBe(applyEdits(decoded.text, [edit]));
      if (decoded.sourceOf) expect(changed.slice(0, decoded.sourceOf(at))).toBe(source.slice(0, decoded.sourceOf(at)));
    });
  },
);

test('lines are joined and broken at the same width', () => {
  const decoded = joinedLines.decode('> aaaa\n> bbbb\n> cc'.slice(2));
  expect(decoded?.text).toBe('aaaabbbbcc');
  expect(decoded?.encode('xxxxyyyyz')).toBe('xxxx\n> yyyy\n> z');
});

test('bytes come back as they were when nothing changed, and nothing makes a codec throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const read = readBytes(bytes);
      if (!(bytes[0] === 0x78) && !(bytes[0] === 0x1f)) expect([...read.encode(read.text)]).toEqual([...bytes]);
    }),
    { seed: 20_261_126 },
  );
  for (const codec of [base64, carets, hex, htmlEntities, joinedLines, jsonString, percent, quotedPrintable])
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => codec.decode(text) !== undefined),
      { seed: 20_261_126 },
    );
});

describe('wide texts', () => {
  const orders = ([2, 4] as const).flatMap((unit) => [true, false].map((isLittle) => ({ unit, isLittle })));

  test.each(orders)('are known by their mark and by their zeros: %j', (order) => {
    for (const text of ['\ufeff日本😀', 'token: äöü 😀', '\ufefftoken']) {
      const bytes = toWide(text, order);
      if (text.length > 5) expect(wideOrder(bytes)).toEqual(order);
      expect(readBytes(toWide(`${text} and more of it`, order)).text).toBe(`${text} and more of it`);
    }
  });
});

describe('gzip', () => {
  const pack = (text: string) => gzipSync(toCodes(text));
  const joined = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));

  test('of many members is read to the end, however long each is', () => {
    const read = readBytes(joined(pack('first '), pack('secnd '), pack('third')));
    expect(read).toMatchObject({ text: 'first secnd third' });
    expect(new TextDecoder().decode(gunzipSync(read.encode('changed')))).toBe('changed');
  });

  test('is written without the time, so that a copy is the same whenever it is made', () => {
    const written = readBytes(pack('a text')).encode('another');
    expect([...written.subarray(4, 8)]).toEqual([0, 0, 0, 0]);
  });

  test.each([
    ['what is no member behind it', joined(pack('first'), toCodes('and something else'))],
    ['a member cut off', joined(pack('first'), pack('second').subarray(0, 20))],
    ['its end missing', pack('first and more').subarray(0, 22)],
  ])('with %s counts as unread', (_, bytes) => {
    expect(readBytes(bytes).unread).toMatch(/damaged|cut off/);
  });

  test('is read behind a long name, and given up in a header that does not end', () => {
    const named = gzipSync(toCodes('a text'), { filename: 'n'.repeat(60_000) });
    expect(readBytes(named)).toMatchObject({ text: 'a text' });
    const endless = joined(Uint8Array.of(0x1f, 0x8b, 8, 8), new Uint8Array(400_000).fill(0x61));
    expect(readBytes(endless).unread).toBe('Compressed data is damaged.');
  });

  test('zlib is only taken for whole', () => {
    expect(readBytes(zlibSync(toCodes('a text'))).text).toBe('a text');
    expect(readBytes(joined(zlibSync(toCodes('a text')), toCodes('more'))).bytes).toBe(true);
  });
});
