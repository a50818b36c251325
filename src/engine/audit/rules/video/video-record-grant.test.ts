import { dailyToken, jitsiToken } from '../../../../../test/builders/join-tokens.ts';
import { jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import type { JsonObject } from '../../../text/json.ts';
import { videoRecordGrant } from './video-record-grant.ts';

const zoom = (claims: JsonObject) =>
  jwt({ app_key: 'KEY', tpc: 'standup', role_type: 0, version: 1, iat: now, exp: now + 3600, ...claims });

await ruleCases(videoRecordGrant, {
  flags: {
    'Daily `er`': {
      on: { local: { t: dailyToken({ er: 'cloud' }) } },
      severity: 'info',
      says: 'may record',
      at: 'claims.er',
    },
    'Jitsi features as text': {
      on: {
        local: { t: jitsiToken({ context: { user: { id: 'u', moderator: true }, features: { recording: 'true' } } }) },
      },
      severity: 'info',
      says: 'Its holder may record, because `context.features.recording` is "true"',
    },
    'a host of the Zoom Video SDK': {
      on: { local: { t: zoom({ role_type: 1 }) } },
      severity: 'info',
      says: 'Its holder may record, stream live, because `role_type` is 1',
    },
    'on a page for guests': {
      on: { pageMark: 'guest', local: { t: dailyToken({ er: 'cloud' }) } },
      severity: 'medium',
      says: 'page for guests',
    },
  },
  passes: {
    'a participant of Zoom, whatever the options of recordings': {
      local: { t: zoom({ cloud_recording_option: 1, cloud_recording_election: 1 }) },
    },
    'an ordinary participant': { local: { t: dailyToken() } },
  },
  doesNotApply: { 'a token that is not for calls': { local: { t: jwt({ er: 'cloud', exp: now + 60 }) } } },
});
