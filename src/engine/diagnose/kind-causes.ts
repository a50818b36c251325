import type { TokenUse } from '../model/token.ts';
import type { Reason } from './cause.ts';

export const damaged: Reason = {
  id: 'damaged',
  causes: ({ token: { problem } }) =>
    problem
      ? [
          {
            likelihood: 'certain',
            says: `The token is damaged and cannot be read as a whole: ${problem.message}`,
            fix: 'Copy the whole token from where it is issued, in one line.',
            at: null,
          },
        ]
      : [],
};

export const serverCredential: Reason = {
  id: 'server-credential',
  settles: true,
  causes({ subject, facts }) {
    if (facts.use !== 'service-key' && facts.role !== 'server') return [];
    const owner = subject.provider ? `${subject.provider.name}: ` : '';
    return [
      {
        likelihood: 'certain',
        says: `This is a credential for servers (${owner}${facts.product ?? 'service key'}), not a token to join with.`,
        fix: 'Let your server make a token for this participant and pass that one to the browser.',
        at: facts.roleClaim ? `claims.${facts.roleClaim}` : null,
      },
    ];
  },
};

/** Null for what may open a call, or has a cause of its own. */
const kinds: Record<TokenUse, string | null> = {
  'video-join': null,
  access: 'an access token',
  id: 'an ID token',
  refresh: 'a refresh token',
  session: 'a session token',
  'client-assertion': 'a client assertion',
  'dpop-proof': 'a proof of possession',
  'request-object': 'a sign-in request',
  logout: 'a logout token',
  set: 'a security event',
  vc: 'a credential',
  'one-time': 'a one-time link token',
  'public-key-token': 'a public key',
  'service-key': null,
  unknown: null,
};

/** A token for something else than joining. */
export const wrongProduct: Reason = {
  id: 'wrong-product',
  settles: true,
  causes({ subject, facts, provider }) {
    const kind = kinds[facts.use];
    if (provider?.kind === 'video' || !kind) return [];
    return [
      {
        likelihood: 'certain',
        says: `This is ${kind}${subject.provider ? ` of ${subject.provider.name}` : ''}, not a token to join a call with.`,
        fix: 'Exchange it on your server for a meeting token of the video platform.',
        at: null,
      },
    ];
  },
};

export const unknownPlatform: Reason = {
  id: 'unknown-platform',
  settles: true,
  causes({ subject, provider }) {
    if (provider?.kind === 'video') return [];
    return [
      {
        likelihood: provider ? 'likely' : 'possible',
        says: subject.provider
          ? `This token belongs to ${subject.provider.name}, which is no video platform.`
          : 'No known video platform issues tokens of this shape.',
        fix: 'Check that the application passes the meeting token, and not another one.',
        at: null,
      },
    ];
  },
};
