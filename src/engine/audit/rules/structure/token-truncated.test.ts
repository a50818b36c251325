import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { tokenTruncated } from './token-truncated.ts';

const whole = jwt({ sub: 'ada', room: 'standup', exp: now + hours(1) });
const payloadStart = whole.indexOf('.') + 1;

await ruleCases(tokenTruncated, {
  flags: {
    'a payload cut in the middle': {
      on: { local: { access_token: `${whole.slice(0, payloadStart + 30)}.${whole.split('.')[2]}` } },
      severity: 'info',
      says: 'at character 67',
    },
    'a text cut after the payload began': {
      on: { local: { access_token: whole.slice(0, payloadStart + 30) } },
      severity: 'info',
      says: 'cut off',
    },
    'a value shortened with an ellipsis': {
      on: { local: { access_token: `${whole.slice(0, payloadStart + 20)}…` } },
      severity: 'info',
      says: 'at character 57',
    },
    'a masked value': {
      on: { local: { access_token: `${whole.slice(0, payloadStart)}****.****` } },
      severity: 'info',
      says: 'The token ends after its header',
    },
  },
  passes: { 'a whole token': { local: { access_token: whole } } },
});
