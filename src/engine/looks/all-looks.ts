import type { Capture } from '../model/capture.ts';
import { type Look, type LookedPlace, mergeLooks, placesOf, sameLooks } from '../model/looked-at.ts';
import type { Timeline } from '../timeline/timeline.ts';
import { looksIn, type Searched } from './looks-in.ts';

/** Where one look looked; the same list as before where it is the same. */
export function looksAgain(before: readonly LookedPlace[], capture: Capture, found: Searched): readonly LookedPlace[] {
  return sameLooks<LookedPlace>(looksIn(capture, found), before);
}

/** Where was looked after one more search, beside where was looked before. */
export function looksAfter(before: readonly Look[], capture: Capture, found: Searched): readonly Look[] {
  return mergeLooks(before, looksIn(capture, found));
}

/** Where was looked, at rest and in motion; the same list as before where it is the same. */
export function allLooks(
  { looks, traffic }: Pick<Timeline, 'looks' | 'traffic'>,
  before: readonly LookedPlace[] = [],
): readonly LookedPlace[] {
  return placesOf(traffic.looks.length === 0 ? looks : mergeLooks(looks, traffic.looks), before);
}
