import type { Probe } from './probe.ts';

export const pageContent: Probe = {
  id: 'page-content',
  name: 'the document',
  answers: 'later',
  load: async () => (await import('./document-texts.ts')).documentTexts,
};
