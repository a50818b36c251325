import { livekitToken, vonageToken, zoomToken } from '../../../../../test/builders/join-tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { videoPermissionsOpen } from './video-permissions-open.ts';

await ruleCases(videoPermissionsOpen, {
  flags: {
    'LiveKit on a page for guests': {
      on: { url: 'https://call.acme.com/viewer', local: { t: livekitToken() } },
      severity: 'low',
      says: '`video.canPublish`',
      confidence: 'likely',
    },
    'Vonage without a role': {
      on: { pageMark: 'guest', local: { t: vonageToken({ role: undefined }) } },
      severity: 'low',
      says: 'On a page for guests, `role` is not set',
      at: 'claims.role',
    },
  },
  passes: {
    'an ordinary page': { local: { t: livekitToken() } },
    'permissions set': {
      url: 'https://call.acme.com/viewer',
      local: { t: livekitToken({ canPublish: false, canSubscribe: true, canPublishData: false }) },
    },
  },
  doesNotApply: { 'Zoom, where nothing is open': { url: 'https://call.acme.com/viewer', local: { t: zoomToken() } } },
});
