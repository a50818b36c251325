/** A backend as users know it: host and port. */
export function addressOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
