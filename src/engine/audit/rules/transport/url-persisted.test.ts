import { dailyHost, dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { minutes, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { urlPersisted } from './url-persisted.ts';

const page = (token: string) => ({ url: `https://call.acme.com/standup?jwt=${token}` });

await ruleCases(urlPersisted, {
  flags: {
    'an address still there after two minutes': {
      on: { ...page(dailyToken()), loadedAt: now - minutes(2) },
      severity: 'medium',
      says: '2 minutes after the page loaded',
      at: 'sightings[0]',
    },
    "a host's token": {
      on: page(dailyHost()),
      severity: 'high',
      says: 'It is still in the address 1 minute after the page loaded',
    },
    'a fragment': {
      on: { url: `https://call.acme.com/#jwt=${dailyToken()}` },
      severity: 'medium',
      says: 'It is still in the address 1 minute after the page loaded',
    },
  },
  passes: {
    'a page that has just loaded': { ...page(dailyToken()), loadedAt: now - 4 },
    'an address that was cleaned of a token that lies elsewhere': {
      ...page(dailyToken()),
      local: { auth: dailyToken() },
      seen: (all) => all.map((one) => (one.place.traits.keptInHistory ? { ...one, goneAt: now } : one)),
    },
  },
  doesNotApply: { 'a frame, whose address nobody sees': { frames: [`https://x.daily.co/standup?t=${dailyToken()}`] } },
});
