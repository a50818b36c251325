import type { Token } from '../../model/token.ts';
import { agora006 } from './agora-006.ts';
import { agora007 } from './agora-007.ts';
import { bigbluebuttonJoin } from './bigbluebutton-join.ts';
import { chimeAttendee } from './chime-attendee.ts';
import { chimeJoinToken } from './chime-join-token.ts';
import { damaged } from './damaged.ts';
import type { Form, Jose } from './form.ts';
import { jwe } from './jwe.ts';
import { jweJson } from './jwe-json.ts';
import { jws } from './jws.ts';
import { jwsDetached } from './jws-detached.ts';
import { jwsJson } from './jws-json.ts';
import { jwsUnsecured } from './jws-unsecured.ts';
import { msalEncrypted } from './msal-encrypted.ts';
import { opaque } from './opaque.ts';
import { opentokT1 } from './opentok-t1.ts';
import { openvidu2 } from './openvidu-2.ts';
import { paseto } from './paseto.ts';
import { sdJwt } from './sd-jwt.ts';
import { signedCookie } from './signed-cookie.ts';
import { smartHealthCard } from './smart-health-card.ts';
import { trtcUsersig } from './trtc-usersig.ts';
import { turnCredentials } from './turn-credentials.ts';
import { vendorKey } from './vendor-key.ts';
import { zego04 } from './zego-04.ts';
import { zoomSignature } from './zoom-signature.ts';

/** Every shape a token can have. Of several that match at one place the first wins: the narrower stand before the wider. */
export const forms: readonly Form[] = [
  sdJwt,
  jwsUnsecured,
  jwsDetached,
  jws,
  jwe,
  jwsJson,
  jweJson,
  turnCredentials,
  chimeAttendee,
  opentokT1,
  agora007,
  agora006,
  trtcUsersig,
  zego04,
  zoomSignature,
  bigbluebuttonJoin,
  openvidu2,
  chimeJoinToken,
  paseto,
  smartHealthCard,
  vendorKey,
  signedCookie,
  damaged,
  msalEncrypted,
  opaque,
];

const byId: ReadonlyMap<string, Form> = new Map(forms.map((form) => [form.id, form]));

/** The form of this id; undefined for ids of other versions. */
export function formOf(id: string): Form | undefined {
  return byId.get(id);
}

/** What a token does as a form of JOSE; null for every other form. */
export function joseOf({ form }: Pick<Token, 'form'>): Jose | null {
  return formOf(form)?.jose ?? null;
}

/** True for a JWS that carries its payload, signed or not. */
export function isJws(token: Pick<Token, 'form'>): boolean {
  return ['signed', 'unsecured'].includes(joseOf(token) ?? '');
}

/** True for a token that is a JSON object rather than one run of characters. */
export function isJsonObject({ form }: Pick<Token, 'form'>): boolean {
  return formOf(form)?.startsAt.includes('object') ?? false;
}

/** Members that may hold the password of a token in JSON form. */
export const passwordsOfTokens: ReadonlySet<string> = new Set(forms.flatMap(({ passwords = [] }) => passwords));

/** Members that only tokens in JSON form have together. */
export const membersOfTokens: ReadonlySet<string> = new Set([
  ...forms.flatMap(({ members = [] }) => members),
  ...passwordsOfTokens,
]);
