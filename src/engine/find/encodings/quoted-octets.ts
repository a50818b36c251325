import type { Encoding } from './encoding.ts';

/** Octets of quoted-printable (RFC 2045 §6.7) within a token: `=2E`. Undone for the whole of a text before it is searched, in mended-runs.ts. */
export const quotedOctets: Encoding = {
  id: 'quoted-octets',
  name: 'octets of quoted-printable',
  tried: ['lines'],
  peel: () => null,
};
