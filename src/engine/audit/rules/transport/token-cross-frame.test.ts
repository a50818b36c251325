import { dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { tokenCrossFrame } from './token-cross-frame.ts';

const token = dailyToken();

await ruleCases(tokenCrossFrame, {
  flags: {
    'the page and a frame of a stranger': {
      on: { local: { t: token }, frames: [`https://widget.other.net/#t=${token}`] },
      severity: 'medium',
      says: 'https://widget.other.net',
    },
  },
  passes: {
    'the page and a frame of its own': { local: { t: token }, frames: [`https://media.acme.com/#t=${token}`] },
    'a call embedded by its platform': { local: { t: token }, frames: [`https://acme.daily.co/standup?t=${token}`] },
    'a frame alone': { frames: [`https://widget.other.net/#t=${token}`] },
  },
  doesNotApply: { 'a pasted text': { texts: [token] } },
});
