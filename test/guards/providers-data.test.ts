import { expect, test } from 'vitest';
import { rules } from '../../src/engine/audit/rules/index.ts';
import { providers } from '../../src/engine/recognise/providers/index.ts';
import { meaningOf } from '../../src/engine/recognise/registered-claims.ts';

/** What every provider says, by a path that names it; only what does not hold is listed. */
const broken = (check: (provider: (typeof providers)[number]) => (string | false)[]) =>
  providers.flatMap((provider) => check(provider).flatMap((wrong) => (wrong ? [`${provider.id}: ${wrong}`] : [])));

test('every path a provider names is a claim it explains, or a registered one', () => {
  expect(
    broken((provider) => {
      const paths = [
        ...Object.keys(provider.required ?? {}),
        ...Object.values(provider.aliases ?? {}),
        ...provider.publicClaims,
        ...provider.limits.map(({ claim }) => claim).filter((claim) => claim !== ''),
        ...(provider.openByDefault ?? []),
        ...(provider.configClaims ?? []),
        ...Object.values(provider.timeClaims ?? {}),
        ...(provider.identityClaim ? [provider.identityClaim.path] : []),
      ];
      return paths.map((path) => meaningOf(provider, path) === null && path);
    }),
  ).toEqual([]);
});

test('no alias is a claim of its own meaning the same', () => {
  expect(
    broken(({ aliases = {} }) => Object.entries(aliases).map(([wrong, right]) => wrong === right && wrong)),
  ).toEqual([]);
});

/** Findings that need more than a token and its places: a key to try, page scripts, recorded traffic. */
const beyondRules = ['hmac-secret-known', 'referer-leak', 'secret-in-page', 'token-endpoint-open'];

test('every fix belongs to a rule', () => {
  const ids = new Set([...rules.map(({ id }) => id), ...beyondRules]);
  expect(broken(({ fixes }) => Object.keys(fixes).map((id) => !ids.has(id) && id))).toEqual([]);
});

test('every sentence ends, and every link and month is written alike', () => {
  expect(
    broken(({ enforcement, lifetime, validation, fixes, links, readAt }) => [
      ...[...Object.values(enforcement), lifetime.advice, validation, ...Object.values(fixes)].map(
        (sentence) => !/^\S[\s\S]*[.:…?]$/.test(sentence) && sentence,
      ),
      ...links.map(({ title, url }) => !(title !== '' && /^https:\/\/[^\s]+$/.test(url)) && url),
      !/^20\d\d-[01]\d$/.test(readAt) && readAt,
      links.length === 0 && 'no links',
    ]),
  ).toEqual([]);
});

test('limits and lifetimes are positive and in order', () => {
  expect(
    broken(({ limits, lifetime: { defaultSeconds, floorSeconds, ceilingSeconds } }) => [
      ...limits.map(({ claim, max }) => !(max > 0) && `limit of ${claim}`),
      [defaultSeconds, floorSeconds, ceilingSeconds].some((seconds) => seconds !== null && seconds <= 0) && 'lifetime',
      floorSeconds !== null && ceilingSeconds !== null && floorSeconds >= ceilingSeconds && 'floor above ceiling',
      defaultSeconds !== null && ceilingSeconds !== null && defaultSeconds > ceilingSeconds && 'default above ceiling',
    ]),
  ).toEqual([]);
});
