import { burpItems } from './burp-items.ts';
import { charlesSession } from './charles-session.ts';
import { cookieJar } from './cookie-jar.ts';
import { cookieList } from './cookie-list.ts';
import { curl } from './curl.ts';
import { har } from './har.ts';
import { heapSnapshot } from './heap-snapshot.ts';
import { httpMessage } from './http-message.ts';
import type { Input } from './input.ts';
import { json } from './json.ts';
import { mail } from './mail.ts';
import { playwrightTrace } from './playwright-trace.ts';
import { storageState } from './storage-state.ts';
import { binary, text } from './text.ts';
import { traffic } from './traffic.ts';

/** Every kind of input; the first whose content matches reads it. */
export const inputs: readonly Input[] = [
  har,
  heapSnapshot,
  playwrightTrace,
  charlesSession,
  burpItems,
  cookieList,
  storageState,
  traffic,
  binary,
  cookieJar,
  curl,
  httpMessage,
  mail,
  json,
  text,
];
