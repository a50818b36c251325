import type { Facts, Recognition } from '../../model/facts.ts';
import type { Token } from '../../model/token.ts';
import { hasAt, stringAt } from '../../text/values.ts';
import { grants, no, unsaid } from './grants.ts';
import type { Provider } from './provider.ts';
import { undocumented } from './undocumented.ts';

/** Base64 of "ciscospark://" begins so; guest-issuer ids are such addresses, encoded. */
const ciscospark = 'Y2lzY29zcGFyazovL';
const names = ['sub', 'name', 'iss', 'iat', 'exp', 'nbf'];

function recognise({ header, claims }: Token): Recognition | null {
  const issuer = stringAt(claims, 'iss');
  if (!claims || issuer === null || stringAt(claims, 'sub') === null) return null;
  if (issuer.startsWith(ciscospark)) {
    const named = hasAt(claims, 'name');
    return {
      confidence: named ? 'certain' : 'likely',
      because: `\`iss\` encodes an address of Webex, \`sub\`${named ? ', `name`' : ''}`,
      strength: named ? 4 : 3,
    };
  }
  const plain = Object.keys(claims).every((name) => names.includes(name)) && stringAt(header, 'alg') === 'HS256';
  if (!plain || !hasAt(claims, 'name') || !/^[\w-]{40}[\w-]*$/.test(issuer)) return null;
  return { confidence: 'possible', because: '`sub`, `name` and an `iss` that may be a guest issuer', strength: 1 };
}

const facts = ({ claims }: Token): Facts => ({
  use: 'video-join',
  product: 'guest issuer token (legacy)',
  tenant: stringAt(claims, 'iss'),
  room: null,
  roomScope: 'not-stated',
  roomClaim: null,
  userId: stringAt(claims, 'sub'),
  displayName: stringAt(claims, 'name'),
  role: 'participant',
  vendorRole: 'guest',
  roleBecause: 'guest issuer tokens make guests',
  roleClaim: null,
  privileges: grants(
    [['manage-rooms', no('it is exchanged for the access token of a guest')]],
    unsaid('the meeting decides what a guest may do'),
  ),
});

export const webex: Provider = {
  id: 'webex',
  name: 'Webex guest issuer',
  kind: 'video',
  recognise,
  facts,
  claims: {
    sub: { name: 'guest id', means: 'Who the guest is; the same id is the same guest again.', type: 'string' },
    name: { means: 'Display name, shown to the others.', type: 'string' },
    iss: { name: 'guest issuer id', means: 'The guest issuer whose secret signed the token.', type: 'string' },
    exp: { means: 'No exchange for an access token after.', unit: 'seconds since the epoch', type: 'number' },
  },
  enforcement: {
    atJoin: 'Webex exchanges it for an access token of 6 hours; the call asks for that one.',
    atExpiry: 'The access token already received goes on for its 6 hours.',
    onReconnect: undocumented,
    onRemoval: undocumented,
  },
  whenRoomAbsent: 'not-applicable',
  legacy: () => 'guests of a Service App, whose tokens are opaque',
  lifetime: {
    defaultSeconds: null,
    floorSeconds: null,
    ceilingSeconds: null,
    advice: 'Keep it short: it is needed once, for the exchange.',
  },
  limits: [],
  publicClaims: ['name'],
  algorithms: ['HS256'],
  transport: { parameters: [], hosts: [], headers: ['authorization'] },
  required: { iss: 'Webex cannot find the guest issuer', sub: 'Webex cannot tell the guest' },
  aliases: { displayName: 'name', guestId: 'sub' },
  validation:
    'Exchanging it for an access token tells. With the guest issuer secret, base64-decoded, the signature can be verified anywhere.',
  fixes: {
    'exp-missing': 'Set `exp` to a few minutes ahead.',
    'lifetime-long': 'Set `exp` to a few minutes ahead.',
    'video-legacy-token': 'Use guests of a Service App.',
  },
  links: [{ title: 'Guest issuer', url: 'https://developer.webex.com/docs/guest-issuer' }],
  readAt: '2026-11',
};
