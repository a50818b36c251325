import { cookie } from './cookie.ts';
import { frameUrl } from './frame-url.ts';
import { localStorage } from './local-storage.ts';
import { pageUrl } from './page-url.ts';
import { sessionStorage } from './session-storage.ts';
import type { Source } from './source.ts';
import { text } from './text.ts';

/** Every place to look, in the order a user would look. */
export const sources: readonly Source[] = [pageUrl, frameUrl, cookie, localStorage, sessionStorage, text];
