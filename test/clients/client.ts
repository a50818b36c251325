import type { IncomingHttpHeaders } from 'node:http';
import type { Minted } from '../builders/mint/minted.ts';

/** A vendor's own browser client, run in a page against a stub of the vendor's servers. */
export interface Client {
  /** As tests name it. */
  name: string;
  /** Id of its platform. */
  provider: string;
  /** The package in `package.json` that the page imports. */
  package: string;
  /** Tokens of the platform; the page is given the one called `guest`. */
  tokens: Minted;
  /** A module that joins with `token`, as the vendor's guide does. */
  page: string;
  /** What the vendor's servers answer; `{}` where nothing is said. `after` is the credential that they hand out. */
  answer?(request: Asked, after: string): Answer | undefined;
  /** What the vendor's servers say first over a socket. */
  greet?(socketUrl: URL, after: string): readonly Said[];
  /** What the vendor's servers say to a message over a socket. */
  reply?(message: Buffer, socketUrl: URL, after: string): Said | undefined;
  /** Whether the site is allowed before it is opened: what windows post to each other is heard only then. */
  hasAccess?: boolean;
  /** Every way that the token leaves by, as `wayOf` writes it. */
  ways: readonly string[];
  /** Requests that carry it, where one server is asked for several things: method and address without query. */
  requests?: readonly string[];
  /** What the list says of it: platform and room. */
  row: RegExp;
  /** A credential that the vendor's servers hand out for the token, and the ways that it goes. */
  after?: { token(): string; ways: readonly string[]; row: RegExp };
}

/** A message over a socket; null: it is closed. */
export type Said = string | Buffer | null;

export interface Asked {
  method: string;
  url: URL;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface Answer {
  /** 200 when left out. */
  status?: number;
  /** A media type; JSON when left out. */
  type?: string;
  headers?: Record<string, string>;
  /** A text or bytes as they are; anything else as JSON. */
  body: unknown;
}

/** The site that every client is used on, and the origin of its pages. */
export const site = 'https://call.example';
