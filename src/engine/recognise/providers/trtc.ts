import { trtcUsersig } from '../../decode/forms/trtc-usersig.ts';
import type { Facts, Grant, Recognition } from '../../model/facts.ts';
import type { Token } from '../../model/token.ts';
import type { JsonObject } from '../../text/json.ts';
import { memberOf, numberAt, objectAt, stringAt } from '../../text/values.ts';
import { grants, no, unsaid, yes } from './grants.ts';
import type { Provider } from './provider.ts';
import { undocumented } from './undocumented.ts';

const number = (claims: JsonObject | null, name: string): number | null => {
  const value = memberOf(claims, name);
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
};

function recognise({ form, claims }: Token): Recognition | null {
  const named = memberOf(claims, 'TLS.sdkappid') !== undefined && memberOf(claims, 'TLS.identifier') !== undefined;
  if (form !== trtcUsersig.id && !named) return null;
  return {
    confidence: form === trtcUsersig.id && named ? 'certain' : 'likely',
    because: named ? 'it has `TLS.sdkappid` and `TLS.identifier`' : 'it is compressed as a UserSig is',
    strength: named ? 5 : 2,
  };
}

function facts({ claims }: Token): Facts {
  const buffer = objectAt(claims, 'userbuf');
  const encoded = memberOf(claims, 'TLS.userbuf') !== undefined;
  const roomNumber = numberAt(buffer, 'roomid');
  const room = roomNumber ? String(roomNumber) : stringAt(buffer, 'room');
  const user = memberOf(claims, 'TLS.identifier');
  const app = memberOf(claims, 'TLS.sdkappid');
  const bits = numberAt(buffer, 'privileges');
  const sends = bits === null || (bits & 0b1010100) !== 0;
  return {
    use: 'video-join',
    product: encoded ? 'UserSig for a room (PrivateMapKey)' : 'UserSig',
    tenant: typeof app === 'number' || typeof app === 'string' ? String(app) : null,
    room,
    roomScope: room ? 'one-room' : encoded ? 'not-stated' : 'all-rooms',
    roomClaim: 'TLS.userbuf',
    userId: typeof user === 'string' && user !== '' ? user : null,
    displayName: null,
    role: sends ? 'participant' : 'viewer',
    vendorRole: null,
    roleBecause: sends
      ? 'TRTC tokens know no host; the application assigns roles'
      : 'the privilege bits allow no sending',
    roleClaim: encoded ? 'userbuf.privileges' : null,
    privileges: privileges(bits, encoded),
  };
}

/** Bits of the privilege map, as the vendor's package lists them. */
function privileges(bits: number | null, encoded: boolean): Facts['privileges'] {
  const may = (bit: number): Grant => {
    if (bits === null) {
      return encoded
        ? unsaid('`TLS.userbuf` cannot be read', 'TLS.userbuf')
        : yes('`TLS.userbuf` is absent, so nothing is narrowed', 'TLS.userbuf');
    }
    return (bits & bit) !== 0
      ? yes(`bit ${bit} of the privileges is set`, 'userbuf.privileges')
      : no(
          `bit ${bit} of the privileges is not set; counts where advanced permission control is on`,
          'userbuf.privileges',
        );
  };
  return grants(
    [
      ['join', may(2)],
      ['publish-audio', may(4)],
      ['publish-video', may(16)],
      ['share-screen', may(64)],
      [
        'subscribe',
        may(32).allowed === may(8).allowed
          ? may(32)
          : unsaid('only audio or only video may be received', 'userbuf.privileges'),
      ],
      ['manage-rooms', may(1)],
    ],
    unsaid('a UserSig does not speak of it; the application decides'),
  );
}

export const trtc: Provider = {
  id: 'trtc',
  name: 'Tencent RTC',
  kind: 'video',
  recognise,
  facts,
  times({ claims }) {
    const [issuedAt, life] = [number(claims, 'TLS.time'), number(claims, 'TLS.expire')];
    return { issuedAt, notBefore: null, expiresAt: issuedAt !== null && life !== null ? issuedAt + life : null };
  },
  timeClaims: { issuedAt: 'TLS.time', expiresAt: 'TLS.expire' },
  claims: {
    'TLS.ver': { means: 'Version of the format.' },
    'TLS.identifier': { means: 'The user.', type: 'string' },
    'TLS.sdkappid': { means: 'The application.', type: 'number' },
    'TLS.time': { means: 'When it was issued.', unit: 'seconds since the epoch', type: 'number' },
    'TLS.expire': { means: 'How long it lives from then.', unit: 'seconds', type: 'number' },
    'TLS.sig': { means: 'Signature (HMAC-SHA256).', type: 'string' },
    'TLS.userbuf': {
      means: 'Narrows it to one room and to privileges; encoded.',
      type: 'string',
      whenAbsent: 'every room of the application',
    },
    'userbuf.account': { means: 'The user, again.' },
    'userbuf.sdkappid': { means: 'The application, again.' },
    'userbuf.roomid': { means: 'The room; 0 where it is named by text.' },
    'userbuf.room': { means: 'The room, by its name.' },
    'userbuf.expiresAt': { means: 'Until when the privileges hold.', unit: 'seconds since the epoch' },
    'userbuf.privileges': {
      means:
        'Sum of 1 create rooms, 2 join, 4 send audio, 8 receive audio, 16 send video, 32 receive video, 64 share the screen, 128 receive shared screens.',
    },
  },
  enforcement: {
    atJoin:
      'Tencent checks signature, user and time; room and privileges only where advanced permission control is on.',
    atExpiry: undocumented,
    onReconnect: undocumented,
    onRemoval: undocumented,
  },
  whenRoomAbsent: 'any-room',
  identityClaim: { path: 'TLS.identifier', required: true },
  lifetime: {
    defaultSeconds: null,
    floorSeconds: null,
    ceilingSeconds: null,
    advice: 'The caller sets it; the vendor’s package suggests 300 seconds for a room.',
  },
  limits: [{ claim: 'TLS.identifier', max: 32, unit: 'bytes' }],
  publicClaims: ['TLS.identifier'],
  algorithms: [],
  transport: { parameters: [], hosts: [], headers: [] },
  validation: 'Enter a room with it; the signature can be verified with the secret key of the application.',
  fixes: {
    'video-room-missing':
      'Build it with `genPrivateMapKey(user, expire, room, privileges)`, and switch on advanced permission control.',
    'lifetime-long': 'Pass a short `expire` to `genUserSig`.',
    'exp-expired': 'Ask the server for a new one.',
    'secret-in-page': 'Replace the secret key, and build signatures on a server.',
    'video-identity-missing': 'Pass the user to `genUserSig`.',
  },
  links: [
    { title: 'Tencent RTC: UserSig', url: 'https://trtc.io/document/35166' },
    { title: 'tls-sig-api-v2', url: 'https://www.npmjs.com/package/tls-sig-api-v2' },
  ],
  readAt: '2026-11',
};
