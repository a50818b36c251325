/** Match patterns of hosts cover every port, and name none. */
export function pattern(site: string): string {
  const { protocol, hostname } = new URL(site);
  return `${protocol}//${hostname}/*`;
}
