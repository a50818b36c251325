import { dailyHost } from '../../../test/join-tokens.ts';
import { ruleCases } from '../../../test/rule-cases.ts';
import { hours, jwt, now } from '../../../test/tokens.ts';
import { privilegedRole } from './privileged-role.ts';

const live = { sub: 'ada', iat: now, exp: now + hours(1) };

await ruleCases(privilegedRole, {
  flags: {
    'a role': {
      on: { local: { t: jwt({ ...live, role: 'admin' }) } },
      severity: 'info',
      says: '`role` says "admin"',
      at: 'claims.role',
    },
    'a list of roles': {
      on: { local: { t: jwt({ ...live, realm_access: { roles: ['user', 'realm-admin'] } }) } },
      severity: 'info',
      at: 'claims.realm_access.roles',
    },
    'a scope': { on: { local: { t: jwt({ ...live, scope: 'openid users:write' }) } }, severity: 'info' },
    everything: { on: { local: { t: jwt({ ...live, permissions: ['*:*'] }) } }, severity: 'info' },
    'the Global Administrator of Entra': {
      on: { local: { t: jwt({ ...live, wids: ['62e90394-69f5-4237-9190-012177145e10'] }) } },
      severity: 'info',
    },
    'acting for somebody': {
      on: { local: { t: jwt({ ...live, act: { sub: 'support' } }) } },
      severity: 'info',
      at: 'claims.act',
    },
  },
  passes: {
    'an ordinary role': { local: { t: jwt({ ...live, role: 'member', scope: 'openid profile' }) } },
    'a word that only contains admin': { local: { t: jwt({ ...live, groups: ['administration-readers'] }) } },
  },
  doesNotApply: { 'a join token, whose rights have findings of their own': { local: { t: dailyHost() } } },
});
