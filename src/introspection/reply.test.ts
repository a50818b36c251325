import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeRequest, parseReply, ReplyError } from './reply.ts';

test('asks with the form of RFC 7662, leaving out hints that are not given', () => {
  expect(encodeRequest({ token: 'a.b.c' }).toString()).toBe('token=a.b.c');
  expect(encodeRequest({ token: 'a+b', provider: 'daily', room: 'stand up' }).toString()).toBe(
    'token=a%2Bb&provider=daily&room=stand+up',
  );
});

test('reads a plain introspection reply', () => {
  expect(parseReply('{"active":true,"sub":"ada","exp":5,"aud":["x",7],"extension":{"any":1}}')).toEqual({
    active: true,
    sub: 'ada',
    exp: 5,
    aud: ['x'],
  });
});

test('reads the individual checks of its own server and drops what it does not know', () => {
  const reply = parseReply(
    JSON.stringify({
      active: false,
      roomkey: {
        version: 1,
        answeredBy: 'this server',
        checkedAt: 9,
        provider: 'daily',
        checks: [
          { name: 'signature', outcome: 'failed', reason: 'no' },
          { name: 'mood', outcome: 'passed', reason: '' },
          null,
          { name: 'time', outcome: 'perhaps' },
        ],
      },
    }),
  );
  expect(reply.roomkey?.checks).toEqual([{ name: 'signature', outcome: 'failed', reason: 'no' }]);
});

test.each([
  '{"active":true,"x":{"active":false},"y":["active","active"],"z":"active"}',
  '{"active":true,"sub":"\\"active\\":false,{","extension":1,"extension":2}',
  `{"active":true,"roomkey":${validation('not-checked')}}`,
  `{"active":false,"roomkey":${validation('failed')}}`,
])('takes what says one thing: %s', (body) => {
  expect(parseReply(body).active).toBe(JSON.parse(body).active);
});

function validation(outcome: string): string {
  return JSON.stringify({
    version: 1,
    answeredBy: 'it',
    checkedAt: 1,
    provider: null,
    checks: [{ name: 'time', outcome }],
  });
}

test.each([
  ['', 'malformed-json'],
  ['{"active":tru', 'malformed-json'],
  ['[]', 'not-an-object'],
  ['null', 'not-an-object'],
  ['{}', 'active-missing'],
  ['{"active":"true"}', 'active-missing'],
  ['{"__proto__":{"active":true}}', 'active-missing'],
  ['{"active":false,"active":true}', 'contradictory'],
  ['{"active":false,"\\u0061ctive" \n:true}', 'contradictory'],
  ['{"x":{"a":["active","}"]},"exp":1,"active":true,"exp":9999999999}', 'contradictory'],
  [`{"active":true,"roomkey":${validation('failed')}}`, 'contradictory'],
])('refuses %s', (body, code) => {
  expect(() => parseReply(body)).toThrow(expect.objectContaining({ code }));
});

test('never fails on a hostile reply but with a ReplyError', () => {
  fc.assert(
    fc.property(fc.json(), (body) => {
      try {
        parseReply(body);
      } catch (error) {
        expect(error).toBeInstanceOf(ReplyError);
      }
    }),
    { seed: 20_261_126 },
  );
});
