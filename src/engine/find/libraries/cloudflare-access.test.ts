import { expect, test } from 'vitest';
import { jwt } from '../../../../test/tokens.ts';
import { labels } from '../../../../test/wrapped.ts';

test('the cookie is recognised by its exact name', () => {
  const token = jwt({ type: 'app' });
  expect(labels('CF_Authorization', token)).toEqual(['Cloudflare Access session token → session']);
  expect(labels('cf_authorization', token)).toEqual([null]);
});
