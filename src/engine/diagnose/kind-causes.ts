import type { TokenUse } from '../model/token.ts';
import { shown } from '../text/sentence.ts';
import { tokenUses } from '../words/token-uses.ts';
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

/** What makes readers of JSON refuse what this one reads all the same. */
const refusedByReaders = ['bom', 'utf-16', 'control-characters'];

export const oddJson: Reason = {
  id: 'odd-json',
  causes: ({ token: { irregularities } }) =>
    irregularities
      .filter(({ code }) => refusedByReaders.includes(code))
      .slice(0, 3)
      .map(({ message, subject }) => ({
        likelihood: 'likely' as const,
        says: `${message} Most servers cannot read such JSON and refuse the token.`,
        fix: 'Make the token from plain UTF-8 JSON, best with a library.',
        at: subject === undefined ? null : subject,
      })),
};

/** More was handed over than a token; servers take all of it for one. */
export const notAlone: Reason = {
  id: 'not-alone',
  causes: ({ around = '' }) =>
    around === ''
      ? []
      : [
          {
            likelihood: 'likely',
            says: `Beside the token stands ${around.trim() === '' ? 'white space' : shown(around.trim())}; sent together, a server takes all of it for the token and cannot read it.`,
            fix: 'Pass the token alone.',
            at: null,
          },
        ],
};

export const serverCredential: Reason = {
  id: 'server-credential',
  settles: true,
  causes({ subject, facts }) {
    // Rights of a server beside that of joining keep nobody out (LiveKit asks for `roomJoin` alone).
    const joins = facts.use === 'video-join' && facts.privileges.join?.allowed === true;
    if ((facts.use !== 'service-key' && facts.role !== 'server') || joins) return [];
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
const kinds: Readonly<Record<TokenUse, string | null>> = {
  ...tokenUses,
  'video-join': null,
  'service-key': null,
  'one-time': 'a one-time link token',
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
