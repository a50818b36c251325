import type { Facts, Grant, Recognition } from '../../model/facts.ts';
import type { Token } from '../../model/token.ts';
import type { JsonObject } from '../../text/json.ts';
import { shown } from '../../text/sentence.ts';
import { numberAt, stringAt } from '../../text/values.ts';
import { grants, no, unsaid, yes } from './grants.ts';
import type { Provider } from './provider.ts';
import { undocumented } from './undocumented.ts';

const scopesOf = (claims: JsonObject | null) =>
  (stringAt(claims, 'acsScope') ?? '')
    .slice(0, 500)
    .split(/[\s,]+/)
    .filter(Boolean);

function recognise({ claims }: Token): Recognition | null {
  const identity = stringAt(claims, 'skypeid')?.startsWith('acs:') ?? false;
  const scope = stringAt(claims, 'acsScope') !== null;
  if (!identity && !scope) return null;
  const found = [scope && '`acsScope`', identity && '`skypeid` starting acs:'].filter(Boolean);
  return { confidence: 'certain', because: `it has ${found.join(' and ')}`, strength: 2 + found.length };
}

function facts({ claims }: Token): Facts {
  const scopes = scopesOf(claims);
  const said = `\`acsScope\` is ${shown(claims?.acsScope)}`;
  const starts = scopes.includes('voip');
  const joins = starts || scopes.includes('voip.join');
  const chats = scopes.some((scope) => scope.startsWith('chat'));
  const decides = unsaid('the call, its Room or the Teams meeting decides');
  const media = joins ? decides : no(`${said}, which allows no calls`, 'acsScope');
  const dial: Grant = starts
    ? unsaid(`${said}: calls may be started, and the resource decides which numbers`, 'acsScope')
    : no(said, 'acsScope');
  return {
    use: joins ? 'video-join' : 'access',
    product: joins ? 'calling token' : chats ? 'chat token' : 'access token',
    tenant: stringAt(claims, 'resourceId'),
    room: null,
    // No claim names a call: whatever the identity may join, the token opens.
    roomScope: joins ? 'all-rooms' : 'not-stated',
    roomClaim: null,
    userId: stringAt(claims, 'skypeid'),
    displayName: null,
    role: joins ? 'participant' : 'unknown',
    vendorRole: null,
    roleBecause: 'no scope gives host powers; roles belong to the call',
    roleClaim: 'acsScope',
    privileges: grants(
      [
        ['join', joins ? yes(said, 'acsScope') : no(`${said}, which allows no calls`, 'acsScope')],
        [
          'subscribe',
          'publish-audio',
          'publish-video',
          'share-screen',
          'mute-others',
          'remove-others',
          'admit-others',
          media,
        ],
        ['dial-out', dial],
        ['send-data', chats ? yes(said, 'acsScope') : decides],
        ['manage-rooms', no('Rooms are managed with the access key of the resource')],
      ],
      decides,
    ),
  };
}

export const azureCommunication: Provider = {
  id: 'azure-communication',
  name: 'Azure Communication Services',
  kind: 'video',
  recognise,
  facts,
  times: ({ claims }) => ({
    // `csi` repeats the time of issue as text.
    issuedAt:
      numberAt(claims, 'iat') ?? (/^\d{9,11}$/.test(stringAt(claims, 'csi') ?? '') ? Number(claims?.csi) : null),
  }),
  joinProblems: ({ claims }) =>
    scopesOf(claims).some((scope) => scope.startsWith('voip')) || scopesOf(claims).length === 0
      ? []
      : [
          {
            likelihood: 'certain',
            says: `\`acsScope\` is ${shown(claims?.acsScope)}, which allows no calls.`,
            fix: 'Issue the token with the scope `voip`, or `voip.join` for guests.',
            at: 'claims.acsScope',
          },
        ],
  claims: {
    skypeid: { means: 'The identity, `acs:<resource>_<id>`.', type: 'string' },
    acsScope: {
      means:
        'What it allows, separated by commas: `chat`, `chat.join`, `chat.join.limited`, `voip` (start and join calls), `voip.join` (join only).',
      type: 'string',
    },
    resourceId: { means: 'The Communication Services resource.', type: 'string' },
    scp: { means: 'Internal number.', type: 'number' },
    csi: { means: 'Time of issue, as text.', type: 'string' },
  },
  enforcement: {
    atJoin: 'The service checks the token and its scopes; it names no call, so any the identity may join is open.',
    atExpiry: 'The SDK asks for a new token 10 minutes before the end, where the page gave it a way to.',
    onReconnect: undocumented,
    onRemoval: 'The token stays valid unless its identity is revoked.',
  },
  whenRoomAbsent: 'not-applicable',
  identityClaim: { path: 'skypeid', required: true },
  hostOnlyRights: ({ claims }) =>
    scopesOf(claims).includes('voip')
      ? [{ claim: 'acsScope', says: '`voip` may start calls, where `voip.join` would be enough for a guest' }]
      : [],
  lifetime: {
    defaultSeconds: 86_400,
    floorSeconds: 3600,
    ceilingSeconds: 86_400,
    advice: 'Match the length of the meeting: 60 to 1440 minutes, 24 hours when nothing is set.',
  },
  limits: [],
  publicClaims: [],
  // RS256 in what was seen; the vendor names none.
  algorithms: [],
  transport: {
    parameters: [],
    hosts: ['*.communication.azure.com', '*.communication.microsoft.com', '*.skype.com'],
    headers: ['authorization'],
  },
  validation: 'Use it in the SDK; no public address that validates a token is documented.',
  fixes: {
    'lifetime-long': 'Set `tokenExpiresInMinutes` (60 to 1440) when issuing the token.',
    'exp-expired': 'Give `AzureCommunicationTokenCredential` a `tokenRefresher` with `refreshProactively`.',
    'token-endpoint-open': 'Ask for a sign-in before the endpoint hands out tokens.',
    'video-host-on-guest-page': 'Issue guest tokens with the scope `voip.join`.',
  },
  links: [
    {
      title: 'Azure: access tokens',
      url: 'https://learn.microsoft.com/azure/communication-services/quickstarts/identity/access-tokens',
    },
    {
      title: 'Azure: identity model',
      url: 'https://learn.microsoft.com/azure/communication-services/concepts/identity-model',
    },
    {
      title: 'Azure: credentials',
      url: 'https://learn.microsoft.com/azure/communication-services/concepts/credentials-best-practices',
    },
  ],
  readAt: '2026-11',
};
