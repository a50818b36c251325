import { unitFailed } from '../contain.ts';
import type { Candidate, Form, Match, Start } from '../decode/forms/form.ts';
import type { limits as standardLimits } from '../limits.ts';
import type { Problem } from '../model/capture.ts';
import type { Hit } from '../model/token.ts';
import type { Encoding, Peeling } from './encodings/encoding.ts';

/** A text being searched, and how it was come by. */
export interface Layer {
  text: string;
  depth: number;
  encodings: string[];
  path: string;
  key: string | null;
  /** Offset in the outermost text of this text's first character, or of the run it was decoded from. */
  base: number;
  /** True when offsets within this text are offsets in the outermost one. */
  isExact: boolean;
  /** True when an encoding was undone that is only guessed at. */
  isGuess: boolean;
  /** Characters that were looked for in the text, and whether they are there; null before the first. */
  signs: Map<string, boolean> | null;
  /** Offset in this text after what was decoded of it last, and held something: what lies before is not decoded once more. */
  decoded: number;
  /** Where in this text each encoding was undone last and nothing came to light, by its id; null before the first. */
  barren: Map<string, { start: number; end: number }> | null;
}

export type Limits = Record<keyof typeof standardLimits, number>;

/** One search of an outermost text: what it looks for, what it may still spend, and what it found. */
export interface Pass {
  limits: Limits;
  forms: ReadonlyMap<Start, readonly Form[]>;
  encodings: ReadonlyMap<Peeling, readonly Encoding[]>;
  hits: Hit[];
  problems: Map<string, Problem>;
  candidatesLeft: number;
  charactersLeft: number;
  /** Decoded texts that hold nothing, and how deep they were; null before the first. Many ways of decoding lead to one text. */
  fruitless: Map<string, number> | null;
  /** Hears of a part that failed. */
  fail(problem: Problem): void;
  /** Searches what was found within; returns whether it holds anything. */
  search(layer: Layer): boolean;
}

/** Units by where they are asked, in the order of the list. */
export function byPlace<Place, Unit>(
  units: readonly Unit[],
  placesOf: (unit: Unit) => readonly Place[],
): Map<Place, Unit[]> {
  const found = new Map<Place, Unit[]>();
  for (const unit of units) {
    for (const place of placesOf(unit)) {
      const there = found.get(place);
      if (there) there.push(unit);
      else found.set(place, [unit]);
    }
  }
  return found;
}

/** The first form of those asked here that sees a token in the candidate. */
export function firstMatch(pass: Pass, startsAt: Start, candidate: Candidate): Match | null {
  for (const form of pass.forms.get(startsAt) ?? []) {
    // As `contained` does it; this is run for every candidate, and a closure each costs.
    try {
      const match = form.match?.(candidate);
      if (match) return match;
    } catch (error) {
      pass.fail(unitFailed('form', form.id, error));
    }
  }
  return null;
}

/** Lists a token that stands in the layer, under a path within it. */
export function report(pass: Pass, layer: Layer, { form, start, end, confidence, note }: Match, path: string) {
  pass.hits.push({
    form,
    token: layer.text.slice(start, end),
    offset: layer.isExact ? layer.base + start : layer.base,
    encodings: layer.encodings,
    path: joinPaths(layer.path, path),
    confidence: layer.isGuess ? 'possible' : confidence,
    note,
  });
}

/** Says once that a budget was reached. */
export function exceed(pass: Pass, limit: keyof Limits, message: string): null {
  if (!pass.problems.has(limit)) {
    const name = limit.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    pass.problems.set(limit, { code: `limit-${name}`, message });
  }
  return null;
}

/** False, and said, once as much was decoded as one value may ask for. */
export function mayDecode(pass: Pass): boolean {
  if (pass.candidatesLeft > 0) return true;
  exceed(pass, 'candidates', 'Too many encoded texts in one value; the rest was not decoded.');
  return false;
}

export function tooDeep(pass: Pass): null {
  return exceed(pass, 'layers', `Something lies deeper than ${pass.limits.layers} encodings and was not looked at.`);
}

export function joinPaths(outer: string, inner: string): string {
  return outer && inner ? `${outer} ${inner}` : outer || inner;
}
