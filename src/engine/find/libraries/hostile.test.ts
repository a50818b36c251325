import fc from 'fast-check';
import { expect, test } from 'vitest';
import { libraries } from './index.ts';

const prefixes = [
  '',
  'msal.3|',
  'a.b-login.x.y-accesstoken-',
  '@@auth0spajs@@::',
  'oidc.user:https://',
  'sb-',
  'firebase:authUser:a:',
  'CognitoIdentityServiceProvider.',
  'okta-token-storage',
  'authjs.session-token',
  '__session',
];
const key = fc
  .tuple(fc.constantFrom(...prefixes), fc.string({ unit: 'binary', maxLength: 300 }))
  .map(([a, b]) => a + b);

test('no key or path makes a library throw, stretch its label or reorder it', () => {
  fc.assert(
    fc.property(key, fc.string({ unit: 'binary' }), (key, path) => {
      for (const library of libraries) {
        const { label } = library.describe({ key, path, claims: () => ({ sid: key }) }) ?? { label: 'none' };
        expect(label.length).toBeLessThan(200);
        expect(label).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      }
    }),
    { seed: 20_261_120, numRuns: 500 },
  );
});

test('keys of a million characters are read in passing', () => {
  const parts = ['.', '-', '|', '::', ':', 'a', '-accesstoken-', 'firebase:authUser:'];
  for (const prefix of prefixes) {
    for (const part of parts) {
      const key = prefix + part.repeat(1_000_000 / part.length);
      for (const library of libraries) {
        expect(() => library.describe({ key, path: key, claims: () => null })).not.toThrow();
      }
    }
  }
});
