import { mux as mint, muxPlayback } from '../../../../test/builders/mint/mux.ts';
import { days, jwt } from '../../../../test/builders/tokens.ts';
import { expect, providerCases, test } from '../../../../test/cases/provider.ts';
import { decode } from '../../decode/decode.ts';
import { mux } from './mux.ts';

providerCases(mux, {
  tokens: mint,
  ordinary: ['guest', 'viewer', 'default lifetime'],
});

const minted = async (name: string) => decode((await mint[name]?.()) ?? '', 'jws');
const facts = async (name: string) => mux.facts(await minted(name));

test('recognises what the last SDK for spaces minted', async () => {
  for (const name of Object.keys(mint)) {
    const confidence = mux.recognise(await minted(name))?.confidence;
    expect([name, confidence]).toEqual([name, name === 'odd: no role' ? 'likely' : 'certain']);
  }
});

test('playback tokens of the same SDK are not Mux Real-Time', async () => {
  for (const make of Object.values(muxPlayback)) expect(mux.recognise(decode(await make(), 'jws'))).toBeNull();
  expect(mux.recognise(decode(jwt({ aud: 'rt', role: 'admin' }), 'jws'))).toBeNull();
});

test('publishers take part, subscribers watch, nobody is host', async () => {
  expect(await facts('guest')).toMatchObject({
    role: 'participant',
    room: 'SPACE',
    roomScope: 'one-room',
    userId: 'ada',
  });
  expect(await facts('viewer')).toMatchObject({ role: 'viewer', userId: null });
  expect(await facts('odd: no role')).toMatchObject({ role: 'unknown' });
  expect(await facts('without room')).toMatchObject({ room: null, roomScope: 'not-stated' });
});

test('the service has ended, so nothing is granted and nothing joins', async () => {
  expect(new Set(Object.values((await facts('guest')).privileges).map((grant) => grant.allowed))).toEqual(
    new Set([false]),
  );
  expect(mux.joinProblems?.(await minted('guest'), [])).toMatchObject([{ likelihood: 'certain' }]);
  expect(mux.lifetime.defaultSeconds).toBe(days(7));
});
