import { find } from '../../engine/find/find.ts';
import { exchangeFacts } from '../../engine/find/sources/exchange-facts.ts';
import { withoutNumber } from '../../engine/find/sources/exchange-place.ts';
import { sourceOf } from '../../engine/find/sources/index.ts';
import { type Exchange, type ExchangeFacts, emptyCapture, type Problem } from '../../engine/model/capture.ts';
import { lastMet } from '../../engine/model/presence.ts';
import type { Sighting } from '../../engine/model/token.ts';
import { addressKind, fairShare } from '../../engine/text/fair-share.ts';
import { urlFrom } from '../../engine/text/hosts.ts';
import { countRepeats } from '../../engine/timeline/count-repeats.ts';
import { emptyTraffic, type KnownTraffic, type OpenRequest } from '../../engine/timeline/timeline.ts';

type Looking = typeof import('../chunks/looking.ts');

/** Sightings in traffic that are listed at most; a token in every request is listed in a few of them. */
const mostListed = 12_000;
/** Of those, the share that is left when the list was full: what is gone goes first, then the oldest. */
const leftWhenFull = 3 / 4;
/** Documents whose loading is remembered. */
const mostLoads = 20;
const longestUrl = 4096;
const mostProblems = 100;
/** Requests and sockets of which more may be told that are remembered. */
const mostOpen = 100;

/** Searches what requests carried, and keeps what was found: of a token in many of them the first few and a count. */
export function createTrafficKeeper(most = mostListed) {
  let known: KnownTraffic = emptyTraffic;
  let count = countRepeats(keep);
  let listed = 0;
  let isTakingUp = false;

  function keep(sighting: Sighting): Sighting | null {
    if (listed >= most) return null;
    listed += 1;
    // What was listed before stays the same object, so that it is not judged again.
    return isTakingUp ? sighting : withOwnTexts(sighting);
  }

  /** Counts on from others than were told last: some were forgotten meanwhile, or another worker found them. */
  function takeUp(sightings: readonly Sighting[]): void {
    count = countRepeats(keep);
    listed = 0;
    isTakingUp = true;
    for (const sighting of sightings) count.add(sighting);
    isTakingUp = false;
  }

  /** Answers that came later than what was found in their requests. */
  function takeAnswers(exchanges: readonly Exchange[]): void {
    const late = exchanges.filter(({ isContinued, status, isUnsent }) => isContinued && (status !== null || isUnsent));
    if (late.length === 0) return;
    const answers = new Map(late.map((exchange) => [exchange.name, exchange]));
    const sightings = count.sightings();
    const answered = sightings.map((sighting) => withAnswer(sighting, answers));
    if (answered.some((one, index) => one !== sightings[index])) takeUp(answered);
  }

  /** What is known after these exchanges. `now` is in seconds since the epoch. */
  return function take(
    traffic: KnownTraffic,
    exchanges: readonly Exchange[],
    now: number,
    looking: Pick<Looking, 'looksAfter'> | null = null,
  ): KnownTraffic {
    let { leftOut } = traffic;
    if (traffic.sightings.length >= most) {
      const left = latest(traffic.sightings, Math.floor(most * leftWhenFull));
      takeUp(left);
      leftOut += traffic.sightings.length - left.length;
    } else if (traffic.sightings !== known.sightings) takeUp(traffic.sightings);
    const open = withOpen(traffic.open, exchanges);
    const whole = exchanges.map((exchange) => withRequest(exchange, open));
    const capture = { ...emptyCapture(now), exchanges: whole };
    const found = find(capture);
    const isToldAgain = createToldAgain(whole, count.sightings);
    for (const sighting of found.sightings)
      if (!isToldAgain(sighting) && count.add(sighting) === 'left-out') leftOut += 1;
    takeAnswers(whole);
    const problems = withOthers(traffic.problems, found.problems);
    const loads = withLoads(traffic.loads, exchanges);
    const looks = looking?.looksAfter(traffic.looks, capture, found) ?? traffic.looks;
    known = { sightings: count.sightings(), looks, problems, leftOut, loads, open };
    return known;
  };
}

/** Headers of an answer are told again, all of them, where some were not known the first time. */
function createToldAgain(
  exchanges: readonly Exchange[],
  listed: () => readonly Sighting[],
): (sighting: Sighting) => boolean {
  const names = new Set(
    exchanges.filter(({ isContinued, responseHeaders }) => isContinued && responseHeaders.length > 0).map(nameOf),
  );
  const idOf = ({ token, path, place }: Sighting) => JSON.stringify([token, path, place.label]);
  const isOfThose = ({ place }: Sighting) => names.has(place.exchange?.name ?? '');
  let told: Set<string> | null = null;
  return (sighting) => {
    if (!isOfThose(sighting) || !sourceOf(sighting.place.source)?.isInHead) return false;
    told ??= new Set(listed().filter(isOfThose).map(idOf));
    return told.has(idOf(sighting));
  };
}

const nameOf = ({ name }: Exchange) => name;

/** Where it was found, in whichever request of its kind. */
const kindOf = ({ place }: Sighting) => `${withoutNumber(place.label)} ${addressKind(place.url ?? '')}`;

