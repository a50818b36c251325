/** What a `SameSite` attribute says (RFC 6265bis §4.1.2.7); null where it says nothing that browsers know. */
export function sameSiteIn(value: string): 'none' | 'lax' | 'strict' | null {
  const lower = value.toLowerCase();
  return lower === 'none' || lower === 'lax' || lower === 'strict' ? lower : null;
}
