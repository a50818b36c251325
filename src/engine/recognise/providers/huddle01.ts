import type { Facts, Grant, Recognition } from '../../model/facts.ts';
import type { Token } from '../../model/token.ts';
import { shown } from '../../text/sentence.ts';
import { booleanAt, objectAt, stringAt, valueAt } from '../../text/values.ts';
import { grants, no, unsaid, yes } from './grants.ts';
import type { ClaimMeaning, Provider } from './provider.ts';
import { undocumented } from './undocumented.ts';

/** Of `Permissions` in @huddle01/server-sdk 2.6.2. */
const permissions = [
  'admin',
  'canConsume',
  'canProduce',
  'canProduceSources',
  'canSendData',
  'canRecvData',
  'canUpdateMetadata',
];

function recognise({ claims }: Token): Recognition | null {
  const given = objectAt(claims, 'permissions');
  const known = permissions.filter((name) => given !== null && Object.hasOwn(given, name));
  const ids = ['roomId', 'peerId', 'projectId'].filter((name) => stringAt(claims, name) !== null);
  if (known.length < 3 || !ids.includes('roomId')) return null;
  return {
    confidence: known.length > 4 && ids.length === 3 ? 'certain' : 'likely',
    because: `it has ${ids.map((name) => `\`${name}\``).join(', ')}, and \`permissions\` as Huddle01 names them`,
    strength: known.length + ids.length,
  };
}

/** A permission, which counts as false unless it is true. */
function permission(claims: Token['claims'], name: string): Grant {
  const path = `permissions.${name}`;
  const flag = booleanAt(claims, path);
  const because = `\`${path}\` is ${shown(valueAt(claims, path))}`;
  return flag === null ? unsaid(`${because}, which is neither true nor false`, path) : (flag ? yes : no)(because, path);
}

function facts({ claims }: Token): Facts {
  const admin = permission(claims, 'admin');
  const role = stringAt(claims, 'role');
  const produce = permission(claims, 'canProduce');
  const from = (source: string): Grant =>
    produce.allowed === true ? permission(claims, `canProduceSources.${source}`) : produce;
  const sends = ['mic', 'cam', 'screen'].map(from);
  const mute = sends.every(({ allowed }) => allowed === false);
  const host = admin.allowed === true;
  return {
    use: 'video-join',
    product: 'access token',
    tenant: stringAt(claims, 'projectId'),
    room: stringAt(claims, 'roomId'),
    roomScope: stringAt(claims, 'roomId') ? 'one-room' : 'not-stated',
    roomClaim: 'roomId',
    userId: stringAt(claims, 'peerId'),
    displayName: stringAt(claims, 'displayName'),
    role: host ? 'host' : mute ? 'viewer' : 'participant',
    vendorRole: role,
    roleBecause: host || !mute ? admin.because : produce.because,
    roleClaim: host || !mute ? 'permissions.admin' : 'permissions.canProduce',
    privileges: grants(
      [
        ['join', yes('`roomId` names the room', 'roomId')],
        ['subscribe', permission(claims, 'canConsume')],
        ['publish-audio', from('mic')],
        ['publish-video', from('cam')],
        ['share-screen', from('screen')],
        ['send-data', permission(claims, 'canSendData')],
        ['mute-others', 'remove-others', 'admit-others', admin],
        ['manage-rooms', no('rooms are made with the API key')],
      ],
      unsaid('no permission of the token speaks of it'),
    ),
  };
}

const flag = (means: string): ClaimMeaning => ({ means, type: 'boolean' });

export const huddle01: Provider = {
  id: 'huddle01',
  name: 'Huddle01',
  kind: 'video',
  recognise,
  facts,
  claims: {
    roomId: { means: 'The room.', type: 'string' },
    peerId: { means: 'The participant.', type: 'string' },
    projectId: { means: 'The project the room belongs to.', type: 'string' },
    role: {
      means:
        'host, coHost, speaker, listener, guest, bot, or one of the application’s own. Permissions decide, not the role.',
      type: 'string',
    },
    displayName: { means: 'Name shown to the others.', type: 'string' },
    metadata: { means: 'What the application attaches to the participant.' },
    permissions: { means: 'What the holder may do.', type: 'object' },
    'permissions.admin': flag('May mute, remove and admit others, and set the controls of the room.'),
    'permissions.canConsume': flag('May receive media.'),
    'permissions.canProduce': flag('May send media, as far as `canProduceSources` lists it.'),
    'permissions.canProduceSources': { means: 'Which media may be sent.', type: 'object' },
    'permissions.canProduceSources.cam': flag('May send the camera.'),
    'permissions.canProduceSources.mic': flag('May send the microphone.'),
    'permissions.canProduceSources.screen': flag('May share the screen.'),
    'permissions.canSendData': flag('May send data messages.'),
    'permissions.canRecvData': flag('May receive data messages.'),
    'permissions.canUpdateMetadata': flag('May change its own metadata.'),
  },
  enforcement: {
    atJoin:
      'Huddle01, which made the token, checks it. Its client checks permissions before it asks; what the server checks is not documented.',
    atExpiry: undocumented,
    onReconnect: undocumented,
    onRemoval: undocumented,
  },
  whenRoomAbsent: 'refused',
  roomNamesAreInternal: true,
  identityClaim: { path: 'peerId', required: false },
  lifetime: {
    defaultSeconds: 14_400,
    floorSeconds: null,
    ceilingSeconds: null,
    advice: 'Four hours unless `ttl` says otherwise.',
  },
  limits: [],
  publicClaims: ['displayName', 'metadata'],
  algorithms: [],
  transport: { parameters: ['token'], hosts: ['*.huddle01.media', '*.huddle01.com'], headers: [] },
  validation:
    'Verify it with the keys at `https://huddle01.app/jwks.json`, as `TokenVerifier` of @huddle01/server-sdk does.',
  fixes: {
    'lifetime-long': 'Set `options.ttl` of `AccessToken` to the length of the call.',
    'video-host-on-guest-page': 'Make tokens for guests with `role: Role.GUEST`, or with `permissions.admin: false`.',
  },
  links: [
    { title: '@huddle01/server-sdk', url: 'https://www.npmjs.com/package/@huddle01/server-sdk' },
    { title: '@huddle01/web-core', url: 'https://www.npmjs.com/package/@huddle01/web-core' },
  ],
  readAt: '2026-11',
};
