import type { Page } from '../model/capture.ts';
import type { Subject } from '../model/report.ts';
import { hostOf } from '../text/hosts.ts';
import { siteOf } from '../text/site-of.ts';

/** Candidates at most, so that a hostile page cannot make the search endless. */
export const mostDerived = 20_000;

/** A possible key, and where it was read: "the value of `iss`". */
export interface Derived {
  key: string;
  from: string;
}

const endings = [
  '',
  '-secret',
  '_secret',
  'secret',
  'Secret',
  '-key',
  '_key',
  '-jwt',
  '_jwt',
  '-jwt-secret',
  '_jwt_secret',
  '123',
  '1234',
  '!',
  '2024',
  '2025',
  '2026',
];

/** Keys that could be taken from what everybody sees: hosts, names in the claims, and literals of the page. At most 20,000. */
export function* derivedKeys(
  { token, facts, sightings }: Pick<Subject, 'token' | 'facts' | 'sightings'>,
  { page, literals = [] }: { page: Page | null; literals?: readonly string[] },
): Generator<Derived> {
  let count = 0;
  const seen = new Set<string>();
  for (const { key, from } of sources()) {
    if (key.length === 0 || key.length > 512) continue;
    for (const ending of key.length <= 64 ? endings : ['']) {
      const whole = key + ending;
      if (seen.has(whole)) continue;
      seen.add(whole);
      count += 1;
      if (count > mostDerived) return;
      yield { key: whole, from: ending === '' ? from : `${from}, with "${ending}" after it` };
    }
  }

  function* sources(): Generator<Derived> {
    for (const [name, holder] of [
      ['claims', token.claims],
      ['header', token.header],
    ] as const) {
      for (const member of Object.keys(holder ?? {}).slice(0, 200)) {
        const value = holder?.[member];
        const values = Array.isArray(value) ? value.slice(0, 20) : [value];
        for (const one of values) {
          if (typeof one !== 'string') continue;
          const from = name === 'claims' ? `the value of \`${member}\`` : `the value of \`${member}\` in the header`;
          yield* words(one, from);
        }
      }
    }
    for (const [value, from] of [
      [facts.tenant, 'the account it names'],
      [facts.room, 'the room it names'],
      [facts.userId, 'the identity it names'],
      [facts.displayName, 'the name it shows'],
    ] as const) {
      if (value) yield* words(value, from);
    }
    const addresses = [page?.url ?? null, ...sightings.slice(0, 50).map(({ place }) => place.url)];
    for (const host of new Set(addresses.flatMap((address) => hostOf(address) ?? []))) {
      yield* words(host, 'the name of the host');
      yield { key: siteOf(host), from: 'the name of the site' };
    }
    if (page) yield* words(page.title.slice(0, 100), "the page's title");
    for (const literal of literals) yield { key: literal, from: 'a text on the page' };
  }
}

/** A text, its host where it is an address, and its parts where it has several. */
function* words(text: string, from: string): Generator<Derived> {
  const part = text.slice(0, 512);
  yield { key: part, from };
  yield { key: part.toLowerCase(), from };
  const host = hostOf(part);
  if (host) {
    yield { key: host, from };
    yield { key: siteOf(host), from };
  }
  for (const piece of part.split(/[^\p{L}\p{N}]+/u).slice(0, 12)) {
    if (piece.length < 3 || piece === part) continue;
    yield { key: piece, from };
    yield { key: piece.toLowerCase(), from };
  }
}
