import type { Exchange, Header } from '../../engine/model/capture.ts';

/** What was told of a request under its name, by itself and by its twin. Bodies are held by what stands for them. */
export interface Told {
  asked: Header[];
  answered: Header[];
  requestBody: string;
  bodies: string[];
}

export const nothingTold = (): Told => ({ asked: [], answered: [], requestBody: '', bodies: [] });

/** With what is told now. */
export function withTold(told: Told, { requestHeaders, responseHeaders, requestBody, responseBody }: Exchange): Told {
  return {
    asked: joined(told.asked, requestHeaders),
    answered: joined(told.answered, responseHeaders),
    requestBody: requestBody ? imprintOfAll(requestBody.text) : told.requestBody,
    bodies: responseBody ? [...told.bodies, imprintOfAll(responseBody.text)] : told.bodies,
  };
}

/** Mostly one of the two is empty. */
function joined(before: Header[], more: Header[]): Header[] {
  if (before.length === 0) return more;
  return more.length === 0 ? before : [...before, ...more];
}

/**
 * What a request carries, or its twin, and was not told of the two before.
 *
 * @param first that of the two under whose name it is told
 * @param isOtherUnsent whether nothing of the other one left the browser
 * @param isSentOn whether the service worker sent on all that the page's carries
 */
export function newsOfTwin(
  exchange: Exchange,
  { name, told }: { name: string; told: Told },
  { isOtherUnsent, isSentOn }: { isOtherUnsent: boolean; isSentOn: boolean },
): Exchange {
  const { requestHeaders, responseHeaders, requestBody, responseBody, isUnsent, isFromWorker: _, ...others } = exchange;
  const asked = idsOf(told.asked);
  const answered = idsOf(told.answered);
  // What an answer says is judged by all of its headers.
  const isAnswerNew = responseHeaders.some((header) => !answered.has(idOf(header)));
  return {
    ...others,
    ...(isUnsent && isOtherUnsent && { isUnsent }),
    ...(!isSentOn && { isFromWorker: true as const }),
    name,
    isContinued: true,
    requestHeaders: requestHeaders.filter((header) => !asked.has(idOf(header))),
    responseHeaders: isAnswerNew ? responseHeaders : [],
    requestBody: requestBody && imprintOfAll(requestBody.text) !== told.requestBody ? requestBody : null,
    responseBody: responseBody && !told.bodies.includes(imprintOfAll(responseBody.text)) ? responseBody : null,
  };
}

/** How many of the request's headers the other one does not carry alike, and whether its body is another. */
export function differences(told: Told, other: Told): number {
  const asked = idsOf(other.asked);
  const missing = told.asked.filter((header) => !asked.has(idOf(header))).length;
  return missing + Number(told.requestBody !== other.requestBody);
}

const idsOf = (headers: readonly Header[]) => new Set(headers.map(idOf));
const idOf = ({ name, value }: Header) => `${name.toLowerCase()} ${value}`;

/** Stands for a text by its length and all of its characters, for 53 bits. */
function imprintOfAll(text: string): string {
  let [high, low] = [0x9e3779b9, 0x85ebca6b];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  return `${text.length}.${high >>> 0}.${low >>> 0}`;
}
