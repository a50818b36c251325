import { openvidu as minted } from '../../../../test/builders/mint/openvidu.ts';
import { learner } from '../../../../test/builders/subjects.ts';
import { expect, providerCases, test } from '../../../../test/cases/provider.ts';
import { decode } from '../../decode/decode.ts';
import { detect } from '../../find/detect.ts';
import { openvidu } from './openvidu.ts';

providerCases(openvidu, {
  tokens: minted,
});

const read = learner(openvidu, minted, 'openvidu-2');
const guest = String(await minted.guest?.());

test('names the session and leaves the role to the server', async () => {
  const { confidence, facts, may } = await read('guest');
  expect(confidence).toBe('certain');
  expect(facts).toMatchObject({ room: 'ses_XnBwjPDSXA', role: 'unknown', roomScope: 'one-room' });
  expect(may).toMatchObject({ yes: ['join'], no: ['manage-rooms'] });
});

test('the secret of the server beside it is a server credential', async () => {
  expect((await read('recorder')).facts).toMatchObject({ role: 'server', roleClaim: 'secret' });
  expect(openvidu.serverRights?.(decode(guest, 'openvidu-2'))).toEqual([]);
  expect(openvidu.serverRights?.(decode(String(await minted.recorder?.()), 'openvidu-2'))).toHaveLength(1);
});

test('is found as a whole value under a name that speaks of tokens, and nowhere else', () => {
  expect(detect(JSON.stringify({ token: guest })).hits.map(({ form, token }) => [form, token])).toEqual([
    ['openvidu-2', guest],
  ]);
  expect(detect(guest, { key: 'token' }).hits).toHaveLength(1);
  expect(detect(JSON.stringify({ url: guest })).hits).toEqual([]);
  const others = ['wss://a.example?sessionId=1&token=abcdefghijklmnop', 'wss://a.example?token=tok_MdAHxtnBsm2s9bTx'];
  for (const text of others) expect(detect(text, { key: 'token' }).hits).toEqual([]);
});
