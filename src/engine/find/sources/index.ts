import { cacheStorage } from './cache-storage.ts';
import { cookie } from './cookie.ts';
import { frameUrl } from './frame-url.ts';
import { historyState } from './history-state.ts';
import { indexedDb } from './indexed-db.ts';
import { localStorage } from './local-storage.ts';
import { memory } from './memory.ts';
import { message } from './message.ts';
import { pageContent } from './page-content.ts';
import { pageUrl } from './page-url.ts';
import { privateFile } from './private-file.ts';
import { requestBody } from './request-body.ts';
import { requestHeader } from './request-header.ts';
import { requestUrl } from './request-url.ts';
import { responseBody } from './response-body.ts';
import { responseHeader } from './response-header.ts';
import { sessionStorage } from './session-storage.ts';
import type { Source } from './source.ts';
import { text } from './text.ts';
import { tracedCall } from './traced-call.ts';
import { websocketMessage } from './websocket-message.ts';
import { windowName } from './window-name.ts';

/** Every place to look, in the order a user would look. */
export const sources: readonly Source[] = [
  pageUrl,
  frameUrl,
  cookie,
  localStorage,
  sessionStorage,
  indexedDb,
  cacheStorage,
  privateFile,
  windowName,
  historyState,
  pageContent,
  requestUrl,
  requestHeader,
  requestBody,
  responseHeader,
  responseBody,
  websocketMessage,
  message,
  tracedCall,
  memory,
  text,
];

const byId: ReadonlyMap<string, Source> = new Map(sources.map((source) => [source.id, source]));

/** The place of this id; undefined for ids of other versions. */
export function sourceOf(id: string): Source | undefined {
  return byId.get(id);
}
