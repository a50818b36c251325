import type { ExchangeFacts } from '../../model/capture.ts';
import type { Subject } from '../../model/report.ts';
import type { Sighting } from '../../model/token.ts';
import { isServerOf, providerOf } from '../../recognise/server-of.ts';
import { urlFrom } from '../../text/hosts.ts';
import { isSocket } from './in-url.ts';

/** What an answer to a request handed out, and how. */
export interface Answered {
  sighting: Sighting;
  exchange: ExchangeFacts;
}

/** An answer of HTTP that holds the token itself, not in a cookie; null for any other place. */
export function answered(sighting: Sighting): Answered | null {
  const { exchange, traits, url } = sighting.place;
  const isAnswer = exchange?.direction === 'received' && exchange.status !== 101 && !isSocket(url);
  // What the page made itself no server answers with, nor perhaps what its service worker does.
  return isAnswer && !exchange.isFromWorker && !/^(?:data|blob):/i.test(url ?? '') && traits.storage === null
    ? { sighting, exchange }
    : null;
}

/** Answers of servers that are not the platform's own: how those hand out tokens is not for the page's makers to mend. */
export function answeredByOthers(subject: Subject, sighting: Sighting): Answered | null {
  const answer = answered(sighting);
  return answer && !isServerOf(providerOf(subject), sighting.place.url) ? answer : null;
}

/** Whether what was asked, or the address, has a member by which a request shows that its sender may ask. */
export function showsCredential({ exchange, sighting }: Answered): boolean {
  const inAddress = urlFrom(sighting.place.url)?.searchParams.keys() ?? [];
  return [...exchange.asked.map(([name]) => name), ...inAddress].some((name) => credentialName.test(name));
}

/** Names of credentials, in whole or as the end of a longer name. */
const credentialName =
  /(?:^|[_.-]|[a-z](?=[A-Z]))(?:pass(?:word|code|wd|phrase)?|pin|code|otp|invite|invitation|secret|token|assertion|signature|sig|ticket|key|apikey|api_?key|csrf|xsrf|captcha|session|sid|grant_type|nonce)$/i;
