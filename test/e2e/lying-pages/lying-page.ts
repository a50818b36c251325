import { jwt } from '../../builders/tokens.ts';

/** Whether the panel may read the site beside the page's own script. */
export type Access = 'none' | 'granted';

/**
 * What is honest of a page: every token that the browser holds is `shown` where it lies; or what is not shown is `told`, by a sentence that
 * names the place and says why. Nothing is ever shown that the browser does not hold, unless it is said to be the page's own word.
 */
export type Outcome = 'shown' | 'told';

/** A page that lies about what it holds, or hides it. */
export interface LyingPage {
  /** What it does, as the end of "a page with …". Unique. */
  name: string;
  /** What it is made of: markup after the title. */
  html: string | ((at: At) => string);
  headers?: Record<string, string | string[]>;
  /** A type other than that of HTML, which is then all that is served. */
  type?: string;
  /** Further documents, by path. All are served on every host. */
  more?: Record<string, Served>;
  /** Rooms of tokens that the browser holds by place, beside those that it is asked for: the protocol does not tell them. */
  holds?: Record<string, readonly string[]>;
  /** The same of what is read with access alone, which the panel says in its documents and not of each page. */
  holdsWithAccess?: Record<string, readonly string[]>;
  /** What is honest without access, and with it; `shown` where it is left out. */
  outcome?: Partial<Record<Access, Outcome>>;
  /** Said of the page, in the panel or in the report. */
  says?: Partial<Record<Access, RegExp>>;
  /** Said in neither, since it would be false. */
  saysNot?: RegExp;
  /** Milliseconds that it needs after it has loaded until it holds what it is to hold. */
  settles?: number;
  /** What it does while it is read: run once it has been read for the first time. */
  next?: string;
}

export interface Served {
  html: string | ((at: At) => string);
  /** A type other than that of HTML, which is then all that is served. */
  type?: string;
  headers?: Record<string, string | string[]>;
}

/** Origins that one page is given. */
export interface At {
  own: string;
  /** Another origin of the same site. */
  sibling: string;
  /** Another site. */
  other: string;
}

const now = Math.floor(Date.now() / 1000);
const minted = new Map<string, string>();

/** A token that tells of itself by the name of its room. */
export function token(room: string): string {
  const known = minted.get(room) ?? jwt({ r: room, d: 'd-lying', iat: now, exp: now + 7200 });
  minted.set(room, known);
  return known;
}

/** Names of the tokens in a text. */
export function roomsIn(text: string): string[] {
  return text.includes('eyJ') ? [...minted].flatMap(([room, whole]) => (text.includes(whole) ? [room] : [])) : [];
}

/** The token of a room as a literal of a script. */
export const quoted = (room: string) => JSON.stringify(token(room));

/** Stores of this name a page writes to without end: the browser tells nobody what is in them. */
export const heldUp = 'held up';

export const script = (code: string) => `<script>${code}</script>`;
