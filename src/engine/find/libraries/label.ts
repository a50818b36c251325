import type { TokenUse } from '../../model/token.ts';

const nouns: Partial<Record<TokenUse, string>> = {
  access: 'access token',
  id: 'ID token',
  refresh: 'refresh token',
  session: 'session token',
};

/** "access token", "ID token" …; "token" when the use is not known. */
export function nounOf(use: TokenUse | null): string {
  return (use && nouns[use]) ?? 'token';
}

/** A text from a key, fit for a label: one line, at most `length` characters. */
export function brief(text: string, length = 48): string {
  // Control and bidirectional characters of a hostile key could reorder the rest of the label.
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ').trim();
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}

/** " (client 1f2e3d4c…)", or nothing. */
export function ofClient(id: string | undefined): string {
  return id ? ` (client ${id.length > 12 ? `${brief(id, 9)}` : brief(id)})` : '';
}
