import { jwt } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { tokenOversized } from './token-oversized.ts';

await ruleCases(tokenOversized, {
  flags: {
    'a cookie': {
      on: { cookies: [{ name: 'c', value: jwt({ blob: 'a'.repeat(4000) }) }] },
      severity: 'low',
      says: 'browsers keep 4,096',
      at: 'sightings[0]',
    },
    'an address': {
      on: { url: `https://call.acme.com/?t=${jwt({ blob: 'a'.repeat(2000) })}` },
      severity: 'low',
      says: 'Its address',
    },
  },
  passes: {
    'a cookie that fits': { cookies: [{ name: 'c', value: jwt({ blob: 'a' }) }] },
    'one split over several cookies': {
      cookies: [{ name: 'c', value: jwt({ blob: 'a'.repeat(4000) }) }],
      seen: (all) => all.map((one) => ({ ...one, chunks: 2 })),
    },
  },
  doesNotApply: {
    storage: { local: { t: jwt({ blob: 'a'.repeat(9000) }) } },
    'a fragment, which is not sent': { url: `https://call.acme.com/#t=${jwt({ blob: 'a'.repeat(3000) })}` },
  },
});
