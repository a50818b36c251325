import { expect, test } from 'vitest';
import { agora007, opentokT1 } from '../../../test/builders/other-tokens.ts';
import { jwt } from '../../../test/builders/tokens.ts';
import { readable } from '../../inputs/har-entry.ts';
import { detect } from './detect.ts';

const u8 = (value: number) => Buffer.of(value);
const u16 = (value: number) => Buffer.of(value >> 8, value & 0xff);
const u16le = (value: number) => Buffer.of(value & 0xff, value >> 8);
const varint = (value: number) => Buffer.of((value & 0x7f) | 0x80, value >> 7);

/** How formats of bytes write a text of so many bytes: what stands before it. */
const formats: [string, (length: number) => Buffer][] = [
  ['Protocol Buffers', (length) => Buffer.concat([u8(0x0a), varint(length)])],
  ['CBOR', (length) => Buffer.concat([u8(0x79), u16(length)])],
  ['MessagePack', (length) => Buffer.concat([u8(0xda), u16(length)])],
  ['two bytes behind a name', (length) => Buffer.concat([Buffer.from('AUTH'), u16(length)])],
  ['two bytes, the lower first', u16le],
  ['four bytes', (length) => Buffer.concat([u16(0), u16(length)])],
  ['four bytes, the lower first', (length) => Buffer.concat([u16le(length), u16(0)])],
];
/** What may follow: tags, lengths and texts that begin with what looks like one more character of the token. */
const rests = ['2\u0003abc', 'J', 'e-d_c.b', 'Aabc', '\u0012\u0003abc', ''];
const tokens: [string, (size: number) => string][] = [
  ['JWT', (size) => jwt({ r: 'x'.repeat(size) })],
  ['JWT with a long signature', (size) => jwt({ r: 'x'.repeat(size) }, { alg: 'HS512' })],
  ['T1 token', (size) => opentokT1({ connection_data: 'x'.repeat(size) })],
  ['Agora token', (size) => agora007([{ type: 1, privileges: { 1: 9 }, fields: [`room-${size}`, 'x'.repeat(size)] }])],
];

test.each(tokens.flatMap((token) => formats.map((format) => [token[0], format[0], token[1], format[1]] as const)))(
  'a %s ends where its length says in %s, whatever follows',
  (_, __, tokenOf, lengthOf) => {
    for (let size = 1; size < 260; size += 3) {
      const token = tokenOf(size);
      for (const rest of rests) {
        const bytes = Buffer.concat([u8(8), u8(1), lengthOf(token.length), Buffer.from(token + rest)]);
        expect(detect(readable(bytes)).hits.map((hit) => hit.token)).toEqual([token]);
      }
    }
  },
);

test.each([
  ['CBOR', 0x78],
  ['MessagePack', 0xd9],
])('a JWT whose length takes one byte in %s ends there', (_, mark) => {
  const token = jwt({ r: 'x'.repeat(80) });
  const bytes = Buffer.concat([u8(mark), u8(token.length), Buffer.from(`${token}exp`)]);
  expect(detect(readable(bytes)).hits.map((hit) => hit.token)).toEqual([token]);
});

test.each(['"', '\n', '\n\n', ' \t', '\r\n', '=', '«', 'é', 'ÿ', '\u00a0', '“', '\0'])(
  'a token in an ordinary text keeps every character after %j',
  (before) => {
    for (let size = 1; size < 200; size += 1) {
      // One character too many, so that it could be cut.
      const token = `${jwt({ r: 'x'.repeat(size) })}A`;
      expect(detect(`${before}${token} and more`).hits.map((hit) => hit.token)).toEqual([token]);
    }
  },
);
