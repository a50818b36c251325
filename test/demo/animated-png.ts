import { crc32, deflateSync, inflateSync } from 'node:zlib';

export interface Shown {
  /** A PNG of 8 bits a channel without palette or interlacing, as browsers make them of what they show. */
  png: Uint8Array;
  milliseconds: number;
}

interface Pixels {
  width: number;
  height: number;
  /** Red, green and blue of each pixel, line by line. */
  rgb: Uint8Array;
}

interface Area {
  left: number;
  top: number;
  width: number;
  height: number;
}

const signature = [137, 80, 78, 71, 13, 10, 26, 10];

/**
 * One PNG that shows several in turn, without end: https://www.w3.org/TR/png-3/#apng-frame-based-animation (2026-11-28). Of each picture only the
 * rectangle is kept in which it differs from the one before; what knows no moving ones shows the first.
 */
export function animatedPng(pictures: readonly Shown[]): Uint8Array {
  const decoded = pictures.map(({ png }) => decode(png));
  const [first] = decoded;
  if (!first) throw new Error('There is nothing to show.');
  const { width, height } = first;
  if (decoded.some((one) => one.width !== width || one.height !== height))
    throw new Error('The pictures differ in size.');
  let sequence = 0;
  const frames = decoded.flatMap((picture, index) => {
    const before = decoded[index - 1];
    const area = before ? difference(before, picture) : { left: 0, top: 0, width, height };
    const milliseconds = pictures[index]?.milliseconds ?? 0;
    const control = chunk('fcTL', [
      ...[sequence++, area.width, area.height, area.left, area.top].flatMap(fourBytes),
      ...twoBytes(milliseconds),
      ...twoBytes(1000),
      0,
      0,
    ]);
    const data = compressed(picture, area);
    return [control, before ? chunk('fdAT', [...fourBytes(sequence++), ...data]) : chunk('IDAT', data)];
  });
  return Buffer.concat([
    Uint8Array.from(signature),
    chunk('IHDR', [...fourBytes(width), ...fourBytes(height), 8, 2, 0, 0, 0]),
    chunk('acTL', [...fourBytes(pictures.length), ...fourBytes(0)]),
    ...frames,
    chunk('IEND', []),
  ]);
}

/** The smallest rectangle outside of which two pictures are the same; one pixel where they are the same everywhere. */
function difference(before: Pixels, after: Pixels): Area {
  const { width, height } = after;
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 3;
      if ([0, 1, 2].every((channel) => before.rgb[at + channel] === after.rgb[at + channel])) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
    }
  return right < 0
    ? { left: 0, top: 0, width: 1, height: 1 }
    : { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** Each line as what it differs from the one above by, or from the pixel before, whichever is nearer to nothing. */
function compressed({ width, rgb }: Pixels, area: Area): Uint8Array {
  const length = area.width * 3;
  const lines: Uint8Array[] = [];
  let above = new Uint8Array(length);
  for (let y = 0; y < area.height; y += 1) {
    const from = ((area.top + y) * width + area.left) * 3;
    const line = rgb.slice(from, from + length);
    const tries = [
      line.slice(),
      line.map((value, at) => value - (line[at - 3] ?? 0)),
      line.map((value, at) => value - (above[at] ?? 0)),
    ];
    const sums = tries.map((one) => one.reduce((sum, value) => sum + Math.min(value, 256 - value), 0));
    const best = sums.indexOf(Math.min(...sums));
    lines.push(Uint8Array.of(best), tries[best] ?? line);
    above = line;
  }
  return deflateSync(Buffer.concat(lines), { level: 9 });
}

/** What a PNG shows, without how much of it shines through. */
export function decode(png: Uint8Array): Pixels {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const data: Uint8Array[] = [];
  let [width, height, channels] = [0, 0, 0];
  for (let at = signature.length; at + 8 <= png.length; ) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...png.subarray(at + 4, at + 8));
    const body = png.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') {
      [width, height] = [view.getUint32(at + 8), view.getUint32(at + 12)];
      channels = body[9] === 6 ? 4 : 3;
      if (body[8] !== 8 || (body[9] !== 6 && body[9] !== 2) || body[12] !== 0)
        throw new Error('No PNG of this kind is read.');
    }
    if (type === 'IDAT') data.push(body);
    at += 12 + length;
  }
  const filtered = inflateSync(Buffer.concat(data));
  const rgb = new Uint8Array(width * height * 3);
  const length = width * channels;
  let above = new Uint8Array(length);
  for (let y = 0; y < height; y += 1) {
    const from = y * (length + 1);
    const line = unfiltered(filtered[from] ?? 0, filtered.subarray(from + 1, from + 1 + length), above, channels);
    for (let x = 0; x < width; x += 1) rgb.set(line.subarray(x * channels, x * channels + 3), (y * width + x) * 3);
    above = line;
  }
  return { width, height, rgb };
}

/** https://www.w3.org/TR/png-3/#9Filters (2026-11-28). */
function unfiltered(filter: number, line: Uint8Array, above: Uint8Array, channels: number): Uint8Array<ArrayBuffer> {
  const plain = new Uint8Array(line.length);
  for (let at = 0; at < line.length; at += 1) {
    const [a, b, c] = [plain[at - channels] ?? 0, above[at] ?? 0, (at < channels ? 0 : above[at - channels]) ?? 0];
    plain[at] = (line[at] ?? 0) + ([0, a, b, (a + b) >> 1, paeth(a, b, c)][filter] ?? 0);
  }
  return plain;
}

function paeth(a: number, b: number, c: number): number {
  const [toA, toB, toC] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
  if (toA <= toB && toA <= toC) return a;
  return toB <= toC ? b : c;
}

const fourBytes = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const twoBytes = (value: number) => [(value >>> 8) & 255, value & 255];

function chunk(type: string, body: ArrayLike<number>): Uint8Array {
  const named = Uint8Array.from([...new TextEncoder().encode(type), ...Array.from(body)]);
  return Uint8Array.from([...fourBytes(body.length), ...named, ...fourBytes(crc32(named))]);
}
