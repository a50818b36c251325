import type { Report } from '../../model/report.ts';
import { type FormatOptions, toDocument } from '../report-document.ts';
import type { Format } from './format.ts';
import { printableJson } from './printable.ts';

export const json: Format = {
  id: 'json',
  name: 'JSON',
  type: 'application/json',
  extension: 'json',
  write: formatJson,
};

/** The report as JSON text that satisfies `docs/report.schema.json`. */
export function formatJson(report: Report, options: FormatOptions = {}): string {
  return `${printableJson(toDocument(report, options))}\n`;
}
