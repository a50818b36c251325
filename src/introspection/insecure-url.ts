/** Why a token must not be sent to this URL, or null. Plain HTTP is fine on loopback only. */
export function insecureUrl(text: string): string | null {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return 'This is not a URL. It should look like https://backend.example/introspect.';
  }
  if (url.username || url.password) return 'The URL must not hold a user name or password; use a header instead.';
  if (url.protocol === 'https:') return null;
  const loopback = /^(localhost|[^.]+\.localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol === 'http:' && loopback) return null;
  return 'The URL must begin with https://, so that nobody on the way can read the token.';
}
