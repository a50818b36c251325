import { describe, expect, test } from 'vitest';
import { redactText } from '../../src/engine/redact/redact-text.ts';
import { sampled } from '../sampled.ts';
import { logLines, plainLogs, secretHeaders } from './log-lines.ts';
import { peelings } from './peelings.ts';

describe.each(secretHeaders)('nothing is left of the secret in %s', (header, secrets) => {
  const name = header.slice(0, header.indexOf(':'));

  // Each header with other lines than the one before.
  const turn = secretHeaders.findIndex(([one]) => one === header);
  test.each(sampled(Object.entries(logLines), 6, turn))('%s', (_, write) => {
    const lines = `${write('Accept: */*')}\n${write(header)}\n${write('X-Request-Id: 42')}\n`;
    const safe = redactText(lines).text;
    for (const secret of secrets) {
      expect(peelings(lines, 2).some((one) => one.includes(secret))).toBe(true);
      expect(peelings(safe, 2).filter((one) => one.includes(secret))).toEqual([]);
      expect(redactText(write(header)).text).not.toContain(secret);
    }
    expect(safe).toContain(name);
    expect(safe.split('\n').toSpliced(lineOf(lines, name), 1)).toEqual(
      lines.split('\n').toSpliced(lineOf(lines, name), 1),
    );
    expect(redactText(safe).text).toBe(safe);
  });
});

function lineOf(text: string, name: string): number {
  return text.split('\n').findIndex((line) => line.includes(name));
}

test.each([
  [
    `sending Authorization: Digest username=ada, response=${'6'.repeat(32)} to the server`,
    'sending Authorization: Digest redacted to the server',
  ],
  ['we got Cookie: theme=dark; sid=hunter2 from it', 'we got Cookie: theme=dark; sid=redacted from it'],
  ["it was sent as 'X-Api-Key: correct horse battery' yesterday", "it was sent as 'X-Api-Key: redacted' yesterday"],
  [
    'http header: "Authorization: Digest a="b", response="hunter2"", client: a',
    'http header: "Authorization: Digest redacted"", client: a',
  ],
])('in a sentence the value of a header ends before the sentence goes on: %s', (text, safe) => {
  expect(redactText(text).text).toBe(safe);
});

test('a line of headers without end is read', () => {
  for (const one of [
    'X-Api-Key: a ',
    '[5] Cookie: a=b; ',
    '"Authorization: Digest a="b" ',
    '[36m[0m',
    'Cookie: a=b, ',
  ]) {
    expect(redactText(one.repeat(30_000)).text).not.toBe('');
  }
});

test.each(plainLogs)('%s stays byte for byte', (line) => {
  for (const text of [line, `${line}\n`, `[5] started\n${line}\n[5] done\n`]) expect(redactText(text).text).toBe(text);
});
