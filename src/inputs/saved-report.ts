import { reportSchemas } from '../engine/report/report-document.ts';
import type { ByteWindow } from './bytes/byte-window.ts';
import { byteWork } from './bytes/byte-work.ts';

/** Whether JSON is a report of Roomkey's, by its first bytes. */
export function isSavedReport(window: ByteWindow): boolean {
  const beginning = beginningOf(window);
  return reportSchemas.some((schema) => beginning.includes(JSON.stringify(schema)));
}

/** Whether it is one in which tokens are shortened, so that searching it finds none of them. */
export function isMaskedReport(window: ByteWindow): boolean {
  return isSavedReport(window) && !/"masked":\s?false/.test(beginningOf(window));
}

function beginningOf(window: ByteWindow): string {
  return byteWork.utf8(window.buffer.subarray(0, Math.min(window.length, 512)));
}
