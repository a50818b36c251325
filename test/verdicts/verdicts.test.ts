import { deflateSync, inflateSync } from 'node:zlib';
import agora007Parts from 'agora-token/src/AccessToken2.js';
import { describe, expect, test } from 'vitest';
import { decode } from '../../src/engine/decode/decode.ts';
import { detect } from '../../src/engine/find/detect.ts';
import { secretReadings, verifySignature } from '../../src/verify/index.ts';
import { agoraApp, certificate } from '../builders/mint/agora.ts';
import { alterations } from './alterations.ts';
import { differences } from './differences.ts';
import { families } from './families.ts';

const { AccessToken2, ServiceChat, ServiceRtc, ServiceRtm } = agora007Parts;

/** Whom each judge of a family has to agree with: `verify` knows signatures only, and so does what it is held against. */
const followed = (judge: string, follows: string) => (judge === 'verify' ? 'compactVerify' : follows);

test('the matrix has 200 tokens and more, of every kind', () => {
  expect(alterations.length * families.length).toBeGreaterThanOrEqual(200);
  expect(new Set(alterations.map(({ of }) => of)).size).toBe(5);
  expect(new Set(alterations.map(({ name }) => name)).size).toBe(alterations.length);
});

describe.each(families)('$name', ({ name, kit, judges, follows }) => {
  test.each(alterations)('$name: all agree, but for the differences that are named', async (alteration) => {
    const made = kit();
    const token = alteration.make(made);
    const verdicts = Object.fromEntries(
      await Promise.all(Object.entries(judges).map(async ([who, judge]) => [who, await judge(token, made)] as const)),
    );
    for (const who of Object.keys(judges).filter((one) => one !== follows && one !== 'compactVerify')) {
      const named = differences.filter(
        (one) => one.judge === who && one.families.includes(name) && one.alterations.includes(alteration.name),
      );
      const agrees = verdicts[who] === verdicts[followed(who, follows)];
      expect([who, agrees, verdicts]).toEqual([who, named.length === 0, verdicts]);
    }
  });
});

test('every difference is of a token that there is, and gives its reason once', () => {
  const names = alterations.map(({ name }) => name);
  const rows = differences.flatMap(({ judge, families: of, alterations: altered, because }) => {
    expect(because.length).toBeGreaterThan(20);
    return of.flatMap((family) => altered.map((name) => `${judge} ${family} ${name}`));
  });
  expect(rows.filter((row, at) => rows.indexOf(row) !== at)).toEqual([]);
  expect(differences.flatMap((one) => one.alterations).filter((name) => !names.includes(name))).toEqual([]);
});

/** An Agora token whose parts are the test's own; `change` gets at the bytes inside of the stream. */
function agora(change: (bytes: Buffer) => Buffer = (bytes) => bytes, more: object[] = []): string {
  const made = new AccessToken2(agoraApp, certificate, 1_795_176_000, 3600);
  const service = new ServiceRtc('standup', 'ada');
  service.add_privilege(1, 600);
  made.add_service(service);
  for (const one of more) made.add_service(one);
  const text = made.build();
  const bytes = inflateSync(Buffer.from(text.slice(3), 'base64'));
  return `007${deflateSync(change(Buffer.from(bytes))).toString('base64')}`;
}

const flipped = (at: number) => (bytes: Buffer) => {
  const place = at < 0 ? bytes.length + at : at;
  bytes[place] = (bytes[place] ?? 0) ^ 1;
  return bytes;
};
const stored = (text: string) =>
  `007${deflateSync(inflateSync(Buffer.from(text.slice(3), 'base64')), { level: 0 }).toString('base64')}`;

/** What its types leave out. */
interface Theirs {
  from_string(text: string): boolean;
  verifySignature(certificate: string): boolean;
}

describe('agora', () => {
  const tokens: Record<string, string> = {
    'as it should be': agora(),
    'another service': agora(undefined, [new ServiceRtm('ada')]),
    'three services': agora(undefined, [new ServiceRtm('ada'), new ServiceChat('ada')]),
    'the same, compressed in another way': stored(agora()),
    'no padding': agora().replace(/=+$/, ''),
    'the first byte of the signature': agora(flipped(2)),
    'the last byte of the signature': agora(flipped(33)),
    'the length of the signature': agora(flipped(0)),
    'a letter of the app id': agora(flipped(40)),
    'the time of issue': agora(flipped(68)),
    'the expiry': agora(flipped(72)),
    'the salt': agora(flipped(76)),
    'the last byte': agora(flipped(-1)),
    'a byte more': agora((bytes) => Buffer.concat([bytes, Buffer.from([0])])),
    'a byte less': agora((bytes) => bytes.subarray(0, -1)),
    'the signature alone': agora((bytes) => bytes.subarray(0, 34)),
    'an empty signature': agora((bytes) => Buffer.concat([Buffer.from([0, 0]), bytes.subarray(34)])),
    'a half signature': agora((bytes) =>
      Buffer.concat([Buffer.from([16, 0]), bytes.subarray(2, 18), bytes.subarray(34)]),
    ),
    noise: `007${deflateSync(Buffer.from('this is no token at all, but text of some length')).toString('base64')}`,
    'another version': `008${agora().slice(3)}`,
  };

  test.each(Object.entries(tokens))('%s: agora-token and we agree', async (_, text) => {
    for (const secret of [certificate, certificate.toUpperCase(), `${certificate.slice(0, -1)}0`]) {
      const theirs = new AccessToken2('', '', 0, 0) as unknown as Theirs;
      const isGood = theirs.from_string(text) && theirs.verifySignature(secret);
      const [hit] = detect(text).hits;
      const ours =
        hit && hit.token === text
          ? await verifySignature(decode(text, hit.form), secretReadings(secret).slice(0, 1))
          : null;
      expect([secret, ours?.outcome === 'passed']).toEqual([secret, isGood]);
    }
  });
});
