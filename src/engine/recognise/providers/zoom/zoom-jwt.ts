import { checkedAtJoin } from '../checked-at-join.ts';
import type { Provider } from '../provider.ts';
import { undocumented } from '../undocumented.ts';

/** What the JWTs of Zoom's two SDKs have in common. */
export const zoomJwt = {
  kind: 'video',
  closedObjects: [''],
  lifetime: {
    defaultSeconds: 7200,
    floorSeconds: 1800,
    ceilingSeconds: 172_800,
    advice: "Between 30 minutes and 48 hours after `iat`; Zoom's sample takes 2 hours.",
  },
  algorithms: ['HS256'],
  transport: { parameters: [] as string[], hosts: ['*.zoom.us', '*.zoomgov.com'], headers: [] },
  validation: checkedAtJoin('the SDK secret'),
  readAt: '2026-11',
} satisfies Partial<Provider>;

/** Neither SDK's documentation goes beyond joining. */
export const afterJoining = { atExpiry: undocumented, onReconnect: undocumented, onRemoval: undocumented };

/** The number of a meeting without the gaps with which Zoom shows it. */
export const withoutGaps = (said: string) => (/^[\d\s-]+$/.test(said) ? said.replace(/[\s-]/g, '') : said);
