import { answerWith } from '../../../../../test/builders/answers.ts';
import { dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { multipleCopies } from './multiple-copies.ts';

const token = dailyToken();

await ruleCases(multipleCopies, {
  flags: {
    'localStorage and sessionStorage': {
      on: { local: { a: token }, session: { b: token } },
      severity: 'info',
      says: /localStorage\["a"\], sessionStorage\["b"\]/,
      at: 'sightings[0]',
    },
    'several keys of each storage, of which the first are named': {
      on: { local: { a: token, b: token }, session: { c: token, d: token } },
      severity: 'info',
      says: 'localStorage["a"], sessionStorage["c"].',
      at: 'sightings[0]',
    },
    'a cookie that scripts can read beside an HttpOnly twin': {
      on: {
        cookies: [
          { name: 'a', value: token, httpOnly: true },
          { name: 'b', value: token, httpOnly: false },
        ],
      },
      severity: 'low',
      says: 'protects nothing',
      at: 'sightings[1]',
    },
  },
  passes: {
    'two keys of one storage': { local: { a: token, b: token } },
    'one place, and the reply that brought it': {
      local: { a: token },
      exchanges: [answerWith(token, {}, { url: 'https://call.acme.com/join' })],
    },
    'two origins': { local: { a: token }, frames: [`https://x.daily.co/standup?t=${token}`] },
    'a copy that is gone': {
      local: { a: token },
      session: { b: token },
      seen: (all) => all.map((one, index) => (index === 0 ? { ...one, goneAt: now } : one)),
    },
  },
  doesNotApply: { 'a token in one place': { local: { a: token } } },
});
