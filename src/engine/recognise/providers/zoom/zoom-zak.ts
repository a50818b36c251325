import type { Facts, Recognition } from '../../../model/facts.ts';
import type { Token } from '../../../model/token.ts';
import { hasAt, numberAt, stringAt } from '../../../text/values.ts';
import { grants, no, unsaid, yes } from '../grants.ts';
import type { ClaimMeaning, Provider } from '../provider.ts';
import { undocumented } from '../undocumented.ts';
import { afterJoining, zoomJwt } from './zoom-jwt.ts';

/**
 * Zoom documents what the key does and not what is in it; the shape is that of keys people showed (zoom/api#44 and #51,
 * mieszko4/react-native-zoom-us#48, crinny/zoomrip#22).
 */
function recognise({ header, claims }: Token): Recognition | null {
  const aud = stringAt(claims, 'aud');
  if (stringAt(claims, 'iss') !== 'web' || (aud !== 'client' && aud !== 'clientsm')) return null;
  const session = ['stk', 'sk'].filter((name) => stringAt(claims, name) !== null);
  const numbers = ['sty', 'clt'].filter((name) => numberAt(claims, name) !== null);
  const texts = ['uid', 'wcd', 'aid', 'cid'].filter((name) => hasAt(claims, name));
  const found = [...texts, ...numbers, ...session];
  const isUser = stringAt(claims, 'uid') !== null;
  // Ids of a user alone are anybody's.
  if (!isUser || found.length < 3 || session.length + numbers.length === 0) return null;
  const keyed = stringAt(header, 'zm_skm') !== null;
  const names = [...(keyed ? ['header.zm_skm'] : []), ...found].slice(0, 6).map((name) => `\`${name}\``);
  return {
    // Of `clientsm` too little has been seen to be sure.
    confidence: aud === 'client' && session.includes('stk') && numbers.includes('sty') ? 'certain' : 'likely',
    because: `\`iss\` is "web", \`aud\` is "${aud}", and it has ${names.join(', ')}`,
    strength: 2 + found.length + (keyed ? 1 : 0),
  };
}

const because = 'its holder starts and joins meetings as the Zoom user it was made for';

function facts({ claims }: Token): Facts {
  return {
    use: 'video-join',
    product: 'ZAK, which acts as a user',
    tenant: stringAt(claims, 'aid'),
    room: null,
    roomScope: 'all-rooms',
    roomClaim: null,
    userId: stringAt(claims, 'uid'),
    displayName: null,
    role: 'host',
    vendorRole: null,
    roleBecause: `${because}; an OBF token, whose content is not documented, would only join`,
    roleClaim: 'uid',
    privileges: grants(
      [
        ['join', yes(`${because}, whatever the meeting`, 'uid')],
        [
          'mute-others',
          'remove-others',
          'admit-others',
          'change-permissions',
          'record',
          'live-stream',
          'bypass-lobby',
          yes(`${because}, and is host of what that user hosts`, 'uid'),
        ],
        ['manage-rooms', no('meetings are managed by the Zoom API, with a token of its own')],
      ],
      unsaid('the settings of the meeting and of the account decide'),
    ),
  };
}

const seen = (means: string): ClaimMeaning => ({ means: `${means} ${undocumented}` });

export const zoomZak: Provider = {
  ...zoomJwt,
  id: 'zoom-zak',
  name: 'Zoom Access Key',
  recognise,
  facts,
  claims: {
    iss: { means: 'Where it was made: "web".', type: 'string' },
    aud: { means: 'Whom it is for: "client" or "clientsm".', type: 'string' },
    uid: { means: 'The Zoom user, as whom its holder acts.', type: 'string' },
    aid: seen('Id of the account.'),
    sty: seen('Kind of session: 99 or 100 where it was seen.'),
    stk: seen('Token of the session inside.'),
    sk: seen('Key of the session inside.'),
    clt: seen('Kind of client.'),
    wcd: seen('Which of Zoom’s clusters: `us04`.'),
    cid: seen('Empty where it was seen.'),
    dvcid: seen('Id of a device.'),
    'header.zm_skm': seen('How the signing key is managed.'),
    exp: { means: 'Not accepted after.', unit: 'seconds since the epoch', type: 'number' },
  },
  enforcement: {
    ...afterJoining,
    atJoin:
      'In a start link (`?zak=`) it is enough by itself; with the Meeting SDK it goes beside the SDK’s JWT. An OBF token, made by the same API, only joins, is good once, asks for its user to be in the meeting, and lets the app be dropped when that user leaves.',
  },
  whenRoomAbsent: 'not-applicable',
  notShown: ['whether the meeting is one that this user may start', 'whether the key was withdrawn'],
  identityClaim: { path: 'uid', required: false },
  closedObjects: [],
  lifetime: {
    defaultSeconds: 7200,
    floorSeconds: null,
    ceilingSeconds: null,
    advice: 'Two hours unless a longer time was asked for. Ask for one right before the meeting starts.',
  },
  limits: [],
  publicClaims: [],
  transport: { ...zoomJwt.transport, parameters: ['zak'] },
  validation:
    'Zoom checks it when a meeting is started or joined; no endpoint is published, and no key to verify it with.',
  fixes: {
    'video-join-link-leak':
      'Hand the key to `join` or `start` of the SDK, to the host alone: a start link makes whoever opens it the host.',
    'video-host-on-guest-page':
      'Hand the ZAK to the host alone; guests need the SDK’s JWT with `role` 0, and no key of a user.',
    'url-query': 'Pass the ZAK to the SDK instead of writing `zak=` into an address.',
    'url-persisted': 'Pass the ZAK to the SDK instead of writing `zak=` into an address.',
    'lifetime-long': 'Leave `ttl` out when asking for a ZAK: two hours are enough to start a meeting.',
    'storage-local': 'Ask for a ZAK when the host starts the meeting, and keep no copy.',
    'storage-session': 'Ask for a ZAK when the host starts the meeting, and keep no copy.',
  },
  links: [
    { title: 'Meeting SDK authorization', url: 'https://developers.zoom.us/docs/meeting-sdk/auth/' },
    { title: 'OBF tokens', url: 'https://developers.zoom.us/docs/meeting-sdk/auth/obf/' },
    { title: 'OBF tokens: questions', url: 'https://developers.zoom.us/docs/meeting-sdk/obf-faq/' },
    { title: 'A start link with its key', url: 'https://github.com/zoom/api/issues/44' },
  ],
};
