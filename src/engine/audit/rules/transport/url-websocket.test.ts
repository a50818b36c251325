import { dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { ruleCases, type Scene } from '../../../../../test/cases/rule.ts';
import { urlWebsocket } from './url-websocket.ts';

const socket = (url: string): Scene => ({
  url: `https://call.acme.com/?t=${dailyToken()}`,
  seen: (all) =>
    all.map((one) => ({ ...one, place: { ...one.place, url, traits: { ...one.place.traits, keptInHistory: false } } })),
});

await ruleCases(urlWebsocket, {
  flags: {
    'an encrypted WebSocket': {
      on: socket('wss://call.acme.com/rtc?access_token=x'),
      severity: 'low',
      says: 'It stands in page URL ?t of https://call.acme.com',
      at: 'sightings[0]',
    },
    'an unencrypted one': {
      on: socket('ws://call.acme.com/rtc?access_token=x'),
      severity: 'medium',
      says: 'which is not encrypted',
    },
  },
  passes: {},
  doesNotApply: { 'an ordinary address': { url: `https://call.acme.com/?t=${dailyToken()}` } },
});
