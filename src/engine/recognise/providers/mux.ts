import type { Facts, Recognition } from '../../model/facts.ts';
import type { Token } from '../../model/token.ts';
import { shown } from '../../text/sentence.ts';
import { stringAt, valueAt } from '../../text/values.ts';
import { grants, no } from './grants.ts';
import type { Provider } from './provider.ts';
import { roomScope } from './room-scope.ts';

const ended = 'Mux Real-Time ended on 31 December 2023';

function recognise({ header, claims }: Token): Recognition | null {
  if (valueAt(claims, 'aud') !== 'rt') return null;
  const role = stringAt(claims, 'role');
  const known = role === 'publisher' || role === 'subscriber';
  const key = stringAt(header, 'kid') !== null;
  if (!known && !(key && stringAt(claims, 'sub') !== null)) return null;
  return {
    confidence: known && key ? 'certain' : 'likely',
    because: `\`aud\` is "rt"${known ? `, \`role\` ${shown(role)}` : ''}${key ? ', `kid`' : ''}`,
    strength: 1 + Number(known) + Number(key),
  };
}

function facts({ claims }: Token): Facts {
  const role = stringAt(claims, 'role');
  return {
    use: 'video-join',
    product: 'space token of Mux Real-Time, which ended in 2023',
    tenant: null,
    room: stringAt(claims, 'sub'),
    roomScope: roomScope(valueAt(claims, 'sub'), 'not-stated'),
    roomClaim: 'sub',
    userId: stringAt(claims, 'participant_id'),
    displayName: null,
    role: role === 'publisher' ? 'participant' : role === 'subscriber' ? 'viewer' : 'unknown',
    vendorRole: role,
    roleBecause: `\`role\` is ${shown(valueAt(claims, 'role'))}`,
    roleClaim: 'role',
    privileges: grants([], no(ended)),
  };
}

export const mux: Provider = {
  id: 'mux',
  name: 'Mux Real-Time',
  kind: 'video',
  recognise,
  facts,
  joinProblems: () => [
    { likelihood: 'certain', says: `${ended}; nothing accepts the token.`, fix: 'Move to another platform.', at: null },
  ],
  claims: {
    'header.kid': { name: 'signing key id', means: 'Key that signed the token.', type: 'string' },
    aud: { means: 'Always "rt" for spaces.', type: 'string' },
    sub: { name: 'space id', means: 'The one space.', type: 'string' },
    role: {
      means: 'publisher sends and receives, subscriber receives.',
      type: 'string',
      values: ['publisher', 'subscriber'],
    },
    participant_id: { means: 'Who the participant is.', type: 'string' },
  },
  enforcement: {
    atJoin: `${ended}; no server checks the token any more.`,
    atExpiry: 'Nothing.',
    onReconnect: 'Nothing.',
    onRemoval: 'Nothing.',
  },
  whenRoomAbsent: 'not-applicable',
  lifetime: {
    defaultSeconds: 604_800,
    floorSeconds: null,
    ceilingSeconds: null,
    advice: 'The SDK defaulted to 7 days.',
  },
  limits: [],
  publicClaims: ['participant_id'],
  algorithms: ['RS256'],
  transport: { parameters: [], hosts: [], headers: [] },
  validation: `${ended}.`,
  fixes: {},
  links: [
    { title: 'Node SDK, version 7', url: 'https://www.npmjs.com/package/@mux/mux-node/v/7.3.5' },
    { title: 'Client SDK', url: 'https://www.npmjs.com/package/@mux/spaces-web' },
  ],
  readAt: '2026-11',
};
