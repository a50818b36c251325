import { dailyHost } from '../../../../../test/builders/join-tokens.ts';
import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
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
      says: '`realm_access.roles` says "realm-admin"',
      at: 'claims.realm_access.roles',
    },
    'a scope': {
      on: { local: { t: jwt({ ...live, scope: 'openid users:write' }) } },
      severity: 'info',
      says: '`scope` says "users:write"',
    },
    everything: {
      on: { local: { t: jwt({ ...live, permissions: ['*:*'] }) } },
      severity: 'info',
      says: '`permissions` says "*:*"',
    },
    'the Global Administrator of Entra': {
      on: { local: { t: jwt({ ...live, wids: ['62e90394-69f5-4237-9190-012177145e10'] }) } },
      severity: 'info',
      says: '`wids` names the Global Administrator role',
    },
    'acting for somebody': {
      on: { local: { t: jwt({ ...live, act: { sub: 'support' } }) } },
      severity: 'info',
      says: '`act` lets somebody act for another user',
      at: 'claims.act',
    },
  },
  passes: {
    'an ordinary role': { local: { t: jwt({ ...live, role: 'member', scope: 'openid profile' }) } },
    'a word that only contains admin': { local: { t: jwt({ ...live, groups: ['administration-readers'] }) } },
  },
  doesNotApply: { 'a join token, whose rights have findings of their own': { local: { t: dailyHost() } } },
});
