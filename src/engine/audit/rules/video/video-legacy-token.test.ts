import { dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { hours, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { videoLegacyToken } from './video-legacy-token.ts';

const t1 = (role: string) =>
  `T1==${Buffer.from(
    `partner_id=12345678&sig=${'0123456789'.repeat(4)}:session_id=1_MX4xMjM0NTY3OH5-abc&create_time=${now}&nonce=0.5&role=${role}&expire_time=${now + hours(1)}&connection_data=`,
  ).toString('base64')}`;

await ruleCases(videoLegacyToken, {
  flags: {
    'an OpenTok T1 token, as a fact': {
      on: { local: { t: t1('publisher') } },
      severity: 'info',
      says: 'It is an OpenTok T1 token (legacy)',
    },
    "a moderator's in an address": {
      on: { url: `https://call.acme.com/?token=${t1('moderator')}` },
      severity: 'medium',
      says: 'it makes its holder a host',
    },
  },
  passes: {},
  doesNotApply: { 'a token of a platform that has no other form': { local: { t: dailyToken() } } },
});
