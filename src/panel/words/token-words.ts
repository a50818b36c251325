import { formOf } from '../../engine/decode/forms/index.ts';
import type { Role, RoomScope } from '../../engine/model/facts.ts';
import type { Subject } from '../../engine/model/report.ts';
import type { FormId, TokenUse } from '../../engine/model/token.ts';
import { masked } from './masked.ts';
import { cut } from './visible.ts';

/** A form as a reader would call it. */
export function formName(form: FormId): string {
  return formOf(form)?.name ?? shownName(form);
}

export const useWords: Record<TokenUse, string> = {
  'video-join': 'joining a call',
  access: 'calling a service (access token)',
  id: 'telling an app who signed in (ID token)',
  refresh: 'getting new tokens (refresh token)',
  session: 'keeping someone signed in (session)',
  'public-key-token': 'naming an app; public by design',
  'service-key': 'full use of a service, by servers only',
  'client-assertion': 'proving which app asks',
  'dpop-proof': 'proving possession of a key',
  'request-object': 'asking for a sign-in',
  logout: 'signing someone out',
  set: 'reporting a security event',
  vc: 'presenting a credential',
  'one-time': 'one use',
  unknown: 'unknown',
};

export const scopeWords: Record<RoomScope, string> = {
  'one-room': 'one room',
  'some-rooms': 'several rooms',
  'all-rooms': 'every room',
  'not-stated': 'no room is named',
};

export const roleWords: Record<Role, string> = {
  host: 'Host',
  participant: 'Participant',
  viewer: 'Viewer',
  server: 'Server',
  unknown: 'Unknown',
};

/** What a token is, in the words of the list: its platform, or else its form. */
export function platformOf({ provider, token }: Subject): string {
  return provider ? shownName(provider.name) : (formOf(token.form)?.shortName ?? formName(token.form));
}

/** A platform’s name, or what a form is called. In a report that somebody saved, either may be any text. */
export function shownName(name: string): string {
  return cut(masked(name), 80).text;
}

export function roomOf({ facts }: Subject): string | null {
  if (facts.room !== null) return cut(masked(facts.room), 200).text;
  return facts.use === 'video-join' && facts.roomScope === 'all-rooms' ? 'every room' : null;
}

export function identityOf({ facts }: Subject): string | null {
  const name = facts.displayName || facts.userId;
  return name ? cut(masked(name), 200).text : null;
}

/** One token among others, for lists and labels: `Daily · standup · Ada`. Long ids are cut in the middle, so that no line has to break one. */
export function titleOf(subject: Subject): string {
  return [platformOf(subject), roomOf(subject), identityOf(subject)]
    .flatMap((part) => part?.replace(longWord, shortWord) ?? [])
    .join(' · ');
}

const longWord = /\S{33}\S*/g;

function shortWord(word: string): string {
  const characters = Array.from(word);
  return characters.length <= 32 ? word : `${characters.slice(0, 20).join('')}…${characters.slice(-8).join('')}`;
}
