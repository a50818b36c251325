import { jwt, now, rawJwt } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { payloadNesting } from './payload-nesting.ts';

await ruleCases(payloadNesting, {
  flags: {
    'more than 32 levels': {
      on: { local: { t: rawJwt({ alg: 'HS256', typ: 'JWT' }, `{"a":${'['.repeat(40)}${']'.repeat(40)}}`) } },
      severity: 'low',
      says: 'levels',
    },
    'more than a thousand members': {
      on: { local: { t: jwt({ roles: Array.from({ length: 1001 }, (_, index) => `r${index}`) }) } },
      severity: 'low',
      says: '1,001 members',
    },
    'a very long text': {
      on: { local: { t: jwt({ blob: 'a'.repeat(65_537) }) } },
      severity: 'low',
      says: '65,537 characters',
    },
  },
  passes: {
    'an ordinary payload': { local: { t: jwt({ exp: now + 60 }) } },
    'many roles of Keycloak': {
      local: {
        t: jwt({ resource_access: { app: { roles: Array.from({ length: 300 }, (_, index) => `role-${index}`) } } }),
      },
    },
  },
  doesNotApply: {
    'a payload that cannot be read': { local: { access_token: rawJwt({ alg: 'RS256', typ: 'JWT' }, 'opaque') } },
  },
});
