import { ByteWindow } from '../../src/inputs/bytes/byte-window.ts';
import { createGatherer } from '../../src/inputs/gather.ts';
import type { ReadBeside } from '../../src/inputs/input.ts';
import { recogniseInput } from '../../src/inputs/recognise-input.ts';
import { now } from './tokens.ts';

/** Reads an input as the command line and the panel do, of which so many bytes come at a time, and which may have files beside it. */
export async function readInput(
  content: string | Uint8Array,
  piece = Number.POSITIVE_INFINITY,
  beside: ReadBeside | null = null,
  name = 'a',
) {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const open = () =>
    new ByteWindow(async (into, at) => {
      const some = bytes.subarray(at, at + Math.min(into.length, piece));
      into.set(some);
      return some.length;
    });
  const reopen = async () => ({ window: open(), close: async () => {} });
  const input = await recogniseInput(open(), { name, bytes: bytes.length, reopen, beside });
  const gatherer = createGatherer();
  const failure = await gatherer.add(input, now);
  const gathered = gatherer.finish();
  return {
    kind: input.kind,
    failure,
    ...gathered,
    problems: [...gathered.problems, ...(gathered.inputs[0]?.problems ?? [])],
  };
}

/** Where tokens were found, each in a line: `request-header Authorization of https://call.example`. */
export async function placesIn(content: string | Uint8Array): Promise<{ kind: string; places: string[] }> {
  const { kind, sightings } = await readInput(content);
  const places = sightings.map(({ place, path }) =>
    [place.source, place.key ?? place.label, path, place.origin && `of ${place.origin}`].filter(Boolean).join(' '),
  );
  return { kind, places };
}
