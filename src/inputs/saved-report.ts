import { reportSchemas } from '../engine/report/report-document.ts';
import type { ByteWindow } from './bytes/byte-window.ts';
import { byteWork } from './bytes/byte-work.ts';

/** Whether JSON is a report of Roomkey's, by its first bytes. */
export function isSavedReport(window: ByteWindow): boolean {
  const beginning = byteWork.utf8(window.buffer.subarray(0, Math.min(window.length, 512)));
  return reportSchemas.some((schema) => beginning.includes(JSON.stringify(schema)));
}
