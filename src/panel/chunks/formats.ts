/** Formats a report can be saved in, in the order of the menu; what writes them is loaded when one is asked for. */
export const reportFormats = [
  { id: 'json', name: 'JSON' },
  { id: 'markdown', name: 'Markdown' },
  { id: 'csv', name: 'CSV' },
  { id: 'html', name: 'HTML' },
  { id: 'sarif', name: 'SARIF' },
  { id: 'text', name: 'text' },
] as const;
export type ReportFormat = (typeof reportFormats)[number]['id'];

export const loadFormats = async () => (await import('../../engine/report/formats/index.ts')).formats;
