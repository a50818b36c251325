import type { Facts, Grant, Recognition } from '../../model/facts.ts';
import type { Token } from '../../model/token.ts';
import { shown } from '../../text/sentence.ts';
import { booleanAt, hasAt, stringAt, stringsAt } from '../../text/values.ts';
import { grants, no, unsaid, yes } from './grants.ts';
import type { Provider } from './provider.ts';
import { undocumented } from './undocumented.ts';

const known = ['op', 'present', 'message', 'caption', 'token', 'admin', 'observe'];

/** Addresses of groups the token is for; `aud` is one or several. */
function audiences(claims: Token['claims']): string[] {
  return (stringsAt(claims, 'aud') ?? [stringAt(claims, 'aud') ?? '']).filter((url) =>
    /^https?:\/\/[^/]+\/group\//i.test(url),
  );
}

/** Group in the path of an address: `/group/<name>/`, where the name may hold slashes. Null when there is none. */
function groupIn(address: string): string | null {
  const name = /^\/group\/(.+?)\/?$/.exec(address.replace(/^https?:\/\/[^/]+/i, '').replace(/[?#].*$/s, ''))?.[1];
  if (name === undefined) return null;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function recognise({ claims }: Token): Recognition | null {
  const permissions = stringsAt(claims, 'permissions');
  const urls = audiences(claims);
  if (urls.length === 0 || permissions === null) return null;
  const named = permissions.filter((name) => known.includes(name)).length;
  const sub = hasAt(claims, 'sub');
  return {
    confidence: sub && urls.some(groupIn) ? 'certain' : sub && named > 0 ? 'likely' : 'possible',
    because: `\`aud\` is the address of a group, \`permissions\`${sub ? ', `sub`' : ''}`,
    strength: 3 + named,
  };
}

function facts({ claims }: Token): Facts {
  const held = stringsAt(claims, 'permissions') ?? [];
  const groups = audiences(claims).flatMap((url) => groupIn(url) ?? []);
  const subgroups = booleanAt(claims, 'include-subgroups') === true;
  const power = ['op', 'admin'].find((name) => held.includes(name));
  const op = held.includes('op');
  const may = (name: string): Grant =>
    op || held.includes(name)
      ? yes(`\`permissions\` lists ${op ? 'op' : name}`, 'permissions')
      : no(`\`permissions\` does not list ${name}`, 'permissions');
  const sends = op || held.includes('present');
  return {
    use: 'video-join',
    product: 'group token',
    tenant: stringAt(claims, 'iss'),
    room: groups.length > 0 ? groups.join(', ') : null,
    roomScope:
      groups.length > 1 || (subgroups && groups.length > 0)
        ? 'some-rooms'
        : groups.length === 1
          ? 'one-room'
          : 'not-stated',
    roomClaim: 'aud',
    userId: stringAt(claims, 'sub'),
    displayName: stringAt(claims, 'sub'),
    role: power ? 'host' : sends ? 'participant' : 'viewer',
    vendorRole: held.join(', ') || null,
    roleBecause: power
      ? `\`permissions\` lists ${power}`
      : `\`permissions\` ${sends ? 'lists present, and neither op nor admin' : 'does not list present'}`,
    roleClaim: 'permissions',
    privileges: grants(
      [
        [
          'join',
          groups.length > 0
            ? yes(`\`aud\` names the group ${shown(groups.join(', '))}`, 'aud')
            : no('`aud` names no group', 'aud'),
        ],
        ['subscribe', unsaid('whoever is in the group receives, unless the group is set otherwise')],
        ['publish-audio', 'publish-video', 'share-screen', may('present')],
        ['send-data', may('message')],
        ['mute-others', 'remove-others', 'change-permissions', may('op')],
        ['record', op ? unsaid('the group must allow recording') : no('`permissions` does not list op', 'permissions')],
      ],
      unsaid('the settings of the group decide'),
    ),
    ...(subgroups
      ? {
          wildcards: [
            {
              claim: 'include-subgroups',
              says: '`include-subgroups` is true, which opens every group below the named one',
            },
          ],
        }
      : {}),
  };
}

export const galene: Provider = {
  id: 'galene',
  name: 'Galene',
  kind: 'video',
  recognise,
  facts,
  claims: {
    sub: { name: 'username', means: 'Name of the user, shown to the others.', type: 'string' },
    aud: { name: 'group', means: 'Address of the group: https://<host>/group/<name>/.', type: ['string', 'array'] },
    permissions: {
      means:
        'op moderates and includes present, message, caption and token; present sends media, message chats, admin administers.',
      type: 'array',
    },
    'include-subgroups': { means: 'Opens the groups below as well.', whenAbsent: 'false', type: 'boolean' },
    exp: {
      means: 'Not accepted after.',
      whenAbsent: 'the token is refused',
      unit: 'seconds since the epoch',
      type: 'number',
    },
  },
  enforcement: {
    atJoin: 'The server checks signature, group and times, with 5 seconds of tolerance.',
    atExpiry: undocumented,
    onReconnect: 'Joining again needs a token that is still valid.',
    onRemoval: 'Removing somebody does not revoke the token; it is meant to live for seconds.',
  },
  whenRoomAbsent: 'refused',
  lifetime: {
    defaultSeconds: null,
    floorSeconds: null,
    ceilingSeconds: null,
    advice: 'About 30 seconds, and no more than minutes.',
  },
  limits: [],
  publicClaims: ['sub'],
  algorithms: ['HS256', 'HS384', 'HS512', 'RS256', 'ES256'],
  transport: { parameters: ['token'], hosts: [], headers: [] },
  roomInUrl: (url) => groupIn(url.pathname),
  required: {
    exp: 'Galene refuses the token',
    aud: 'Galene cannot tell the group',
    permissions: 'the holder may do nothing',
  },
  // galene token/jwt.go, read 2026-11.
  clock: { leewaySeconds: [5, 5], issuedAtLeewaySeconds: 5 },
  notShown: [
    'whether the group lists the key that signed the token',
    'whether the group is locked, full or not open yet',
  ],
  aliases: {
    group: 'aud',
    username: 'sub',
  },
  validation:
    "The server checks it when joining, with the keys of the group. Whoever holds the group's key can verify the signature.",
  fixes: {
    'exp-missing': 'Set `exp` to about 30 seconds ahead; Galene refuses tokens without.',
    'lifetime-long': 'Set `exp` to about 30 seconds ahead.',
    'video-room-missing': 'Set `aud` to https://<host>/group/<name>/.',
    'video-room-wildcard': 'Leave `include-subgroups` out.',
    'video-host-on-guest-page': 'Give guests `permissions` of present and message only.',
  },
  links: [
    { title: 'Galene', url: 'https://galene.org/' },
    { title: 'token/jwt.go', url: 'https://github.com/jech/galene/blob/master/token/jwt.go' },
  ],
  readAt: '2026-11',
};
