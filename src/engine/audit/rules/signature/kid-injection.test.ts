import { hours, jwt, now, rawJwt } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { kidInjection } from './kid-injection.ts';

const live = { sub: 'ada', iat: now, exp: now + hours(1) };

const kid = (id: string) => ({ local: { t: jwt(live, { kid: id }) } });

await ruleCases(kidInjection, {
  flags: {
    'a path': {
      on: kid('../../dev/null'),
      severity: 'medium',
      says: 'climbs out',
      at: 'header.kid',
      confidence: 'likely',
    },
    'an encoded path': {
      on: kid('%2e%2e/key'),
      severity: 'medium',
      says: '`kid` is "%2e%2e/key": it climbs out of a folder',
    },
    'a system file': {
      on: kid('/dev/null'),
      severity: 'medium',
      says: '`kid` is "/dev/null": it names a file of the system',
    },
    'a stream': {
      on: kid('file:///keys/a'),
      severity: 'medium',
      says: '`kid` is "file:///keys/a": it names a file or stream',
    },
    SQL: { on: kid("x' UNION SELECT 'secret'--"), severity: 'medium', says: 'SQL' },
    'a command': { on: kid('key|cat'), severity: 'medium', says: '`kid` is "key|cat": it looks like a command' },
    'a template': { on: kid('$' + '{7*7}'), severity: 'medium', says: '{7*7}": it looks like a command' },
    LDAP: { on: kid('*)(uid=*'), severity: 'medium', says: '`kid` is "*)(uid=*": it looks like an LDAP filter' },
    'a control character': {
      on: kid('key\r\nx'),
      severity: 'medium',
      says: '`kid` is "key\\r\\nx": it holds a control character',
    },
    'a very long one': { on: kid('a'.repeat(513)), severity: 'medium', says: '513 characters' },
    'a number': {
      on: { local: { t: rawJwt({ alg: 'HS256', typ: 'JWT', kid: 7 }, live) } },
      severity: 'medium',
      says: 'not text',
    },
  },
  passes: {
    'an ordinary id': { local: { t: kid('2026-11').local.t } },
    'a JaaS key with a slash': { local: { t: kid('vpaas-magic-cookie-0123/abc').local.t } },
    'an Azure Key Vault address': { local: { t: kid('https://calls.vault.azure.net/keys/a/b').local.t } },
    'a decentralised identity': { local: { t: kid('did:web:acme.com#key-1').local.t } },
    'plain base64': { local: { t: kid('ab+c/d==').local.t } },
    'an apostrophe in a name': { local: { t: kid("ada's key").local.t } },
  },
  doesNotApply: { 'a token without it': { local: { t: jwt(live) } } },
});
