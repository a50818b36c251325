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
    means:
      'Who the participant is. `jti` takes its place when absent; empty is refused. It stands in logs and traces, and no redaction removes it.',
    type: 'string',
  },
  name: { means: 'Display name, shown to the others.', type: 'string' },
  metadata: { means: 'Free text of the participant, shown to the others.', type: 'string' },
  attributes: { means: 'Texts by name, shown to the others.', type: 'object', holds: 'string' },
  kind: {
    means:
      'Kind of participant: standard, agent, sip, ingress, egress, connector, bridge. Anything else counts as standard.',
    whenAbsent: 'standard',
    type: 'string',
  },
  kindDetails: {
    means:
      'Further detail of the kind: cloud_agent, forwarded, connector_whatsapp, connector_twilio, bridge_rtsp, simulation.',
    type: 'array',
    holds: 'string',
  },
  jti: { means: 'Takes the place of `sub` when that is absent.', type: 'string' },
  aud: { means: 'Not looked at by the server, which yet reads it.', type: ['string', 'array'], holds: 'string' },
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
    means:
      'Name of the room, literally: `*` is no wildcard. It stands in logs and traces, and no redaction removes it.',
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
    holds: 'string',
    whenAbsent: 'all',
  },
  'video.canUpdateOwnMetadata': off('May change its own name, metadata and attributes.'),
  'video.hidden': off('Not seen by the others.'),
  'video.recorder': off('Marks a recorder.'),
  'video.agent': off('Marks an agent.'),
  'video.canSubscribeMetrics': off('May receive metrics.'),
  'video.canManageAgentSession': off('May control the session of an agent in this room, and read its state.'),
  'video.destinationRoom': { means: 'Room the participant may be forwarded to.', type: 'string' },
  sip: { means: 'Rights over telephony.', type: 'object' },
  'sip.admin': off('May manage telephone trunks and dispatch rules of the project.'),
  'sip.call': off('May place telephone calls.'),
  agent: { means: 'Rights over agents in LiveKit Cloud.', type: 'object' },
  'agent.admin': off('May manage agents.'),
  'agent.simulationAdmin': off('May manage agent simulations.'),
  'agent.databaseAdmin': off('May manage agent databases.'),
  inference: { means: 'Rights over hosted models in LiveKit Cloud.', type: 'object' },
  'inference.perform': off('May use every hosted model of the project (LLM, STT, TTS), at its cost.'),
  observability: { means: 'Rights over observability data in LiveKit Cloud.', type: 'object' },
  'observability.write': off('May publish observability data to the project.'),
  roomPreset: { means: 'Named configuration for a room this join creates.', type: 'string' },
  roomConfig: {
    means: 'Configuration for a room this join creates. Whoever holds the token can read all of it.',
    type: 'object',
  },
  ...roomConfiguration(),
  sha256: { means: 'Hash of a webhook body; not for clients.', type: 'string' },
};

/** `RoomConfiguration` and `RoomAgentDispatch` of livekit/protocol (livekit_room.proto, livekit_agent_dispatch.proto, 2026-08). */
function roomConfiguration(): Provider['claims'] {
  const agent = 'roomConfig.agents.*';
  return {
    'roomConfig.name': { means: 'Name of this configuration.', type: 'string' },
    'roomConfig.emptyTimeout': {
      means: 'How long the room stays open when nobody joins.',
      unit: 'seconds',
      type: 'number',
    },
    'roomConfig.departureTimeout': {
      means: 'How long the room stays open once everybody has left.',
      unit: 'seconds',
      type: 'number',
    },
    'roomConfig.maxParticipants': { means: 'How many may be in the room, agents and egress aside.', type: 'number' },
    'roomConfig.metadata': { means: 'Metadata of the room, shown to everybody in it.', type: 'string' },
    'roomConfig.egress': {
      means: 'Records or streams the room from its start on; keys of the storage in it are handed to the client.',
      type: 'object',
    },
    'roomConfig.minPlayoutDelay': { means: 'Least delay of playing, in milliseconds.', type: 'number' },
    'roomConfig.maxPlayoutDelay': { means: 'Longest delay of playing, in milliseconds.', type: 'number' },
    'roomConfig.syncStreams': { means: 'Keeps sound and picture together.', type: 'boolean' },
    'roomConfig.agents': {
      means: 'Agents that are dispatched when this join creates the room; each runs, and costs, as long as its job.',
      type: 'array',
    },
    [`${agent}.agentName`]: { means: 'Which agent is dispatched.', type: 'string' },
    [`${agent}.metadata`]: {
      means: 'Handed to the agent, often a prompt or the user’s data. Whoever holds the token can read it.',
      type: 'string',
    },
    [`${agent}.attributes`]: { means: 'Texts by name, handed to the agent.', type: 'object', holds: 'string' },
    [`${agent}.deployment`]: { means: 'Which deployment of the agent runs.', type: 'string' },
    [`${agent}.restartPolicy`]: { means: 'When the agent is started again.' },
    'roomConfig.tags': { means: 'Texts by name, attached to the room.', type: 'object' },
    'roomConfig.tags.*': { means: 'A tag of the room.' },
  };
}

/** Spelling aside: `room_join` is a LiveKit word too, if a mistaken one. */
const plain = (name: string) => name.replace(/_/g, '').toLowerCase();

/** True for the members of `video` that LiveKit knows, spelling aside. */
export const isGrant = (name: string) =>
  Object.keys(livekitClaims).some((path) => path.startsWith('video.') && plain(path.slice(6)) === plain(name));
