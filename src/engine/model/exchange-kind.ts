import { addressKind } from '../text/fair-share.ts';
import type { Exchange } from './capture.ts';

/** The same for exchanges of which there may be a flood. Messages between windows go by who posted them. */
export function exchangeKind({ method, url, posted }: Pick<Exchange, 'method' | 'url' | 'posted'>): string {
  return `${posted?.from ?? method} ${addressKind(url)}`;
}
