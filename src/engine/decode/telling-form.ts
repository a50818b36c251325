import type { FormId } from '../model/token.ts';
import { opaque } from './forms/opaque.ts';

/**
 * The form to read a text by that was found in several places. A key that one place calls a session and another a secret is the
 * more telling of the two, wherever it was found first.
 */
export function tellingForm(forms: readonly FormId[]): FormId {
  return forms.find((form) => form !== opaque.id) ?? opaque.id;
}
