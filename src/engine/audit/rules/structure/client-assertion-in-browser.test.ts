import { jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { clientAssertionInBrowser } from './client-assertion-in-browser.ts';

const assertion = jwt({
  iss: 'app',
  sub: 'app',
  aud: 'https://login.acme.com/token',
  jti: '1',
  iat: now,
  exp: now + 300,
});

await ruleCases(clientAssertionInBrowser, {
  flags: {
    'one in storage': {
      on: { local: { t: assertion } },
      severity: 'high',
      says: 'It lies in localStorage["t"]',
      at: 'sightings[0]',
    },
  },
  passes: { 'a pasted one': { texts: [assertion] } },
  doesNotApply: { 'an ordinary token': { local: { t: jwt({ sub: 'ada', exp: now + 60 }) } } },
});
