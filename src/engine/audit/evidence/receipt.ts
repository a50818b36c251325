import type { Place } from '../../model/capture.ts';

/**
 * Whether the host that it was addressed to got what stands in a place, or gave it: nothing left the browser, the page's service worker
 * answered, which may have sent it on or not, or a frame shows an error, of whatever kind. `seen` for all others.
 */
export const receipts = ['seen', 'worker', 'error', 'unsent'] as const;
export type Receipt = (typeof receipts)[number];

export function receiptOf({ exchange, isErrorPage }: Pick<Place, 'exchange' | 'isErrorPage'>): Receipt {
  if (exchange?.isUnsent) return 'unsent';
  if (exchange?.isFromWorker) return 'worker';
  return isErrorPage ? 'error' : 'seen';
}

/** What is to be said of receipt, after what was to happen. */
export const receiptWords: Record<Exclude<Receipt, 'seen'>, string> = {
  unsent: 'though nothing left the browser',
  worker: 'but the page’s service worker answered, and whether it sent that on is not known',
  error: 'but the frame shows an error, and whether anything was sent is not known',
};
