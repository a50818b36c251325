import type { Facts, Recognition } from '../../model/facts.ts';
import type { Token } from '../../model/token.ts';
import { shown } from '../../text/sentence.ts';
import { hasAt, objectAt, stringAt, valueAt } from '../../text/values.ts';
import { checkedAtJoin } from './checked-at-join.ts';
import { grants, no, unsaid, yes } from './grants.ts';
import type { JoinProblem, Provider } from './provider.ts';
import { roomScope } from './room-scope.ts';

const keySid = /^SK[0-9a-f]{32}$/i;
const accountSid = /^AC[0-9a-f]{32}$/i;

function recognise({ header, claims }: Token): Recognition | null {
  const marked = (stringAt(header, 'cty') ?? '').startsWith('twilio-fpa');
  if (marked && hasAt(claims, 'grants') && !objectAt(claims, 'grants'))
    return { confidence: 'possible', because: '`cty` is twilio-fpa, and its `grants` are no object', strength: 2 };
  if (!objectAt(claims, 'grants.video')) return null;
  const sids = [
    keySid.test(stringAt(claims, 'iss') ?? '') && '`iss` is an API key (SK…)',
    accountSid.test(stringAt(claims, 'sub') ?? '') && '`sub` is an account (AC…)',
  ].filter((words) => words !== false);
  if (!marked && sids.length === 0) return null;
  const evidence = ['`grants.video` is an object', ...(marked ? ['`cty` is twilio-fpa'] : []), ...sids];
  return { confidence: marked ? 'certain' : 'likely', because: evidence.join(', '), strength: evidence.length + 1 };
}

function facts({ claims }: Token): Facts {
  const room = stringAt(claims, 'grants.video.room');
  const path = 'grants.video.room';
  const scope = roomScope(valueAt(claims, path), 'all-rooms');
  const byRest = no('only the REST API, with the key of the account, does that');
  return {
    use: 'video-join',
    product: 'access token',
    tenant: stringAt(claims, 'sub'),
    room,
    roomScope: scope,
    roomClaim: path,
    userId: stringAt(claims, 'grants.identity'),
    displayName: null,
    role: 'participant',
    vendorRole: null,
    roleBecause: 'Twilio Video has no roles: nobody is host',
    roleClaim: null,
    privileges: grants(
      [
        [
          'join',
          yes(
            room ? `\`${path}\` names the room ${shown(room)}` : `\`${path}\` is absent, which opens every room`,
            path,
          ),
        ],
        ['subscribe', unsaid('the track subscription rules of the room decide; everything is received without any')],
        [
          'publish-audio',
          'publish-video',
          'share-screen',
          'send-data',
          yes('Twilio Video has no roles: who joins may send'),
        ],
        ['admit-others', 'bypass-lobby', 'join-hidden', no('Twilio Video has neither a lobby nor hidden participants')],
        [
          'dial-out',
          hasAt(claims, 'grants.voice.outgoing')
            ? yes('`grants.voice.outgoing` places calls through its application', 'grants.voice.outgoing')
            : no('`grants.voice.outgoing` is absent', 'grants.voice.outgoing'),
        ],
      ],
      byRest,
    ),
  };
}

function joinProblems({ header, claims }: Token): JoinProblem[] {
  const shapes = [
    [
      'iss',
      keySid,
      'an API key (SK and 32 hex digits)',
      'Sign with an API key and its secret, not with the auth token.',
    ],
    [
      'sub',
      accountSid,
      'an account (AC and 32 hex digits)',
      'Pass the account SID as the first argument of AccessToken.',
    ],
  ] as const;
  const problems = shapes.flatMap(([name, shape, what, fix]): JoinProblem[] => {
    const value = stringAt(claims, name);
    if (value === null || shape.test(value)) return [];
    return [{ likelihood: 'certain', says: `\`${name}\` is ${shown(value)}, not ${what}.`, fix, at: `claims.${name}` }];
  });
  const region = stringAt(header, 'twr');
  if (region !== null && region !== 'us1') {
    problems.push({
      likelihood: 'possible',
      says: `The token names the region ${shown(region)}; Twilio Video takes API keys of US1.`,
      fix: 'Sign with an API key made in US1, and leave `region` out.',
      at: 'header.twr',
    });
  }
  return problems;
}

