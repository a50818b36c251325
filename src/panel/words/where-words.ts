import { withoutNumber } from '../../engine/find/sources/exchange-place.ts';
import { isMoment } from '../../engine/model/presence.ts';
import type { Subject } from '../../engine/model/report.ts';
import type { Sighting } from '../../engine/model/token.ts';
import { urlFrom } from '../../engine/text/hosts.ts';
import { shortPlace } from '../../engine/words/place-words.ts';
import { masked, secretsOf } from './masked.ts';
import { cut, visible } from './visible.ts';

/** Where a token is, as short as it tells it from others. */
export interface Where {
  /** `localStorage.token`, `cookie session`, `reply of POST /join`, `frame ?t · video.example`. */
  text: string;
  /** The whole place, for those who ask. */
  title: string;
}

/** Characters shown; what is cut is in the details. */
const most = 120;

/** The place that tells most: one where it is before one where it was, and where it lies before what carried it. Otherwise the first. */
export function leadingPlace({ sightings }: Pick<Subject, 'sightings'>): Sighting | null {
  let lead: Sighting | null = null;
  for (const one of sightings) {
    if (lead === null || weight(one) < weight(lead)) lead = one;
    if (weight(lead) === 0) break;
  }
  return lead;
}

function weight({ goneAt, place }: Sighting): number {
  return (goneAt === null ? 0 : 2) + (isMoment(place) ? 1 : 0);
}

/** Where a token is; null where no place is known. `pageOrigin` is that which need not be said; null says none. */
export function whereOf(subject: Subject, pageOrigin: string | null): Where | null {
  const lead = leadingPlace(subject);
  if (lead === null) return null;
  const secrets = secretsOf(subject.token);
  const { origin, label } = lead.place;
  const host = pageOrigin !== null && origin !== null && origin !== pageOrigin ? hostOf(origin) : null;
  const text = shortForm(lead) + nameInside(lead) + (host === null ? '' : ` · ${host}`);
  const title = origin === null ? label : `${label} on ${origin}`;
  return { text: cut(masked(text, secrets), most).text, title: cut(masked(title, secrets), 500).text };
}

/** What a place is called where there is little room. */
function shortForm({ place }: Sighting): string {
  const label = withoutNumber(cut(place.label, 300).text);
  if (place.exchange && !place.call) return inRequest(label, place.exchange.method, place.url);
  return shortPlace(label.replace(/^page URL /, 'URL ').replace(/^frame URL /, 'frame '));
}

/** `Authorization of GET /rooms`, `reply of POST /join`. */
function inRequest(label: string, method: string, url: string | null): string {
  const part = label
    .replace(/^request URL( in the page’s own record)? /, 'URL ')
    .replace(/^request header /, '')
    .replace(/^response header (.*)/, '$1 in reply')
    .replace(/^request body/, 'body')
    .replace(/^response body/, 'reply');
  const path = urlFrom(url)?.pathname;
  const request = [method, path].filter(Boolean).join(' ');
  return request ? `${part} of ${request}` : part;
}

/** The name under which it stands in what lies there, where that is not the place's own: ` › access_token`. */
function nameInside({ path, place }: Sighting): string {
  const name = /([^.\s[\]"?#$]+)["\]]*$/.exec(path.slice(-200))?.[1];
  return name === undefined || name === place.key || /^\d+$/.test(name) ? '' : ` › ${cut(name, 40).text}`;
}

function hostOf(origin: string): string {
  return origin === 'null' ? 'a sandboxed frame' : visible(urlFrom(origin)?.host ?? origin);
}
