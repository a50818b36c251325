import { expect, test } from 'vitest';
import { labels } from '../../../../test/builders/stored-tokens.ts';
import { jwt } from '../../../../test/builders/tokens.ts';

test('the cookie is recognised by its exact name', () => {
  const token = jwt({ type: 'app' });
  expect(labels('CF_Authorization', token)).toEqual(['Cloudflare Access session token → session']);
  expect(labels('cf_authorization', token)).toEqual([null]);
});
