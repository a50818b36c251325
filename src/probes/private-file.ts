import type { Probe } from './probe.ts';

export const privateFile: Probe = {
  id: 'private-file',
  name: 'the private file system',
  answers: 'later',
  load: async () => (await import('./file-texts.ts')).fileTexts,
};
