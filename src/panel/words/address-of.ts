import { urlFrom } from '../../engine/text/hosts.ts';
/** A backend as users know it: host and port. */
export function addressOf(url: string): string {
  return urlFrom(url)?.host ?? url;
}
