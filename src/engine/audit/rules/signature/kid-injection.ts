import { quote } from '../../../text/sentence.ts';
import { valueAt } from '../../../text/values.ts';
import { cheatSheet, cwe, rfc, wstg } from '../references.ts';
import type { TokenRule } from '../rule.ts';

/** What no key id needs: paths, schemes, SQL, shell, template and LDAP syntax. A slash or an https URL alone is ordinary. */
const attacks: [RegExp, string][] = [
  [/\.\.[/\\]|%2e%2e/i, 'it climbs out of a folder'],
  [/[\0\r\n]/, 'it holds a control character'],
  [/\/dev\/null|\/proc\/|\/etc\//, 'it names a file of the system'],
  [/(?:^|[^a-z])(?:file|php|gopher):/i, 'it names a file or stream'],
  [/['"].{0,64}(?:\b(?:or|union|select)\b|--)/i, 'it looks like SQL'],
  [/\$\{|\$\(|\||`/, 'it looks like a command'],
  [/\*\)\(/, 'it looks like an LDAP filter'],
];

export const kidInjection: TokenRule = {
  id: 'kid-injection',
  judges: 'token',
  group: 'signature',
  title: '`kid` looks like an attack',
  severity: 'medium',
  why: 'Servers that use the key id as a path, query or command can be made to verify with a key of the attacker’s choice.',
  fix: 'Look `kid` up in a fixed table.',
  references: [
    rfc(7515, '4.1.4'),
    rfc(8725, '3.10'),
    cheatSheet('JSON_Web_Token_for_Java'),
    wstg('SESS-10'),
    cwe(22),
    cwe(89),
    cwe(78),
    cwe(90),
  ],
  applies: ({ token }) => valueAt(token.header, 'kid') !== undefined,
  check({ token }) {
    const kid = valueAt(token.header, 'kid');
    if (typeof kid !== 'string') return [{ says: `\`kid\` is ${quote(kid)}, not text.`, at: 'header.kid' }];
    if (kid.length > 512)
      return [{ says: `\`kid\` has ${kid.length.toLocaleString('en-US')} characters.`, at: 'header.kid' }];
    const because = attacks.find(([pattern]) => pattern.test(kid))?.[1];
    return because ? [{ says: `\`kid\` is ${quote(kid)}: ${because}.`, at: 'header.kid', confidence: 'likely' }] : [];
  },
};
