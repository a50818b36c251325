import { dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { storageIndexeddb } from './storage-indexeddb.ts';

await ruleCases(storageIndexeddb, {
  flags: {
    'a token in a database': {
      on: {
        local: { t: dailyToken() },
        seen: (all) =>
          all.map((one) => ({ ...one, place: { ...one.place, traits: { ...one.place.traits, storage: 'database' } } })),
      },
      severity: 'medium',
      says: 'It lies in localStorage["t"] of https://call.acme.com',
      at: 'sightings[0]',
    },
  },
  passes: {},
  doesNotApply: { 'a token in localStorage': { local: { t: dailyToken() } } },
});
