import { dailyHost, dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { videoHostOnGuestPage } from './video-host-on-guest-page.ts';

const local = { t: dailyHost() };

await ruleCases(videoHostOnGuestPage, {
  flags: {
    'a page marked as a guest’s': {
      on: { local, pageMark: 'guest' },
      severity: 'high',
      says: 'you marked this page',
      at: 'sightings[0]',
      confidence: 'certain',
    },
    'an address that says guest': {
      on: { url: 'https://call.acme.com/guest/standup', local },
      severity: 'high',
      says: "the page's address says so",
      confidence: 'likely',
    },
    'a page file of that name': {
      on: { url: 'https://call.acme.com/guest.html', local },
      severity: 'high',
      says: "the page's address says so",
    },
    'a parameter': {
      on: { url: 'https://call.acme.com/standup?role=viewer', local },
      severity: 'high',
      says: "the page's address says so",
    },
    'a title': { on: { title: 'Standup – Guest', local }, severity: 'high', says: "the page's title says so" },
    'a frame in such a page': {
      on: { url: 'https://call.acme.com/guest', frames: [`https://acme.daily.co/standup?t=${dailyHost()}`] },
      severity: 'high',
      says: "the page's address says so",
    },
  },
  passes: {
    'an ordinary page': { local },
    'a page marked as a host’s': { url: 'https://call.acme.com/guest', local, pageMark: 'host' },
    'a guest book': { url: 'https://call.acme.com/guestbook', title: 'Guestbook', local },
    'a guest list': { url: 'https://call.acme.com/guest-list', title: 'Guest list', local },
    'a page about guests': { title: 'Manage your guests', local },
    'a page for non-guests': { title: 'Non-guest area', local },
    'a token that spells guest by chance': { url: `https://call.acme.com/?x=guest${'a'.repeat(80)}`, local },
    'a pasted text': { texts: [dailyHost()], pageMark: 'guest' },
  },
  doesNotApply: { "a guest's token": { url: 'https://call.acme.com/guest', local: { t: dailyToken() } } },
});
