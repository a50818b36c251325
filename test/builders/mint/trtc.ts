import tlsSigApi from 'tls-sig-api-v2';
import { days, hours } from '../tokens.ts';
import type { Minted } from './minted.ts';

export const trtcSecret = 'a-throw-away-secret-key-of-sixty-four-characters-or-so-many-0000';

const api = new tlsSigApi.Api(1_400_000_000, trtcSecret);

/** The vendor's package signs with the present time; read its tokens by their length, not their dates. */
export const trtc: Minted = {
  guest: () => api.genPrivateMapKey('ada', hours(1), 10_000, 255),
  viewer: () => api.genPrivateMapKey('ada', hours(1), 10_000, 0b10101010),
  'text room': () => api.genPrivateMapKeyWithStringRoomID('ada', hours(1), 'standup', 255),
  'without room': () => api.genUserSig('ada', days(1)),
  'half a year': () => api.genUserSig('ada', days(180)),
  'odd: empty user': () => api.genUserSig('', days(1)),
};
