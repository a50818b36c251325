import { expect, test } from 'vitest';
import { labels } from '../../../../test/builders/stored-tokens.ts';
import { jwt } from '../../../../test/builders/tokens.ts';

const token = jwt({ typ: 'Serialized-ID', sub: 'ada' });

test('server cookies are named', () => {
  expect(labels('KEYCLOAK_IDENTITY', token)).toEqual(['Keycloak single sign-on cookie → session']);
  expect(labels('KC_RESTART', token)).toEqual(['Keycloak sign-in in progress → null']);
  expect(labels('KEYCLOAK_LOCALE', token)).toEqual([null]);
});
