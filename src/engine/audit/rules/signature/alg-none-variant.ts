import { quote } from '../../../text/sentence.ts';
import { asvs, cve, cwe, rfc } from '../references.ts';
import type { TokenRule } from '../rule.ts';

export const algNoneVariant: TokenRule = {
  id: 'alg-none-variant',
  judges: 'token',
  group: 'signature',
  title: 'Disguised `none`',
  severity: 'high',
  why: 'Nobody writes it so by accident: it gets past verifiers that only refuse the exact word "none".',
  fix: 'Accept a fixed list of algorithms, compared exactly.',
  references: [rfc(8725, '3.1'), asvs('9.1.2'), cve('2015-9235'), cwe(347), cwe(178)],
  suppresses: ['signature-empty', 'alg-symmetric-cross-party', 'alg-unknown', 'hmac-secret-*'],
  applies: ({ token }) => typeof token.header?.alg === 'string',
  check({ token }) {
    const alg = token.header?.alg;
    if (typeof alg !== 'string' || alg === 'none' || alg.length > 64) return [];
    const plain = alg.replace(/[\s\p{C}\u200b-\u200f\ufeff]/gu, '').toLowerCase();
    return plain === 'none' ? [{ says: `\`alg\` is ${quote(alg)}.`, at: 'header.alg' }] : [];
  },
};
