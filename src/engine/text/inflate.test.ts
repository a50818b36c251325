import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test, vi } from 'vitest';
import { inflate } from './inflate.ts';

// Does not compress, so that its blocks are as large as blocks get.
const noise = Buffer.from(Array.from({ length: 300_000 }, (_, at) => (Math.imul(at, 2_654_435_761) >>> 13) & 255));

test.each([
  ['raw', deflateRawSync],
  ['zlib', deflateSync],
  ['gzip', gzipSync],
] as const)('%s comes out whole at every level, with whatever follows it', (wrapper, pack) => {
  for (const level of [0, 1, 9]) {
    for (const after of ['', 'a', 'a'.repeat(200_000)]) {
      const data = Buffer.concat([pack(noise, { level }), Buffer.from(after)]);
      const { bytes, cut } = inflate(data, wrapper) ?? {};
      expect([level, after.length, cut, noise.equals(bytes ?? new Uint8Array())]).toEqual([
        level,
        after.length,
        false,
        true,
      ]);
    }
  }
});

test('of megabytes that follow the last block little is looked at', () => {
  const data = new Uint8Array(Buffer.concat([deflateSync('a text'), Buffer.alloc(4 << 20)]));
  const looks = vi.spyOn(data, 'subarray');
  expect(Buffer.from(inflate(data, 'zlib')?.bytes ?? []).toString()).toBe('a text');
  expect(looks.mock.calls.length).toBeLessThan(100);
});
