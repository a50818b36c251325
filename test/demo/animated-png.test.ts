import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { animatedPng, decode } from './animated-png.ts';

/** A picture of one colour with a dot, as a PNG of the simplest kind. */
function picture(dot: number): Uint8Array {
  const [width, height] = [5, 4];
  const rgb = new Uint8Array(width * height * 3).fill(200);
  rgb.set([1, 2, dot], (2 * width + 3) * 3);
  const lines = Array.from({ length: height }, (_, y) => [0, ...rgb.subarray(y * width * 3, (y + 1) * width * 3)]);
  const chunk = (type: string, body: ArrayLike<number>) => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(body.length);
    head.write(type, 4, 'latin1');
    return Buffer.concat([head, Uint8Array.from(body), Buffer.alloc(4)]);
  };
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', [0, 0, 0, width, 0, 0, 0, height, 8, 2, 0, 0, 0]),
    chunk('IDAT', deflateSync(Uint8Array.from(lines.flat()))),
    chunk('IEND', []),
  ]);
}

const chunksOf = (png: Uint8Array) => {
  const found: { type: string; body: Buffer }[] = [];
  const bytes = Buffer.from(png);
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at))
    found.push({
      type: bytes.toString('latin1', at + 4, at + 8),
      body: bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at)),
    });
  return found;
};

test('the first picture is whole, and of the next only what differs is kept', () => {
  const moving = animatedPng([
    { png: picture(3), milliseconds: 1500 },
    { png: picture(4), milliseconds: 500 },
    { png: picture(4), milliseconds: 500 },
  ]);
  expect(decode(moving)).toEqual(decode(picture(3)));
  const chunks = chunksOf(moving);
  expect(chunks.map(({ type }) => type)).toEqual([
    ...['IHDR', 'acTL', 'fcTL', 'IDAT', 'fcTL', 'fdAT', 'fcTL', 'fdAT', 'IEND'],
  ]);
  const areas = chunks
    .filter(({ type }) => type === 'fcTL')
    .map(({ body }) => [4, 8, 12, 16].map((at) => body.readUInt32BE(at)));
  expect(areas).toEqual([
    [5, 4, 0, 0],
    [1, 1, 3, 2],
    [1, 1, 0, 0],
  ]);
});

test('pictures of several sizes make none that moves', () => {
  const [wide, other] = [picture(1), picture(1)];
  other[19] = 4;
  expect(() =>
    animatedPng([
      { png: wide, milliseconds: 1 },
      { png: other, milliseconds: 1 },
    ]),
  ).toThrow(/size/);
  expect(() => animatedPng([])).toThrow(/nothing/);
});
