import type { Cookie } from '../../engine/model/capture.ts';
import type { BrowserFrame, Change, Evaluation } from './browser.ts';

/** What the background page does for the extension's other pages, which in Firefox lack the interfaces for it. */
export interface Calls {
  frames(tabId: number): Promise<Omit<BrowserFrame, 'isError' | 'committedAt'>[] | null>;
  /** Runs the function of this id (`probes/runs.ts`) out of the page's reach. */
  run(tabId: number, frameId: number, id: string, args: unknown[]): Promise<Evaluation>;
  cookies(tabId: number, urls: string[]): Promise<Cookie[]>;
  /** Where the tab keeps its cookies: those of containers and of private windows are apart. */
  cookieStore(tabId: number): Promise<string>;
  hasAccess(site: string): Promise<boolean>;
  /** Opens the page that asks for access to sites, beside the inspected tab. The tab that it is in. */
  openAllow(tabId: number, sites: string[]): Promise<number | undefined>;
  grants(): Promise<string[]>;
  withdraw(site: string): Promise<boolean>;
  isPrivate(tabId: number): Promise<boolean>;
  /** Has what windows on these sites post to each other told, until none are given. */
  listen(tabId: number, sites: readonly string[]): Promise<void>;
  sendOrigin(url: string, isSent: boolean): Promise<void>;
}

/** What the background page tells the others of. */
export type Told =
  | { kind: 'change'; change: Exclude<Change, 'cookies'>; tabId: number | null }
  /** Of one cookie, in this store. */
  | { kind: 'cookie'; storeId: string; set?: Cookie }
  /** `at` is in seconds since the epoch. */
  | { kind: 'committed'; tabId: number; documentId: string; at: number }
  /** Of the page or a frame. */
  | { kind: 'loaded'; tabId: number; documentId: string; isError: boolean }
  | { kind: 'closed'; tabId: number }
  /** From the script in a page, which reaches no panel. */
  | { kind: 'posted'; tabId: number; told: unknown };

export type Reply = { value: unknown } | { error: string };

/** The name of the port over which failures of requests to an address are told. */
export const errorsOf = 'errors of ';
/** Told over it first. */
export const isListening = 'listening';

/** Whether a message is from a page of the extension; its scripts in other pages send messages, too. */
export function isOwn({ id, url }: { id?: string | undefined; url?: string | undefined }): boolean {
  return id === chrome.runtime.id && url?.startsWith(chrome.runtime.getURL('/')) === true;
}

/** Has the background page do something; it is started where it has stopped. */
export async function call<Name extends keyof Calls>(
  name: Name,
  ...args: Parameters<Calls[Name]>
): Promise<Awaited<ReturnType<Calls[Name]>>> {
  const reply = await chrome.runtime.sendMessage<unknown, Reply | undefined>({ call: name, args });
  if (!reply) throw new Error('The background page did not answer.');
  if ('error' in reply) throw new Error(reply.error);
  return reply.value as Awaited<ReturnType<Calls[Name]>>;
}

/**
 * Hears what the background page tells until the returned function is called.
 *
 * @param listener answers `heard` where the background page is to know
 */
export function hearTold(listener: (told: Told) => unknown): () => void {
  const heard = (message: unknown, sender: chrome.runtime.MessageSender, answer: (text: string) => void) => {
    if (!isOwn(sender) || typeof message !== 'object' || message === null || !('told' in message)) return;
    if (listener(message.told as Told) === 'heard') answer('heard');
  };
  chrome.runtime.onMessage.addListener(heard);
  return () => chrome.runtime.onMessage.removeListener(heard);
}
