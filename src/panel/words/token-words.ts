import { formOf } from '../../engine/decode/forms/index.ts';
import type { RoomScope } from '../../engine/model/facts.ts';
import type { Subject } from '../../engine/model/report.ts';
import type { FormId, TokenUse } from '../../engine/model/token.ts';
import { masked } from './masked.ts';
import { cut } from './visible.ts';

/** A form as a reader would call it. */
export function formName(form: FormId): string {
  return formOf(form)?.name ?? form;
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

/** What a token is, in the words of the list: its platform, or else its form. */
export function platformOf({ provider, token }: Subject): string {
  return provider?.name ?? formOf(token.form)?.shortName ?? formName(token.form);
}

export function roomOf({ facts }: Subject): string | null {
  if (facts.room !== null) return cut(masked(facts.room), 200).text;
  return facts.use === 'video-join' && facts.roomScope === 'all-rooms' ? 'every room' : null;
}

export function identityOf({ facts }: Subject): string | null {
  const name = facts.displayName || facts.userId;
  return name ? cut(masked(name), 200).text : null;
}

/** One token among others, for lists and labels: `Daily · standup · Ada`. */
export function titleOf(subject: Subject): string {
  return [platformOf(subject), roomOf(subject), identityOf(subject)].filter((part) => part !== null).join(' · ');
}
