import { describe, expect, test } from 'vitest';
import { redactText } from '../../src/engine/redact/redact-text.ts';
import { daily } from '../builders/tokens.ts';
import { bodies, encodings } from './cells.ts';
import { harmlessRecording, harmlessTexts } from './harmless.ts';

const { text, values } = harmlessRecording();

describe('what is harmless stays', () => {
  test('a recording without secrets comes back byte for byte', () => {
    expect(redactText(text)).toMatchObject({ text, kept: [], unread: new Map() });
  });

  test.each(Object.entries(harmlessTexts))('%s', (_, plain) => {
    expect(redactText(plain)).toMatchObject({ text: plain, unread: new Map() });
  });

  test('tokens in lines stay as many, in as many lines', () => {
    const lines = Array.from({ length: 40 }, (_, at) => daily.guest({ u: `guest ${at}`, exp: 1_795_180_000 + at }));
    const safe = redactText(lines.join('\n')).text.split('\n');
    expect(safe).toHaveLength(40);
    for (const line of safe) expect(line).toMatch(/^[\w-]+\.[\w-]+\.redacted$/);
  });

  test('each of 150 values stays beside secrets, and so do 50 more in the list of members', () => {
    const opaque = 'q7Rk2vX9mB4nT8wZ3cLfYd6H';
    const planted = text
      .replace('"headers": [', `"headers": [{ "name": "Authorization", "value": "Bearer ${daily.host()}" },`)
      .replace('"theme=dark; Expires', `"sid=${opaque}, theme=dark; Expires`)
      .replace('?lang=de&v', `?token=${opaque}&lang=de&v`);
    expect(planted.split(opaque).length).toBe(3);
    const safe = redactText(planted).text;
    expect(safe).not.toContain(opaque);
    const inside = JSON.parse(safe).log.entries[0];
    const readable = [safe, inside.request.postData.text, JSON.parse(inside.request.postData.text).markdown].join('\n');
    const spelled = (value: string) =>
      readable.includes(value) || readable.includes(JSON.stringify(value).slice(1, -1));
    expect(values.filter((value) => !spelled(value))).toEqual([]);
    expect(inside.request.postData.text).toBe(JSON.parse(text).log.entries[0].request.postData.text);
  });

  test.each(Object.entries(bodies))('%s keeps what stands around the secret', (_, { text: plant }) => {
    const around = plant('\u0001').split('\u0001');
    const safe = redactText(plant('q7Rk2vX9mB4nT8wZ3cLfYd6H')).text;
    // The scripts and settings above hold the secret twice or not at all in the plain spelling; all the others once.
    if (around.length === 2) expect(safe).toBe(around.join('redacted'));
  });

  test.each(Object.entries(encodings))('a body without secrets in %s comes back as it was', (_, encode) => {
    const written = encode(JSON.stringify({ room: 'standup', people: ['Ada', 'Grace'], size: 12, note: 'a+b=c & d' }));
    expect(redactText(`The answer:\n\n${written}\n`).text).toBe(`The answer:\n\n${written}\n`);
  });
});
