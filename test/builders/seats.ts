import { policies } from '../../src/engine/audit/policy/policies.ts';
import { find, inspect } from '../../src/engine/inspect.ts';
import { looksIn } from '../../src/engine/looks/looks-in.ts';
import type { Problem } from '../../src/engine/model/capture.ts';
import { placesOf } from '../../src/engine/model/looked-at.ts';
import type { Seat } from '../../src/engine/seats/seat.ts';
import { captureOf, localStorageOf } from './captures.ts';
import { now } from './tokens.ts';

export interface SeatParts {
  /** Address of the page; none for what was read from a file. */
  url?: string;
  problems?: Problem[];
  at?: number;
}

/** A seat whose page keeps these tokens in localStorage. */
export function seatOf(name: string, tokens: readonly string[], { url, problems, at = now }: SeatParts = {}): Seat {
  const page = { url: url ?? `https://call.example/${name}`, title: '', scriptOrigins: null, loadedAt: now };
  const entries = Object.fromEntries(tokens.map((token, index) => [index === 0 ? 'auth' : `auth${index}`, token]));
  const capture = captureOf({ readAt: now, page, stores: [localStorageOf(entries)], problems: problems ?? [] });
  const found = find(capture);
  const lookedAt = placesOf(looksIn(capture, found));
  return {
    name,
    report: inspect(found.sightings, { now: at, policy: policies.standard, lookedAt, problems: found.problems }),
  };
}
