import type { Probe } from './probe.ts';

export const pageContent: Probe = {
  id: 'page-content',
  name: 'the document',
  answers: 'later',
  isOfDocuments: true,
  load: async () => (await import('./document-texts.ts')).documentTexts,
};
