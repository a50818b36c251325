import { dailyHost, dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { scriptReadable } from './script-readable.ts';

const foreign = ['https://call.acme.com', 'https://cdn.other.net'];

await ruleCases(scriptReadable, {
  flags: {
    'a token in storage beside scripts of another site': {
      on: { local: { auth: dailyToken() }, scripts: foreign },
      severity: 'medium',
      says: 'scripts of cdn.other.net run there',
      at: 'sightings[0]',
      confidence: 'likely',
    },
    "a host's token, one level up": {
      on: { local: { auth: dailyHost() }, scripts: foreign },
      severity: 'high',
      says: 'One place on https://call.acme.com can be read by scripts',
    },
    'a cookie that scripts can read': {
      on: { cookies: [{ name: 't', value: dailyToken(), httpOnly: false }], scripts: foreign },
      severity: 'medium',
      says: 'One place on https://call.acme.com can be read by scripts',
    },
  },
  passes: {},
  doesNotApply: {
    'scripts of the own site only': {
      local: { auth: dailyToken() },
      scripts: ['https://call.acme.com', 'https://static.acme.com'],
    },
    'scripts that were not observed': { local: { auth: dailyToken() }, scripts: null },
    'an HttpOnly cookie': { cookies: [{ name: 't', value: dailyToken(), httpOnly: true }], scripts: foreign },
    'a cookie whose attributes were not observed': {
      cookies: [{ name: 't', value: dailyToken(), httpOnly: null }],
      scripts: foreign,
    },
    'another origin, whose scripts are not known': {
      frames: [`https://x.daily.co/standup?t=${dailyToken()}`],
      scripts: foreign,
    },
  },
});
