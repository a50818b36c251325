import type { Facts, Recognition } from '../../model/facts.ts';
import type { Token } from '../../model/token.ts';
import { shown } from '../../text/sentence.ts';
import { stringAt, valueAt } from '../../text/values.ts';
import { grants, no, yes } from './grants.ts';
import type { Provider } from './provider.ts';
import { undocumented } from './undocumented.ts';

/** Each token is good for one action; these act on somebody else. */
const overOthers = ['kick', 'mute'];
const actions = ['login', 'join', 'join_muted', 'kick', 'mute', 'trxn'];

function recognise({ claims }: Token): Recognition | null {
  const action = stringAt(claims, 'vxa');
  if (!action) return null;
  const known = actions.includes(action) && (stringAt(claims, 'f')?.startsWith('sip:') ?? false);
  return {
    confidence: known ? 'certain' : 'likely',
    because: known ? '`vxa` is a Vivox action, and `f` a SIP address' : 'it has `vxa`',
    strength: known ? 3 : 1,
  };
}

function facts({ claims }: Token): Facts {
  const action = stringAt(claims, 'vxa');
  const said = `\`vxa\` is ${shown(valueAt(claims, 'vxa'))}`;
  const joins = action === 'join' || action === 'join_muted';
  const power = overOthers.includes(action ?? '');
  const does = (...names: string[]) => (names.includes(action ?? '') ? yes : no)(said, 'vxa');
  const channel = stringAt(claims, 't');
  return {
    use: joins ? 'video-join' : 'one-time',
    product: `voice token for the action ${action?.slice(0, 24) ?? 'unknown'}`,
    tenant: stringAt(claims, 'iss'),
    room: channel,
    roomScope: channel ? 'one-room' : 'not-stated',
    roomClaim: 't',
    userId: stringAt(claims, 'f'),
    displayName: null,
    role: power ? 'host' : joins ? 'participant' : 'unknown',
    vendorRole: action,
    roleBecause: power ? `${said}, which acts on somebody else` : `${said}, and a token is good for one action`,
    roleClaim: 'vxa',
    privileges: grants(
      [
        ['join', 'subscribe', does('join', 'join_muted')],
        ['publish-audio', does('join')],
        ['mute-others', does('mute')],
        ['remove-others', does('kick')],
        ['transcribe', does('trxn')],
      ],
      no('a Vivox token is good for one voice action', 'vxa'),
    ),
  };
}

export const vivox: Provider = {
  id: 'vivox',
  name: 'Vivox',
  kind: 'video',
  recognise,
  facts,
  claims: {
    iss: { means: 'The application.', type: 'string' },
    vxa: { means: 'The one action it is good for.', type: 'string', values: actions },
    vxi: { means: 'A number that makes the token unique.', type: 'number' },
    f: { means: 'Who acts, as a SIP address.', type: 'string' },
    t: { means: 'The channel acted in, as a SIP address.', type: 'string' },
    sub: { means: 'Whom a kick or mute concerns, as a SIP address.', type: 'string' },
  },
  enforcement: {
    atJoin: 'Vivox takes a token once, for the action, user and channel it names.',
    atExpiry: undocumented,
    onReconnect: undocumented,
    onRemoval: undocumented,
  },
  whenRoomAbsent: 'refused',
  roomNamesAreInternal: true,
  identityClaim: { path: 'f', required: true },
  lifetime: {
    defaultSeconds: null,
    floorSeconds: null,
    ceilingSeconds: null,
    advice: 'About 90 seconds, made when needed.',
  },
  limits: [],
  publicClaims: ['f'],
  algorithms: ['HS256'],
  transport: { parameters: [], hosts: ['*.vivox.com'], headers: [] },
  required: { exp: 'Vivox refuses the token', vxi: 'Vivox may take it for one used before' },
  validation: 'Use it in the SDK; the signature can be verified with the key of the application (HS256).',
  fixes: { 'lifetime-long': 'Set `exp` to 90 seconds from now.', 'exp-missing': 'Set `exp` to 90 seconds from now.' },
  links: [
    {
      title: 'Vivox: access token payload',
      url: 'https://docs.unity.com/en-us/vivox-unity/access-token-guide/access-token-format/access-token-payload',
    },
    {
      title: 'Vivox: actions',
      url: 'https://docs.unity.com/en-us/vivox-unity/access-token-guide/access-token-format/supported-values-vxa-claim',
    },
  ],
  readAt: '2026-11',
};
