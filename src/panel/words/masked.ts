import type { Token } from '../../engine/model/token.ts';
import { createMasker, maskToken, maskUrl } from '../../engine/redact/mask.ts';
import { cut, visible } from './visible.ts';

/** Longer strings are cut before they are searched for tokens, because only so much is ever shown. */
const searched = 20_000;

const redactors = new WeakMap<readonly string[], (text: string) => string>();
const anyToken = createMasker([]);

/**
 * Text from a page as it may be shown: every token in it masked, also tokens that are claims of other tokens, and
 * characters that hide or reorder made visible. Keep one array of secrets for many texts.
 */
export function masked(text: string, secrets?: readonly string[]): string {
  return visible(redactorFor(secrets)(cut(text, searched).text));
}

function redactorFor(secrets: readonly string[] | undefined): (text: string) => string {
  if (!secrets) return anyToken;
  const known = redactors.get(secrets) ?? createMasker(secrets);
  redactors.set(secrets, known);
  return known;
}

const secrets = new WeakMap<Token, readonly string[]>();

/** The texts that must not be shown beside a token: itself and those inside it. */
export function secretsOf(token: Token): readonly string[] {
  // Longer ones are never shown whole, and their shape gives away what is left of them.
  const texts = [token.text, ...token.inner.map((inner) => inner.token.text)];
  const known = secrets.get(token) ?? texts.filter((text) => text.length <= searched);
  secrets.set(token, known);
  return known;
}

const secretsOfRows = new WeakMap<readonly Holder[], readonly string[]>();

interface Holder {
  subject: { token: Token };
}

/** The same of all rows: what is copied or kept may be named by any of their tokens. */
export function secretsOfAll(rows: readonly Holder[]): readonly string[] {
  const known = secretsOfRows.get(rows) ?? rows.flatMap(({ subject }) => secretsOf(subject.token));
  secretsOfRows.set(rows, known);
  return known;
}

/** A token in one masked line. */
export function maskedLine(token: Token): string {
  return maskToken(token.text, token.id);
}

/** A URL as it may be shown: tokens, passwords and long values masked, and its length bounded. */
export function shownUrl(url: string): string {
  const { text, rest } = cut(visible(maskUrl(cut(url, searched).text, anyToken)), 300);
  return rest > 0 ? `${text}…` : text;
}
