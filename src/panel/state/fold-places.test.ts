import { expect, test } from 'vitest';
import { captureOf, cookieOf, exchangeOf, localStorageOf, sessionStorageOf } from '../../../test/builders/captures.ts';
import { rowsOf } from '../../../test/builders/panel-rows.ts';
import { daily, now } from '../../../test/builders/tokens.ts';
import type { Sighting } from '../../engine/model/token.ts';
import { foldPlaces, isFold } from './fold-places.ts';

const token = daily.guest();
const request = (index: number) =>
  exchangeOf({
    name: `entry ${index}`,
    url: `https://api.example/${index}`,
    startedAt: now + index,
    requestHeaders: [{ name: 'Authorization', value: `Bearer ${token}` }],
  });

function sightings(): Sighting[] {
  const [row] = rowsOf(
    captureOf({
      stores: [localStorageOf({ a: token, b: token, c: token, d: token }), sessionStorageOf({ a: token })],
      cookies: [cookieOf('one', token), cookieOf('two', token)],
      exchanges: [1, 2, 3].map(request),
    }),
  );
  return row?.subject.sightings ?? [];
}

const lines = (all: Sighting[], most: number) =>
  foldPlaces(
    all.map((sighting) => ({ sighting })),
    most,
  ).map((line) => (isFold(line) ? `${line.all.length} × ${line.kind}` : line.sighting.place.label));

test('many of one kind are one line, where the first of them would stand', () => {
  const words = lines(sightings(), 2);
  expect(words).toContain('4 × localStorage');
  expect(words).toContain('sessionStorage["a"]');
  expect(words).toContain('cookie "one"');
  expect(words.filter((one) => one.includes('localStorage'))).toHaveLength(1);
});

test('as many as are allowed stand for themselves', () => {
  expect(lines(sightings(), 4).filter((one) => one.startsWith('localStorage['))).toHaveLength(4);
});

test('requests of one kind are one line, whatever their numbers and addresses', () => {
  expect(lines(sightings(), 2).filter((one) => one.includes('Authorization'))).toEqual([
    '3 × request header Authorization',
  ]);
});

test('places stand in the order in which they were seen, those of unknown time last', () => {
  const [one, two, three] = sightings();
  if (!one || !two || !three) throw new Error('too few places');
  const at = (sighting: Sighting, seenAt: number | null) => ({ ...sighting, seenAt });
  expect(lines([at(one, null), at(two, 20), at(three, 10)], 9)).toEqual(
    [three, two, one].map(({ place }) => place.label),
  );
});

test('what is gone is folded apart from what is there', () => {
  const all = sightings()
    .filter(({ place }) => place.source === 'local-storage')
    .map((sighting, index) => ({ ...sighting, goneAt: index < 2 ? now : null }));
  expect(lines(all, 1)).toEqual(['2 × localStorage', '2 × localStorage']);
});

test('an endless label is folded as any other', () => {
  const [one] = sightings();
  if (!one) throw new Error('no place');
  const long = Array.from({ length: 3 }, () => ({
    ...one,
    place: { ...one.place, label: `memory: ${'x'.repeat(1e6)}` },
  }));
  expect(lines(long, 2)).toHaveLength(1);
});
