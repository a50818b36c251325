import { dailyToken, livekitToken } from '../../../../../test/builders/join-tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import type { JsonObject } from '../../../text/json.ts';
import { videoCredentialsInConfig } from './video-credentials-in-config.ts';

const config = (roomConfig: JsonObject) => ({ local: { t: livekitToken({}, { roomConfig }) } });

await ruleCases(videoCredentialsInConfig, {
  flags: {
    'storage keys': {
      on: config({ egress: { room: { fileOutputs: [{ s3: { accessKey: 'abc', secret: 'hunter22' } }] } } }),
      severity: 'critical',
      says: 'a credential',
    },
    'a stream address': {
      on: config({ egress: { room: { streamOutputs: [{ urls: ['rtmp://live.other.net/app/key'] }] } } }),
      severity: 'critical',
      says: 'a stream',
    },
  },
  passes: {
    'empty placeholders': {
      local: config({ egress: { room: { fileOutputs: [{ s3: { accessKey: '', secret: '' } }] } } }).local,
    },
    'other settings': { local: config({ name: 'standup', emptyTimeout: 300 }).local },
    'no settings': { local: { t: livekitToken() } },
  },
  doesNotApply: { 'Daily, which has none': { local: { t: dailyToken() } } },
});
