import { reportSchema } from '../engine/report/report-document.ts';
import type { ByteWindow } from './bytes/byte-window.ts';
import { byteWork } from './bytes/byte-work.ts';

/** Whether JSON is a report of Roomkey's, by its first bytes. */
export function isSavedReport(window: ByteWindow): boolean {
  return byteWork.utf8(window.buffer.subarray(0, Math.min(window.length, 512))).includes(JSON.stringify(reportSchema));
}