/** So many of those that are there, then of the latest, of each kind alike, in their order. */
function latest(sightings: readonly Sighting[], most: number): Sighting[] {
  const met = (sighting: Sighting) => lastMet(sighting) ?? 0;
  const isGone = ({ goneAt }: Sighting) => Number(goneAt !== null);
  const ranked = [...sightings].sort((a, b) => isGone(b) - isGone(a) || met(a) - met(b));
  const left = new Set(fairShare(ranked, most, kindOf));
  return sightings.filter((sighting) => left.has(sighting));
}

/** One of a kind tells enough: the next request may have it, too. */
function withOthers(problems: readonly Problem[], found: readonly Problem[]): readonly Problem[] {
  if (found.length === 0) return problems;
  const kindOf = ({ code, subject = '' }: Problem) => `${code} ${withoutNumber(subject)}`;
  const all = new Map([...problems, ...found].reverse().map((problem) => [kindOf(problem), problem]));
  return [...all.values()].reverse().slice(0, mostProblems);
}

function withLoads(loads: KnownTraffic['loads'], exchanges: readonly Exchange[]): KnownTraffic['loads'] {
  const more = exchanges.flatMap(({ name, isDocument, url, startedAt, responseHeaders }) => {
    if (!isDocument || startedAt === null || url.length > longestUrl) return [];
    const location = responseHeaders.find(({ name }) => name.toLowerCase() === 'location')?.value;
    const target = location ? urlFrom(location, url) : null;
    const to = target && withoutFragment(target.href);
    return [{ name, url: withoutFragment(url), to: to !== null && to.length <= longestUrl ? to : null, at: startedAt }];
  });
  return more.length === 0 ? loads : [...loads, ...more].slice(-mostLoads);
}

/** With what was asked in these requests, where more may be told of them. A socket stays open longest. */
function withOpen(open: readonly OpenRequest[], exchanges: readonly Exchange[]): readonly OpenRequest[] {
  const more = exchanges.flatMap((exchange) => {
    if (
      exchange.isContinued ||
      exchange.responseBody ||
      exchange.isRecordedByPage ||
      exchange.posted ||
      exchange.traced
    )
      return [];
    const { name, madeBy, hasCredentials, asked } = exchangeFacts(exchange, 'received');
    return [withOwnTexts({ name, isSocket: /^ws/i.test(exchange.url), madeBy, hasCredentials, asked })];
  });
  const all = withCredentials(more.length === 0 ? open : [...open, ...more], exchanges);
  if (more.length === 0) return all;
  const [sockets, others] = [all.filter(({ isSocket }) => isSocket), all.filter(({ isSocket }) => !isSocket)];
  return [...sockets.slice(-mostOpen), ...others.slice(-mostOpen)];
}

/** Headers that were told later may show who asks. */
function withCredentials(open: readonly OpenRequest[], exchanges: readonly Exchange[]): readonly OpenRequest[] {
  const shown = new Set(
    exchanges
      .filter(({ isContinued, requestHeaders }) => isContinued && requestHeaders.length > 0)
      .filter((exchange) => exchangeFacts(exchange, 'received').hasCredentials)
      .map(({ name }) => name),
  );
  return shown.size === 0 ? open : open.map((one) => (shown.has(one.name) ? { ...one, hasCredentials: true } : one));
}

/** A request that is told of again, with what was told of it before. */
function withRequest(exchange: Exchange, open: readonly OpenRequest[]): Exchange {
  const toldBefore = exchange.isContinued ? open.findLast(({ name }) => name === exchange.name) : undefined;
  return toldBefore ? { ...exchange, toldBefore } : exchange;
}

function withAnswer(sighting: Sighting, answers: ReadonlyMap<string, Exchange>): Sighting {
  const { place } = sighting;
  if (!place.exchange || (place.exchange.status !== null && !place.exchange.isFromWorker)) return sighting;
  const answer = answers.get(place.exchange.name);
  if (!answer) return sighting;
  if (place.exchange.status !== null) return answer.isFromWorker ? sighting : withSentOn(sighting, place.exchange);
  const { status, startedAt, endedAt, answeredAt, isFrame, isFromCache, isFromWorker, isUnsent, reply } = exchangeFacts(
    answer,
    place.exchange.direction,
  );
  const { isUnsent: _, ...before } = place.exchange;
  const exchange: ExchangeFacts = {
    ...before,
    status,
    startedAt: before.startedAt ?? startedAt,
    endedAt,
    isFromCache,
    reply,
    ...(answeredAt !== undefined && { answeredAt }),
    ...(isFrame != null && { isFrame }),
    ...(isUnsent && { isUnsent }),
    ...(isFromWorker && { isFromWorker }),
  };
  // A socket that waited for its connection tells only then when it began.
  return withOwnTexts({ ...sighting, seenAt: sighting.seenAt ?? startedAt, place: { ...place, exchange } });
}

/** The service worker that answered was seen to send all of the request on. */
function withSentOn(sighting: Sighting, { isFromWorker: _, ...exchange }: ExchangeFacts): Sighting {
  return { ...sighting, place: { ...sighting.place, exchange } };
}

const withoutFragment = (url: string) => url.replace(/#.*$/s, '');

/** A copy that holds on to nothing else: a token cut out of a body would keep the whole of it. */
function withOwnTexts<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
