import type { LibraryEntry } from '../../model/token.ts';

/** One stored token, as a library's own naming describes it. */
export interface Stored {
  /** Storage key or cookie name. */
  key: string;
  /** Path inside the stored value, as in a sighting: `$.body.access_token`; "" when the value is the token. */
  path: string;
  /** Claims of the token when they can be read at a glance; null otherwise. For keys that several libraries use. */
  claims: () => Record<string, unknown> | null;
}

/** A library that keeps tokens in a browser, known by the keys it uses. */
export interface Library {
  /** File name. */
  id: string;
  /** The library, as its users call it. */
  name: string;
  /** Null when the key is not this library's. Pure; must tolerate any text. */
  describe(stored: Stored): Omit<LibraryEntry, 'id'> | null;
}
