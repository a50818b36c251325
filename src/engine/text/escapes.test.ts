import { describe, expect, test } from 'vitest';
import { type Escaping, htmlReferences, percentEscapes, scriptEscapes, undoEscapes } from './escapes.ts';

const cases: [string, Escaping, [source: string, text: string][]][] = [
  [
    'percent-encoding',
    percentEscapes,
    [
      ['a%2Eb%2fc', 'a.b/c'],
      ['%C3%A4%E2%82%AC%F0%9F%98%80', 'ä€😀'],
      // ISO 8859-1, and a character that is cut off.
      ['caf%E9 %C3%A4 %e2%82', 'café ä \u00e2\u0082'],
      ['%EF%BB%BF%EF%BF%BD', '\ufeff\ufffd'],
      // Overlong, and half of a pair.
      ['%C0%AE %ED%A0%80', '\u00c0\u00ae \u00ed\u00a0\u0080'],
      ['%C3=A4 %F0%9F%98x %F5%80%80%80', '\u00c3=A4 \u00f0\u009f\u0098x \u00f5\u0080\u0080\u0080'],
      ['100% %zz %2 %', '100% %zz %2 %'],
      ['%%32e', '%2e'],
    ],
  ],
  [
    'escapes of scripts',
    scriptEscapes,
    [
      [String.raw`a\u002eb\x2ec\u{2e}d`, 'a.b.c.d'],
      [String.raw`\"\/\\\n\t\0`, '"/\\\n\t\0'],
      [String.raw`\ud83d\ude00`, '😀'],
      ['one\\\ntwo\\\r\nthree', 'onetwothree'],
      [String.raw`\u{110000} \u00 \x`, String.raw`\u{110000} u00 x`],
      ['a\\', 'a\\'],
      [String.raw`\\u002e`, String.raw`\u002e`],
    ],
  ],
  [
    'character references',
    htmlReferences,
    [
      ['a&period;b&#46;c&#x2E;d&#X2e;', 'a.b.c.d.'],
      ['&quot;&amp;&lt;&lcub;', '"&<{'],
      ['a&#46b', 'a.b'],
      ['&amp &unknown; &constructor; &#0; &#1114112; &;', '&amp &unknown; &constructor; &#0; &#1114112; &;'],
      ['&amp;quot;', '&quot;'],
    ],
  ],
];

describe.each(cases)('%s', (_, escaping, pairs) => {
  test.each(pairs)('%j is %j', (source, text) => {
    expect(undoEscapes(source, escaping)).toBe(text);
  });

  test('a long run of signs is read once', () => {
    const run = escaping.sign.repeat(1 << 20);
    expect(undoEscapes(run, escaping).length).toBeGreaterThan(1 << 18);
  });
});

test('octets stand for what UTF-8 says, and decoding them agrees with decodeURIComponent', () => {
  const octet = (value: number) => `%${value.toString(16).padStart(2, '0')}`;
  const edges = [0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff];
  const all = Array.from({ length: 0x40 }, (_, index) => 0xc0 + index);
  const texts = all.flatMap((first) =>
    edges.flatMap((second) =>
      edges.flatMap((third) =>
        edges.flatMap((fourth) =>
          [2, 3, 4].map((count) => [first, second, third, fourth].slice(0, count).map(octet).join('')),
        ),
      ),
    ),
  );
  const wrong = [...new Set(texts)].filter((text) => {
    const read = undoEscapes(text, percentEscapes);
    try {
      return read !== decodeURIComponent(text);
    } catch {
      // Some octet of it stands for itself.
      return !/[\u0080-\u00ff]/.test(read);
    }
  });
  expect(wrong).toEqual([]);
});
