import type { Probe } from './probe.ts';
import { windowState } from './window-state.ts';

/**
 * Chromium keeps what `history.state` was read as in each world, and drops it only where the state differs from the one that was read last in
 * whichever world (`History::stateChanged`, third_party/blink/renderer/core/frame/history.cc, and `[CachedAttribute=stateChanged]` in
 * history.idl, read 2026-11; tried with Chromium 156): read beside the page's script it is stale after the page has read it, and what is worse,
 * the page's own is then stale after that.
 */
export const historyState: Probe = {
  id: 'history-state',
  name: 'history.state',
  answers: 'at-once',
  isOfDocuments: true,
  asked: 'at-thorough-looks',
  isReadByPage: true,
  run: windowState,
};
