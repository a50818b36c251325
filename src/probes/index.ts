import { cacheStorage } from './cache-storage.ts';
import { historyState } from './history-state.ts';
import { indexedDb } from './indexed-db.ts';
import { localStorage } from './local-storage.ts';
import { pageContent } from './page-content.ts';
import { privateFile } from './private-file.ts';
import type { Probe } from './probe.ts';
import { sessionStorage } from './session-storage.ts';
import { windowName } from './window-name.ts';

/** Every place inside the page, read once per storage. */
export const probes: readonly Probe[] = [
  localStorage,
  sessionStorage,
  indexedDb,
  cacheStorage,
  privateFile,
  windowName,
  historyState,
  pageContent,
];
