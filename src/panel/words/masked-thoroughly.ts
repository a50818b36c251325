import type { Token } from '../../engine/model/token.ts';
import { createThoroughMasker } from '../../engine/redact/mask-disguised.ts';
import { secretsOf } from '../../engine/redact/secrets-of.ts';
import { cut, visible } from './visible.ts';

/** Longer texts are cut before they are masked, in characters. */
const longest = 20_000;

/** Texts for what leaves the panel: nothing of these tokens in them, however it is spelled, and nothing that hides or reorders. */
export function createMaskFor(tokens: readonly Token[]): (text: string) => string {
  const mask = createThoroughMasker(tokens.flatMap(secretsOf));
  return (text) => visible(mask(cut(text, longest).text));
}
