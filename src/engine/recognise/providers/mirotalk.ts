import type { Facts, Recognition } from '../../model/facts.ts';
import type { Token } from '../../model/token.ts';
import { hasAt, stringAt } from '../../text/values.ts';
import { grants, unsaid } from './grants.ts';
import type { Provider } from './provider.ts';
import { undocumented } from './undocumented.ts';

function recognise({ claims }: Token): Recognition | null {
  // Base64 of "Salted__", with which OpenSSL and CryptoJS begin what they encrypt with a passphrase.
  if (!claims || !stringAt(claims, 'data')?.startsWith('U2FsdGVkX1')) return null;
  if (Object.keys(claims).some((name) => !['data', 'iat', 'exp'].includes(name))) return null;
  const times = ['iat', 'exp'].filter((name) => hasAt(claims, name)).length;
  return {
    confidence: times === 2 ? 'likely' : 'possible',
    because: '`data` is encrypted with CryptoJS, and nothing stands beside it; other apps may do the same',
    strength: 1 + times,
  };
}

const hidden = '`data` holds user, password and presenter flag, encrypted with the secret of the server';

const facts = (): Facts => ({
  use: 'video-join',
  product: 'MiroTalk SFU token',
  tenant: null,
  room: null,
  roomScope: 'not-stated',
  roomClaim: null,
  userId: null,
  displayName: null,
  role: 'unknown',
  vendorRole: null,
  roleBecause: hidden,
  roleClaim: 'data',
  privileges: grants([], unsaid(hidden, 'data')),
});

export const mirotalk: Provider = {
  id: 'mirotalk',
  name: 'MiroTalk SFU',
  kind: 'video',
  recognise,
  facts,
  claims: {
    data: {
      means: 'User name, password and presenter flag, encrypted. Whoever knows the secret of the server reads them.',
      type: 'string',
    },
  },
  enforcement: {
    atJoin:
      'The server checks signature and expiry, then decrypts `data`. Room and `isPresenter` are read from the address as well.',
    atExpiry: undocumented,
    onReconnect: undocumented,
    onRemoval: undocumented,
  },
  whenRoomAbsent: 'not-applicable',
  lifetime: { defaultSeconds: 3600, floorSeconds: null, ceilingSeconds: null, advice: 'The server defaults to 1 h.' },
  limits: [],
  publicClaims: [],
  algorithms: ['HS256'],
  // app/src/Server.js asks `verify` of jsonwebtoken, which forgives nothing unless it is told to, and looks at no time of issue.
  clock: { leewaySeconds: [0, 0], issuedAtLeewaySeconds: null },
  transport: { parameters: ['token'], hosts: [], headers: [] },
  roomInUrl: (url) => (/^\/join\/?$/.test(url.pathname) ? url.searchParams.get('room') || null : null),
  validation: 'The server checks it when joining. With its secret the signature can be verified and `data` decrypted.',
  fixes: {
    'hmac-secret-known':
      'Set a JWT secret of your own in `.env`: with the default anybody reads the password in `data` and makes presenters.',
    'payload-secret': 'The token holds a password: keep it out of links.',
  },
  links: [{ title: 'MiroTalk SFU', url: 'https://github.com/miroslavpejic85/mirotalksfu' }],
  readAt: '2026-11',
};
