import type { Probe } from './probe.ts';
import { windowState } from './window-state.ts';

export const historyState: Probe = {
  id: 'history-state',
  name: 'history.state',
  answers: 'at-once',
  isOfDocuments: true,
  asked: 'at-thorough-looks',
  run: windowState,
};
