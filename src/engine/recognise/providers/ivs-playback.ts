import { stringAt } from '../../text/values.ts';
import { notVideo } from './not-video.ts';

const channel = /^arn:aws[\w-]*:ivs:[\w-]+:(\d*):channel\//;
// The name holds a colon but no dot, so paths read it.
const arn = 'aws:channel-arn';

export const ivsPlayback = notVideo({
  id: 'ivs-playback',
  name: 'Amazon IVS playback',
  kind: 'other',
  does: 'the holder watches a private channel',

  recognise(claims) {
    if (!stringAt(claims, arn)) return null;
    return { confidence: 'certain', because: '`aws:channel-arn` names a channel', strength: 4 };
  },

  facts: (claims) => ({
    use: 'access',
    product: 'playback token for a private channel',
    tenant: channel.exec((stringAt(claims, arn) ?? '').slice(0, 200))?.[1] || null,
    userId: stringAt(claims, 'aws:viewer-id'),
  }),

  claims: {
    'aws:channel-arn': { means: 'The channel.', type: 'string' },
    'aws:access-control-allow-origin': { means: 'Origins that may play it.', type: 'string', whenAbsent: 'all' },
    'aws:strict-origin-enforcement': {
      means: 'Checks the origin of every request.',
      type: 'boolean',
      whenAbsent: 'false',
    },
    'aws:viewer-id': { means: 'The viewer, so that a session can be revoked.', type: 'string' },
    'aws:viewer-session-version': { means: 'Version of the session, so that older ones can be revoked.' },
    'aws:single-use-uuid': { means: 'Makes the token good for one playback.' },
    'aws:maximum-resolution': { means: 'Best picture allowed.' },
  },
  algorithms: ['ES384'],
  lifetime: {
    defaultSeconds: null,
    floorSeconds: null,
    ceilingSeconds: null,
    advice: 'Checked when playback starts, so minutes are enough.',
  },
  transport: { parameters: ['token'], hosts: ['*.live-video.net'], headers: [] },
  validation: 'Open the playback address with it; the signature can be verified with your public key (ES384).',
  links: [
    {
      title: 'Amazon IVS: generate and sign playback tokens',
      url: 'https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/private-channels-generate-tokens.html',
    },
  ],
});
