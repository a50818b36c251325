import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { agora006, agora007, opentokT1, trtcUsersig, zego04 } from '../../../test/builders/other-tokens.ts';
import { now } from '../../../test/builders/tokens.ts';
import type { FormId } from '../model/token.ts';
import { providers } from '../recognise/providers/index.ts';
import { recognise } from '../recognise/recognise.ts';
import { readTimes } from '../recognise/times.ts';
import { decode } from './decode.ts';

function timesOf(text: string, form: FormId) {
  const token = decode(text, form);
  return { token, times: readTimes(token, recognise(token, providers)[0]?.provider ?? null, now) };
}

describe('wherever a token is cut, its times are its own or not known', () => {
  test.each<[FormId, string]>([
    ['opentok-t1', opentokT1()],
    ['agora-006', agora006()],
    ['agora-007', agora007()],
    ['zego-04', zego04()],
    ['trtc-usersig', trtcUsersig(10000)],
  ])('%s', (form, whole) => {
    const { times: right } = timesOf(whole, form);
    for (let end = whole.length - 1; end > 0; end -= 1) {
      const { token, times } = timesOf(whole.slice(0, end), form);
      for (const name of ['issuedAt', 'notBefore', 'expiresAt'] as const) {
        if (times[name] !== null) expect([name, times[name], token.text]).toEqual([name, right[name], token.text]);
      }
      if (times.expiresAt === null && token.problem)
        expect([times.status, token.text]).toEqual(['unknown', token.text]);
    }
  });
});

test('a T1 token that ends inside a value says in which', () => {
  const data = 'partner_id=1&sig=ab:session_id=1_MX4x&create_time=1795176000&role=publisher&expire_time=17951';
  const cut = decode(`T1==${Buffer.from(data).toString('base64')}`, 'opentok-t1');
  expect(cut.claims).toMatchObject({ create_time: 1795176000, role: 'publisher' });
  expect(cut.claims).not.toHaveProperty('expire_time');
  expect(cut.problem?.message).toContain('inside `expire_time`');
  const session = decode(`T1==${Buffer.from('partner_id=1&sig=ab:session_id=1_M').toString('base64')}`, 'opentok-t1');
  expect(session.claims).not.toHaveProperty('session_id');
});

test('a UserSig whose JSON is cut leaves out what the cut touches', () => {
  const json =
    '{"TLS.ver":"2.0","TLS.identifier":"ada","TLS.sdkappid":1400000000,"TLS.time":1795176000,"TLS.expire":864';
  const token = decode(
    deflateSync(json).toString('base64').replaceAll('+', '*').replaceAll('/', '-').replaceAll('=', '_'),
    'trtc-usersig',
  );
  expect(token.claims).toMatchObject({ 'TLS.time': 1795176000 });
  expect(token.claims).not.toHaveProperty('TLS.expire');
  expect(token.irregularities).toMatchObject([{ code: 'value-incomplete', subject: 'claims.TLS.expire' }]);
});

test('a PASETO whose claims have no end is damaged', () => {
  const bytes = Buffer.concat([Buffer.from('{"sub":"ada","room":"stand'), Buffer.alloc(64)]);
  const token = decode(`v4.public.${bytes.toString('base64url')}`, 'paseto');
  expect(token).toMatchObject({ claims: { sub: 'ada' }, problem: { code: 'cut-short' } });
  expect(token.claims).not.toHaveProperty('room');
});
