import { zoomSignatures as mint, zoomSignature as sign } from '../../../../../test/builders/mint/zoom.ts';
import { base64url, now } from '../../../../../test/builders/tokens.ts';
import { expect, found, providerCases, test } from '../../../../../test/cases/provider.ts';
import { decode } from '../../../decode/decode.ts';
import { detect } from '../../../find/detect.ts';
import { readTimes } from '../../times.ts';
import { zoomWebSignature } from './zoom-web-signature.ts';

providerCases(zoomWebSignature, { tokens: mint });

const minted = async (name: string) => found((await mint[name]?.()) ?? '');

test('is found in a text to the character, and read', async () => {
  for (const make of Object.values(mint)) {
    const text = await make();
    expect(detect(`{"signature":"${text}","a":1}`).hits).toMatchObject([{ form: 'zoom-signature', token: text }]);
    expect(detect(`join('${text}');`).hits.map(({ token }) => token)).toEqual([text]);
  }
  expect(await minted('meeting host')).toMatchObject({
    claims: { meetingNumber: '123456789', role: 1, timestamp: now * 1000 - 30_000 },
    signature: { bytes: 32 },
    problem: null,
  });
});

test('base64 of something alike is not taken', () => {
  const parts = Buffer.from(sign(), 'base64').toString();
  for (const other of [parts.replace('123456789', 'standup'), `${parts}.more`, parts.slice(0, -8), `x ${parts}`])
    expect(detect(base64url(other)).hits.filter(({ form }) => form === 'zoom-signature')).toEqual([]);
});

test('meeting, role and key are read, and that it is retired', async () => {
  expect(zoomWebSignature.facts(await minted('meeting host'))).toMatchObject({
    role: 'host',
    room: '123456789',
    tenant: '4kEcVd5LQbq_8vKp2r1nXw',
    product: expect.stringContaining('retired'),
  });
  expect(zoomWebSignature.facts(await minted('attendee')).role).toBe('participant');
  expect(zoomWebSignature.facts(await minted('attendee')).privileges.join?.allowed).toBeNull();
  expect(zoomWebSignature.legacy?.(await minted('attendee'))).toContain('JWT');
  expect(zoomWebSignature.joinProblems?.(await minted('attendee'), [])).toMatchObject([{ likelihood: 'likely' }]);
});

test('it ended with the apps that made it', async () => {
  const old = await minted('of a time when it was accepted');
  expect(readTimes(old, zoomWebSignature, Date.UTC(2022, 5, 1) / 1000).status).toBe('active');
  expect(readTimes(old, zoomWebSignature, now).status).toBe('expired');
});

test('a damaged one is told to be', () => {
  const token = decode(sign().slice(0, 90), 'zoom-signature');
  expect(token.problem?.code).toBe('undecodable');
  expect(zoomWebSignature.facts(token)).toMatchObject({ room: null, role: 'unknown' });
});
