import { expect, test } from 'vitest';
import { jwt } from '../../../../test/tokens.ts';
import { labels } from '../../../../test/wrapped.ts';

const token = jwt({ typ: 'Serialized-ID', sub: 'ada' });

test('server cookies are named', () => {
  expect(labels('KEYCLOAK_IDENTITY', token)).toEqual(['Keycloak single sign-on cookie → session']);
  expect(labels('KC_RESTART', token)).toEqual(['Keycloak sign-in in progress → null']);
  expect(labels('KEYCLOAK_LOCALE', token)).toEqual([null]);
});
