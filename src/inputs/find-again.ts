import { find } from '../engine/find/find.ts';
import type { Problem } from '../engine/model/capture.ts';
import type { Sighting } from '../engine/model/token.ts';
import { isLive } from '../engine/redact/token-edits.ts';
import { ByteWindow } from './bytes/byte-window.ts';
import { asInputError } from './gather.ts';
import type { InputError } from './input.ts';
import { recogniseInput } from './recognise-input.ts';

export interface FoundAgain {
  kind: string;
  /** Tokens in it that could be used, wherever a reader finds them. */
  live: Sighting[];
  problems: Problem[];
  failure: InputError | null;
}

/**
 * Reads a redacted copy the way a recording is read, by the reader of its kind, and tells what is still alive in it.
 * `now` is in seconds since the epoch.
 */
export async function findAgain(name: string, bytes: Uint8Array, now: number): Promise<FoundAgain> {
  const open = () =>
    new ByteWindow(async (into, at) => {
      const piece = bytes.subarray(at, at + into.length);
      into.set(piece);
      return piece.length;
    });
  const reopen = async () => ({ window: open(), close: async () => {} });
  const input = await recogniseInput(open(), { name, bytes: bytes.length, reopen });
  const found: FoundAgain = { kind: input.kind, live: [], problems: [], failure: input.failure };
  if (found.failure) return found;
  try {
    await input.read(now, (capture) => {
      const { sightings, problems } = find(capture);
      for (const sighting of sightings) if (isLive(sighting)) found.live.push(sighting);
      for (const problem of problems) found.problems.push(problem);
      return sightings;
    });
  } catch (error) {
    found.failure = asInputError(error);
  }
  return found;
}
