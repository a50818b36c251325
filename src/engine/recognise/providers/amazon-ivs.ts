import type { Facts, Grant, Recognition } from '../../model/facts.ts';
import type { Token } from '../../model/token.ts';
import type { JsonObject } from '../../text/json.ts';
import { shown } from '../../text/sentence.ts';
import { booleanAt, hasAt, objectAt, stringAt, valueAt } from '../../text/values.ts';
import { grants, no, unsaid, yes } from './grants.ts';
import type { Provider } from './provider.ts';
import { undocumented } from './undocumented.ts';

const stage = /^arn:aws[\w-]*:ivs:[\w-]+:(\d*):stage\/([\w-]+)$/;
const stageOf = (claims: JsonObject | null) => stage.exec((stringAt(claims, 'resource') ?? '').slice(0, 200));

function recognise({ claims }: Token): Recognition | null {
  const capabilities = objectAt(claims, 'capabilities');
  const abilities = ['allow_publish', 'allow_subscribe'].some((name) => hasAt(capabilities, name));
  const found = [
    ...['events_url', 'whip_url']
      .filter((name) => /^(?:wss|https):/.test(stringAt(claims, name) ?? ''))
      .map((name) => `\`${name}\``),
    ...(capabilities ? ['`capabilities`'] : []),
    ...(stageOf(claims) ? ['a stage in `resource`'] : []),
  ];
  if (found.length < 2 || !(stageOf(claims) || (abilities && found.length > 2))) return null;
  return {
    confidence: found.length > 2 ? 'certain' : 'likely',
    because: `it has ${found.join(', ')}`,
    strength: found.length + 1,
  };
}

function facts({ claims }: Token): Facts {
  const arn = stageOf(claims);
  const room = stringAt(claims, 'topic') ?? arn?.[2] ?? null;
  const publish = ability(claims, 'allow_publish');
  const viewer = publish.allowed === false;
  return {
    use: 'video-join',
    product: 'stage participant token',
    tenant: arn?.[1] || null,
    room,
    roomScope: room ? 'one-room' : 'not-stated',
    roomClaim: hasAt(claims, 'topic') ? 'topic' : 'resource',
    userId: stringAt(claims, 'user_id') ?? stringAt(claims, 'jti'),
    displayName: null,
    role: viewer ? 'viewer' : 'participant',
    vendorRole: null,
    roleBecause: viewer ? publish.because : 'a stage knows no host: only publishing and subscribing',
    roleClaim: 'capabilities.allow_publish',
    privileges: grants(
      [
        ['join', yes(arn ? '`resource` names the stage' : 'the token is for one stage', 'resource')],
        ['subscribe', ability(claims, 'allow_subscribe')],
        ['publish-audio', 'publish-video', 'share-screen', publish],
        ['send-data', unsaid('no capability speaks of messages')],
        ['admit-others', 'bypass-lobby', 'join-hidden', no('a stage knows neither a lobby nor hidden participants')],
      ],
      no('a stage token only publishes and subscribes; the rest takes the AWS API'),
    ),
  };
}

function ability(claims: JsonObject | null, name: string): Grant {
  const path = `capabilities.${name}`;
  const value = booleanAt(claims, path);
  if (value === null)
    return unsaid(
      `\`${path}\` is ${shown(valueAt(claims, path))}; IVS gives both capabilities unless told otherwise`,
      path,
    );
  return (value ? yes : no)(`\`${path}\` is ${value}`, path);
}

export const amazonIvs: Provider = {
  id: 'amazon-ivs',
  name: 'Amazon IVS Real-Time',
  kind: 'video',
  recognise,
  facts,
  claims: {
    resource: { means: 'The stage, by its ARN.', type: 'string' },
    topic: { means: 'The stage, by its id.', type: 'string' },
    jti: { means: 'The participant.', type: 'string' },
    user_id: { means: 'Name the application gave the participant; everybody on the stage sees it.', type: 'string' },
    attributes: {
      means: 'Texts the application gave the participant; everybody on the stage sees them.',
      type: 'object',
    },
    capabilities: { means: 'What the participant may do on the stage.', type: 'object', whenAbsent: 'both' },
    'capabilities.allow_publish': { means: 'May send audio and video.', type: 'boolean' },
    'capabilities.allow_subscribe': { means: 'May receive audio and video.', type: 'boolean' },
    events_url: { means: 'Where the client connects for events.', type: 'string' },
    whip_url: { means: 'Where the client publishes.', type: 'string' },
    version: { means: 'Version of the format.' },
  },
  enforcement: {
    atJoin: 'IVS checks the signature, the stage and the capabilities.',
    atExpiry: undocumented,
    onReconnect: undocumented,
    onRemoval: undocumented,
  },
  whenRoomAbsent: 'refused',
  roomNamesAreInternal: true,
  identityClaim: { path: 'user_id', required: false },
  lifetime: {
    defaultSeconds: 43_200,
    floorSeconds: 60,
    ceilingSeconds: 1_209_600,
    advice: '12 hours unless set; 1 minute to 14 days. AWS asks to treat the token as opaque: its format may change.',
  },
  limits: [{ claim: 'attributes', max: 1024, unit: 'bytes' }],
  publicClaims: ['user_id', 'attributes'],
  // AWS writes KMS into the tokens it issues; ES384 is for keys the customer imported.
  algorithms: ['ES384', 'KMS'],
  transport: { parameters: [], hosts: ['*.live-video.net'], headers: ['authorization', 'sec-websocket-protocol'] },
  validation: 'Join the stage with it; a token signed with your own key can be verified with its public key (ES384).',
  fixes: {
    'lifetime-long': 'Set `duration` (minutes) in `CreateParticipantToken`.',
    'exp-missing': 'Set `exp` in tokens you sign yourself.',
    'video-permissions-open': 'Set `capabilities` in `CreateParticipantToken`: both are given by default.',
    'video-personal-data': 'Put only what everybody on the stage may see into `userId` and `attributes`.',
    'video-host-on-guest-page': 'Set `capabilities` to `SUBSCRIBE` for people who only watch.',
  },
  links: [
    {
      title: 'Amazon IVS: distribute participant tokens',
      url: 'https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/getting-started-distribute-tokens.html',
    },
    {
      title: 'Amazon IVS: CreateParticipantToken',
      url: 'https://docs.aws.amazon.com/ivs/latest/RealTimeAPIReference/API_CreateParticipantToken.html',
    },
  ],
  readAt: '2026-11',
};
