import { jwt, now, rawJwt } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { duplicateJsonKeys } from './duplicate-json-keys.ts';

const payload = (text: string) => ({ local: { t: rawJwt({ alg: 'HS256', typ: 'JWT' }, text) } });

await ruleCases(duplicateJsonKeys, {
  flags: {
    'a deciding claim twice': {
      on: payload('{"sub":"ada","exp":1,"exp":9999999999}'),
      severity: 'medium',
      says: '"exp" occurs twice; readers differ in which one counts',
      at: 'claims.exp',
    },
    'a header member twice': {
      on: { local: { access_token: rawJwt('{"alg":"none","alg":"HS256"}', '{"sub":"ada"}') } },
      severity: 'medium',
      says: '"alg" occurs twice; readers differ in which one counts',
      at: 'header.alg',
    },
    'another claim twice': {
      on: payload('{"sub":"ada","note":1,"note":2}'),
      severity: 'low',
      says: '"note" occurs twice; readers differ in which one counts',
      at: 'claims.note',
    },
    'a room twice, deep inside': {
      on: payload('{"sub":"ada","video":{"room":"a","room":"b"}}'),
      severity: 'medium',
      says: '"video.room" occurs twice; readers differ in which one counts',
    },
  },
  passes: {
    'other oddities': { local: { t: rawJwt({ alg: 'HS256', typ: 'JWT' }, '{"sub":"ada","id":12345678901234567890}') } },
  },
  doesNotApply: { 'duplicates inside a text': { local: { t: jwt({ metadata: '{"a":1,"a":2}', exp: now + 60 }) } } },
});
