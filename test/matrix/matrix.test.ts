import { describe, expect, test } from 'vitest';
import { readFiles } from '../../src/panel/workers/read-files.ts';
import { daily } from '../builders/tokens.ts';
import { sampled } from '../sampled.ts';
import { type Expected, exchange, origin, trafficPlaces, traitsOf } from './exchanges.ts';
import { letters } from './letters.ts';
import { storedCells } from './stored.ts';
import { trafficWriters } from './traffic-writers.ts';
import { wrappers } from './wrappers.ts';

const token = daily.guest();

/** One token, planted once. */
interface Cell {
  text: string;
  kind: string;
  /** Null where no place is told. */
  expected: Expected | null;
  /** A problem that says so. */
  problem: string | null;
}

/** Of every writer and place, what is written. */
function* traffic(): Generator<[name: string, cell: Cell]> {
  for (const [writer, { kind, parts, losesPlaces, write }] of Object.entries(trafficWriters)) {
    for (const [place, { part, plant, expected }] of Object.entries(trafficPlaces)) {
      if (!parts.includes(part)) continue;
      const planted = plant(token);
      yield [
        `${place} in ${writer}`,
        {
          text: write(exchange(planted)),
          kind,
          expected: losesPlaces ? null : { ...expected, traits: traitsOf(expected, planted) },
          problem: losesPlaces ? 'places-not-told' : null,
        },
      ];
    }
  }
}

const stored = storedCells().map(([name, { kind, write, expected }]): [string, Cell] => [
  name,
  { text: write(token), kind, expected, problem: null },
]);
const written = Object.entries(letters).map(([name, { kind, write }]): [string, Cell] => [
  name,
  { text: write(token), kind, expected: null, problem: null },
]);

/** Every cell in every wrapper: rows of the wrappers, so that a sample has each. */
const all = [...traffic(), ...stored, ...written].flatMap(([name, cell]) =>
  Object.entries(wrappers).map(([wrapper, { name: file, wrap }]) => ({ name, wrapper, cell, file, wrap })),
);

// One more than the wrappers, so that each of them has its turn.
const tried = sampled(all, Object.keys(wrappers).length + 1);

describe.each(Object.keys(wrappers))('a token in a file of %s is found whole, where it stands', (wrapper) => {
  test.each(tried.filter((one) => one.wrapper === wrapper).map((one) => [one.name, one] as const))(
    '%s',
    async (_, { cell, file, wrap }) => {
      const { sightings, inputs, problems } = await readFiles([new File([new Uint8Array(wrap(cell.text))], file)], 0);
      const read = inputs.filter(({ kind }) => kind !== 'archive');
      expect(read.map(({ kind }) => kind)).toEqual([cell.kind]);
      const said = [...problems, ...inputs.flatMap((one) => one.problems)].map(({ code }) => code);
      expect(said).toEqual(cell.problem ? expect.arrayContaining([cell.problem]) : []);
      expect(new Set(sightings.map((one) => one.token))).toEqual(new Set([token]));
      const { expected } = cell;
      const places = sightings.map(({ place, path }) => ({ ...place, key: place.key?.toLowerCase() ?? null, path }));
      // Where places are lost, the host that stands beside the token is kept.
      if (cell.problem) expect(places).toContainEqual(expect.objectContaining({ source: 'text', origin }));
      if (!expected) return;
      expect(places).toContainEqual(
        expect.objectContaining({
          source: expected.source,
          key: expected.key?.toLowerCase() ?? null,
          path: expected.path,
          origin,
          ...(expected.traits && { traits: expect.objectContaining(expected.traits) }),
          ...(expected.cookie && { cookie: expect.objectContaining(expected.cookie) }),
        }),
      );
    },
  );
});
