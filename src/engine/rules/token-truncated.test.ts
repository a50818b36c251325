import { ruleCases } from '../../../test/rule-cases.ts';
import { hours, jwt, now } from '../../../test/tokens.ts';
import { tokenTruncated } from './token-truncated.ts';

const whole = jwt({ sub: 'ada', room: 'standup', exp: now + hours(1) });
const payloadStart = whole.indexOf('.') + 1;

await ruleCases(tokenTruncated, {
  flags: {
    'a payload cut in the middle': {
      on: { local: { access_token: `${whole.slice(0, payloadStart + 30)}.${whole.split('.')[2]}` } },
      severity: 'info',
    },
  },
  passes: { 'a whole token': { local: { access_token: whole } } },
});
