import { hasAt, stringAt } from '../../text/values.ts';
import { notVideo, rowOf } from './not-video.ts';

/** The `aud` claim says what the token opens. */
const kinds: Record<string, string> = {
  v: 'playback',
  t: 'thumbnails',
  g: 'animated images',
  s: 'storyboards',
  d: 'DRM licences',
  playback_id: 'viewer counts of a playback id',
  asset_id: 'viewer counts of an asset',
  live_stream_id: 'viewer counts of a live stream',
  video_id: 'viewer counts of a video',
};

export const muxPlayback = notVideo({
  id: 'mux-playback',
  name: 'Mux playback',
  kind: 'other',
  does: 'the holder watches a recording or stream',

  recognise(claims, { header }) {
    const kind = stringAt(claims, 'aud') ?? '';
    const key = hasAt(header, 'kid') || hasAt(claims, 'kid');
    if (rowOf(kinds, kind) === null || !key || !stringAt(claims, 'sub') || hasAt(claims, 'iss')) return null;
    return { confidence: 'likely', because: `\`aud\` is "${kind}", with \`sub\` and \`kid\``, strength: 3 };
  },

  facts: (claims) => ({ use: 'access', product: `token for ${rowOf(kinds, stringAt(claims, 'aud')) ?? 'playback'}` }),

  claims: {
    aud: {
      means: 'What it opens: `v` playback, `t` thumbnails, `g` animated images, `s` storyboards, `d` DRM licences.',
    },
    sub: { means: 'The playback id, or what the viewer counts are of.' },
    kid: { means: 'The signing key.' },
  },
  lifetime: {
    defaultSeconds: 604_800,
    floorSeconds: null,
    ceilingSeconds: null,
    advice: 'Longer than the recording; SDKs give 7 days.',
  },
  transport: { parameters: ['token'], hosts: ['*.mux.com'], headers: [] },
  validation: 'Open the playback address with it; the signature can be verified with the signing key.',
  links: [{ title: 'Mux: secure video playback', url: 'https://www.mux.com/docs/guides/secure-video-playback' }],
});
