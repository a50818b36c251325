import { zoomKeys as mint, zoomAccessKey } from '../../../../../test/builders/mint/zoom.ts';
import { days, hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { expect, providerCases, test } from '../../../../../test/cases/provider.ts';
import { judge } from '../../../../../test/cases/rule.ts';
import { decode } from '../../../decode/decode.ts';
import type { JsonObject } from '../../../text/json.ts';
import { readTimes } from '../../times.ts';
import { zoomZak } from './zoom-zak.ts';

providerCases(zoomZak, {
  tokens: mint,
  ordinary: ['from a start link', 'with its cluster'],
});

const minted = async (name: string) => decode((await mint[name]?.()) ?? '', 'jws');
const confidence = (claims: JsonObject, header: JsonObject = {}) =>
  zoomZak.recognise(decode(jwt(claims, header), 'jws'))?.confidence ?? null;

test('recognises what was seen in start links for certain, and what was seen less as likely', async () => {
  for (const name of ['from a start link', 'with its cluster', 'of three months'])
    expect([name, zoomZak.recognise(await minted(name))?.confidence]).toEqual([name, 'certain']);
  expect(zoomZak.recognise(await minted('for clientsm'))?.confidence).toBe('likely');
  expect(zoomZak.recognise(await minted('with its cluster'))?.because).toContain('`header.zm_skm`');
});

test.each([
  ['another issuer', { iss: 'api', aud: 'client', uid: 'u', sty: 99, stk: 's' }],
  ['another audience', { iss: 'web', aud: 'clients', uid: 'u', sty: 99, stk: 's' }],
  ['nothing but the user', { iss: 'web', aud: 'client', uid: 'u' }],
  ['no user', { iss: 'web', aud: 'client', sty: 99, stk: 's', clt: 0, aid: 'a' }],
  ['the token of a web app', { iss: 'web', aud: 'client', sub: 'ada', role: 'admin', iat: now, exp: now }],
  ['ids of a user alone', { iss: 'web', aud: 'client', uid: 'u', wcd: 'us01', aid: 'a', cid: 'c' }],
])('near miss: %s is no key of Zoom', (_, claims) => {
  expect(confidence(claims)).toBeNull();
});

test('it makes its holder the host of whatever its user hosts', async () => {
  expect(zoomZak.facts(await minted('from a start link'))).toMatchObject({
    use: 'video-join',
    role: 'host',
    roomScope: 'all-rooms',
    userId: 'OUt8NRcAQbGWz3zJfaDWMw',
    roleBecause: expect.stringContaining('OBF token'),
  });
  const { privileges } = zoomZak.facts(await minted('from a start link'));
  for (const right of ['join', 'mute-others', 'remove-others', 'record', 'bypass-lobby'] as const)
    expect([right, privileges[right]?.allowed]).toEqual([right, true]);
  expect(privileges['manage-rooms']?.allowed).toBe(false);
});

test('two hours are usual, and the end is the token’s own', async () => {
  expect(readTimes(await minted('from a start link'), zoomZak, now).lifetimeSeconds).toBe(hours(2));
  expect(readTimes(await minted('of three months'), zoomZak, now).lifetimeSeconds).toBe(days(90));
});

test('in the address of a page it is a link that makes a host', () => {
  const url = `https://acme.zoom.us/s/123456789?zak=${zoomAccessKey()}`;
  const findings = judge({ url }).subjects[0]?.findings ?? [];
  expect(findings).toContainEqual(
    expect.objectContaining({ rule: 'video-join-link-leak', says: expect.stringContaining("host's join token") }),
  );
});