export const twilio: Provider = {
  id: 'twilio',
  name: 'Twilio Video',
  kind: 'video',
  recognise,
  facts,
  joinProblems,
  claims: {
    'header.cty': { means: 'Marks a Twilio access token.', type: 'string' },
    'header.twr': { name: 'region', means: 'Region of the account. API keys for Video are US1 keys.', type: 'string' },
    jti: { means: 'Unique id: the API key and the time of issue.', type: 'string' },
    iss: { name: 'API key SID', means: 'API key whose secret signed the token.', type: 'string' },
    sub: { name: 'account SID', means: 'Account the token belongs to.', type: 'string' },
    exp: {
      name: 'ttl',
      means: 'Not accepted after, on reconnecting too.',
      unit: 'seconds since the epoch',
      type: 'number',
    },
    grants: { means: 'What the token opens, by product.', type: 'object' },
    'grants.identity': { name: 'identity', means: 'Who the participant is; shown to the others.', type: 'string' },
    'grants.video': { means: 'Opens Twilio Video.', type: 'object' },
    'grants.video.room': {
      name: 'room',
      means: 'Name or SID (RM…) of the one room.',
      whenAbsent: 'every room of the account',
      type: 'string',
    },
    'grants.chat': { means: 'Opens Conversations as well.', type: 'object' },
    'grants.data_sync': { means: 'Opens Sync as well.', type: 'object' },
    'grants.voice': { means: 'Opens Voice as well.', type: 'object' },
    'grants.voice.incoming.allow': { means: 'May be called.', type: 'boolean' },
    'grants.voice.outgoing.application_sid': { means: 'May place calls through this application.', type: 'string' },
    'grants.task_router': { means: 'Opens TaskRouter as well.', type: 'object' },
    'grants.player': { means: 'Opens the live player as well.', type: 'object' },
  },
  enforcement: {
    atJoin: 'Twilio checks the signature, the times, a life of at most 24 h (error 20104) and the room.',
    atExpiry: 'A running call goes on.',
    onReconnect: 'The token must still be valid: after `exp` a lost connection ends the call.',
    onRemoval: 'Removing a participant by the REST API does not revoke the token.',
  },
  whenRoomAbsent: 'any-room',
  expiryEjects: () => ({ ejects: false, claim: null }),
  checkedOnReconnect: true,
  identityClaim: { path: 'grants.identity', required: true },
  closedObjects: ['grants.video'],
  otherProductRights: ({ claims }) =>
    ['grants.voice.outgoing', 'grants.chat', 'grants.task_router', 'grants.data_sync']
      .filter((claim) => hasAt(claims, claim))
      .map((claim) => ({ claim, says: `\`${claim}\` opens another product than video` })),
  lifetime: {
    defaultSeconds: 3600,
    floorSeconds: null,
    ceilingSeconds: 86_400,
    advice: 'For video Twilio recommends up to 24 h, because reconnecting needs a token that is still valid.',
  },
  limits: [],
  publicClaims: ['grants.identity'],
  algorithms: ['HS256', 'HS384', 'HS512'],
  transport: { parameters: [], hosts: ['*.twilio.com'], headers: [] },
  required: {
    iss: 'Twilio cannot find the key that signed it',
    sub: 'Twilio cannot tell the account',
    'grants.identity': 'the room refuses the participant (error 53200, "Participant identity is invalid")',
  },
  notShown: [
    'whether the key in `iss` is still there, is of the region US1, and signed the token',
    'whether the room exists where the account creates none by itself, is full, or has ended',
    'whether another participant with the same identity is in the room, whom joining would push out',
  ],
  aliases: {
    video: 'grants.video',
    'video.room': 'grants.video.room',
    identity: 'grants.identity',
    'grants.video.roomName': 'grants.video.room',
    'grants.video.room_name': 'grants.video.room',
    'grants.video.roomSid': 'grants.video.room',
  },
  validation: checkedAtJoin('the secret of the API key'),
  fixes: {
    'exp-missing': 'Make the token with AccessToken and `ttl`.',
    'lifetime-long': 'Set `ttl` to cover the whole call and no more.',
    'video-lifetime-vendor': 'Set `ttl` to at most 86400.',
    'video-expires-during-call': 'Set `ttl` to cover the whole call, up to 86400.',
    'video-room-missing': 'Pass `room` to `new VideoGrant({ room })`.',
    'video-identity-missing': 'Pass `identity` to AccessToken.',
    'video-admin-grant': 'Add only the VideoGrant to tokens for a video page.',
  },
  links: [
    { title: 'Access tokens', url: 'https://www.twilio.com/docs/iam/access-tokens' },
    {
      title: 'User identity and access tokens for Video',
      url: 'https://www.twilio.com/docs/video/tutorials/user-identity-access-tokens',
    },
    { title: 'Error 20104', url: 'https://www.twilio.com/docs/api/errors/20104' },
  ],
  readAt: '2026-11',
};
