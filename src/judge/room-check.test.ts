import { expect, test } from 'vitest';
import { hours, jwt, now } from '../../test/builders/tokens.ts';
import { outcomes, startTestProxy } from '../../test/doubles/proxy-client.ts';
import type { JsonObject } from '../engine/text/json.ts';

const secret = 'a-throw-away-secret-of-the-check-of-rooms-0123';

const twilio = (grants: JsonObject) =>
  jwt(
    {
      jti: `SK${'0'.repeat(32)}-1`,
      iss: `SK${'0'.repeat(32)}`,
      sub: `AC${'1'.repeat(32)}`,
      exp: now + hours(1),
      grants,
    },
    { cty: 'twilio-fpa;v=1' },
    secret,
  );

test.each([
  ['there', { identity: 'ada', video: { room: 'standup' } }, [true, 'passed']],
  ['missing', { video: { room: 'standup' } }, [false, 'failed']],
  ['empty', { identity: '', video: { room: 'standup' } }, [false, 'failed']],
] as [string, JsonObject, [boolean, string]][])(
  'a platform that asks for an identity lets nobody in without: %s',
  async (_, grants, expected) => {
    const proxy = await startTestProxy({ keys: [{ provider: 'twilio', secret }] });
    const reply = await proxy.ask(twilio(grants), { room: 'standup' });
    expect([reply.active, outcomes(reply).shape]).toEqual(expected);
    await proxy.close();
  },
);
