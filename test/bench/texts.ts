/** Texts to measure detectors on: what they meet, and the worst that can be made. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { base64url, rawJwt } from '../builders/tokens.ts';

const modules = resolve(import.meta.dirname, '../../node_modules');

/** Scripts and source maps of the installed packages, in the order of their names, up to a size. */
export function packageFiles(most: number, kinds = /\.(?:[cm]?js|map)$/): { path: string; text: string }[] {
  const files: { path: string; text: string }[] = [];
  let size = 0;
  const pending = [modules];
  for (let folder = pending.pop(); folder !== undefined && size < most; folder = pending.pop()) {
    const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? 1 : -1));
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) pending.push(path);
      else if (entry.isFile() && kinds.test(entry.name) && size < most) {
        const text = readFileSync(path, 'utf8');
        files.push({ path: path.slice(modules.length + 1), text });
        size += text.length;
      }
    }
  }
  return files;
}

/** The same numbers in every run. */
export function createRandom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 3266489917) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

export function noise(random: (below: number) => number, bytes: number): Buffer {
  const data = Buffer.alloc(bytes);
  for (let at = 0; at < bytes; at += 1) data[at] = random(256);
  return data;
}

export function sampleToken(random: (below: number) => number): string {
  const claims = {
    sub: `user-${random(1e6)}`,
    r: `room-${random(1000)}`,
    d: 'a5a5',
    iat: 1_795_176_000,
    exp: 1_795_179_600,
  };
  return rawJwt({ alg: 'HS256', typ: 'JWT' }, claims, noise(random, 32).toString('base64url'));
}

/** One flat string, as a page's text arrives; pieces joined by `+` stay a tree until something reads them. */
function flat(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}

/** (a) Bundles and source maps, a token in every 256 kB. */
export function bundles(size: number): string {
  const random = createRandom(1);
  const pieces = packageFiles(size).flatMap(({ text }) => [text, '\n']);
  return flat(sow(pieces.join('').slice(0, size), 256 * 1024, () => `"${sampleToken(random)}"`));
}

/** (b) The same with a base64 blob of 100 kB in every 256 kB. */
export function bundlesWithBlobs(size: number): string {
  const random = createRandom(2);
  return flat(sow(bundles(size), 256 * 1024, () => `"${noise(random, 75_000).toString('base64')}"`)).slice(0, size);
}

/** (c) A dump of web storage: settings, caches and query results as JSON strings, a session in every 64 kB. */
export function storageDump(size: number): string {
  const random = createRandom(3);
  const dump: Record<string, string> = {};
  let written = 0;
  for (let index = 0; written < size; index += 1) {
    const value =
      index % 32 === 7
        ? { session: { access_token: sampleToken(random), expires_at: 1_795_179_600 } }
        : {
            queries: Array.from({ length: 12 }, () => ({
              id: random(1e9),
              title: `Meeting notes of ${random(100)} people`,
              url: `https://app.example/rooms/${random(1e6)}/notes?page=${random(9)}`,
              updatedAt: '2026-11-20T12:00:00.000Z',
              flags: [random(2) === 0, null, random(10)],
            })),
          };
    const text = JSON.stringify(value);
    dump[`cache:${index}`] = text;
    written += text.length + 16;
  }
  return flat(JSON.stringify(dump)).slice(0, -1).concat('}');
}

function sow(text: string, every: number, seed: () => string): string {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += every) {
    const piece = text.slice(at, at + every);
    const gap = Math.max(piece.lastIndexOf('\n'), 0);
    pieces.push(piece.slice(0, gap), '\n', seed(), piece.slice(gap));
  }
  return pieces.join('');
}

/** (d) Worst cases; each takes a size in characters. */
export const worstCases: Record<string, { size: number; make(size: number): string }> = {
  'base64url run': { size: 16 << 20, make: (size) => noise(createRandom(4), (size * 3) >> 2).toString('base64url') },
  'eyJ repeated': { size: 4 << 20, make: (size) => flat('eyJ'.repeat(size / 3)) },
  'a.a.a.': { size: 4 << 20, make: (size) => flat('a.'.repeat(size / 2)) },
  'eyJhbGciOiJ9. repeated': { size: 4 << 20, make: (size) => flat('eyJhbGciOiJ9.'.repeat(size / 13)) },
  'dots only': { size: 4 << 20, make: (size) => flat('.'.repeat(size)) },
  '100 000 nested brackets': { size: 200_000, make: (size) => flat('['.repeat(size / 2) + ']'.repeat(size / 2)) },
  'thirty layers of base64': {
    size: 1 << 20,
    make(size) {
      let text = 'x'.repeat(Math.floor(size * 0.75 ** 30));
      for (let layer = 0; layer < 30; layer += 1) text = Buffer.from(text).toString('base64');
      return text;
    },
  },
  'one 20 MB token': {
    size: 20 << 20,
    make: (size) => `${base64url('{"alg":"HS256"}')}.${base64url(JSON.stringify({ a: 'x'.repeat(size * 0.75) }))}.c2ln`,
  },
  '200 000 distinct tokens': {
    size: 200_000,
    make(size) {
      const random = createRandom(5);
      return flat(Array.from({ length: size }, () => sampleToken(random)).join(' '));
    },
  },
};
