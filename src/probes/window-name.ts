import type { Probe } from './probe.ts';
import { windowState } from './window-state.ts';

export const windowName: Probe = {
  id: 'window-name',
  name: 'window.name',
  answers: 'at-once',
  isOfDocuments: true,
  asked: 'at-thorough-looks',
  run: windowState,
};
