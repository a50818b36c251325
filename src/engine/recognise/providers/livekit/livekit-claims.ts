import type { ClaimMeaning, Provider } from '../provider.ts';

/** A right the holder lacks unless the claim is true. */
const off = (means: string): ClaimMeaning => ({ means, type: 'boolean', whenAbsent: 'false' });

export const livekitClaims: Provider['claims'] = {
  iss: {
    name: 'API key',
    means: 'Key by which the server finds the secret; `devkey` in development mode.',
    type: 'string',
  },
  sub: {
    name: 'identity',
    means: 'Who the participant is. `jti` takes its place when absent; empty is refused.',
    type: 'string',
  },
  name: { means: 'Display name, shown to the others.', type: 'string' },
  metadata: { means: 'Free text of the participant, shown to the others.', type: 'string' },
  attributes: { means: 'Texts by name, shown to the others.', type: 'object' },
  kind: {
    means: 'Kind of participant: standard, agent, sip, ingress, egress.',
    whenAbsent: 'standard',
    type: 'string',
  },
  kindDetails: { means: 'Further detail of the kind.' },
  exp: {
    name: 'ttl',
    means: 'No first connection after.',
    unit: 'seconds since the epoch',
    whenAbsent: 'current servers refuse the token',
    type: 'number',
  },
  video: { means: 'Rights in a room and over rooms.', type: 'object' },
  'video.roomJoin': off('May join `video.room`.'),
  'video.room': {
    means: 'Name of the room, literally: `*` is no wildcard.',
    whenAbsent: 'joining fails with "no room name"',
    type: 'string',
  },
  'video.roomAdmin': off('May moderate that room: mute, remove, update.'),
  'video.roomCreate': off('May create and delete rooms on the server.'),
  'video.roomList': off('May list the rooms of the server.'),
  'video.roomRecord': off('May record and stream any room.'),
  'video.ingressAdmin': off('May manage ingress for the whole server.'),
  'video.canPublish': { means: 'May send media.', type: 'boolean', whenAbsent: 'allowed' },
  'video.canSubscribe': { means: 'May receive media.', type: 'boolean', whenAbsent: 'allowed' },
  'video.canPublishData': { means: 'May send data.', type: 'boolean', whenAbsent: 'follows `canPublish`' },
  'video.canPublishSources': {
    means: 'The only sources that may be sent: camera, microphone, screen_share, screen_share_audio.',
    type: 'array',
    whenAbsent: 'all',
  },
  'video.canUpdateOwnMetadata': off('May change its own name, metadata and attributes.'),
  'video.hidden': off('Not seen by the others.'),
  'video.recorder': off('Marks a recorder.'),
  'video.agent': off('Marks an agent.'),
  'video.canSubscribeMetrics': off('May receive metrics.'),
  'video.canManageAgentSession': off('May manage agent sessions.'),
  'video.destinationRoom': { means: 'Room the participant may be forwarded to.', type: 'string' },
  sip: { means: 'Rights over telephony.', type: 'object' },
  'sip.admin': off('May manage telephone trunks.'),
  'sip.call': off('May place telephone calls.'),
  agent: { means: 'Rights over agents in LiveKit Cloud.', type: 'object' },
  'agent.admin': off('May manage agents.'),
  'agent.simulationAdmin': off('May manage agent simulations.'),
  'agent.databaseAdmin': off('May manage agent databases.'),
  'inference.perform': off('May use hosted models.'),
  'observability.write': off('May write observability data.'),
  roomPreset: { means: 'Named configuration for a room this join creates.', type: 'string' },
  roomConfig: { means: 'Configuration for a room this join creates.', type: 'object' },
  sha256: { means: 'Hash of a webhook body; not for clients.', type: 'string' },
};

/** Spelling aside: `room_join` is a LiveKit word too, if a mistaken one. */
const plain = (name: string) => name.replace(/_/g, '').toLowerCase();

/** True for the members of `video` that LiveKit knows, spelling aside. */
export const isGrant = (name: string) =>
  Object.keys(livekitClaims).some((path) => path.startsWith('video.') && plain(path.slice(6)) === plain(name));
