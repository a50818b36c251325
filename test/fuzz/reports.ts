/** What is written down: reports, locks, seats, in which no token stands that was not asked for, and files of these that are read again. */
import fc from 'fast-check';
import { policies } from '../../src/engine/audit/policy/policies.ts';
import { joinAnswer } from '../../src/engine/diagnose/join.ts';
import { checkSteps } from '../../src/engine/expect/check-steps.ts';
import { ExpectationError, parseExpectations } from '../../src/engine/expect/expectations.ts';
import { detect } from '../../src/engine/find/detect.ts';
import { find, inspect as inspectSightings } from '../../src/engine/inspect.ts';
import type { Capture } from '../../src/engine/model/capture.ts';
import { isLive } from '../../src/engine/redact/token-edits.ts';
import {
  acceptedLock,
  checkExpectations,
  compareLocks,
  compareSeats,
  expectationsOfSeats,
  expectWhatIsSeen,
  formatLock,
  inspect,
  LockError,
  lockTokens,
  parseLock,
  reportFormats,
  SeatsError,
  writeReport,
} from '../../src/library/index.ts';
import { pageOf } from '../builders/captures.ts';
import { base64url, now } from '../builders/tokens.ts';
import { hostileToken, key, name, objectOf, token, value } from './arbitraries.ts';
import { anyToken } from './properties.ts';

const place = fc.constantFrom('local', 'windowName', 'history', 'cookie', 'url', 'header', 'body', 'text');
const found = fc.tuple(place, key, token);

function captureOf(all: readonly (readonly [string, string, string])[]): Capture {
  const capture = pageOf({});
  for (const [where, called, text] of all) {
    const more = pageOf(partsOf(where, called, text));
    capture.stores.push(...more.stores);
    capture.cookies.push(...more.cookies);
    capture.texts.push(...more.texts);
    capture.exchanges = [...(capture.exchanges ?? []), ...(more.exchanges ?? [])];
  }
  return capture;
}

function partsOf(where: string, called: string, text: string): Parameters<typeof pageOf>[0] {
  const address = `https://call.example/${encodeURIComponent(called.replace(/[\ud800-\udfff]/g, ''))}?t=${text}`;
  switch (where) {
    case 'local':
      return { local: { [called]: text } };
    case 'windowName':
      return { windowName: text };
    case 'history':
      return { historyState: JSON.stringify({ [called]: text }) };
    case 'cookie':
      return { cookies: [{ name: called, value: text }] };
    case 'header':
      return { exchanges: [{ requestHeaders: [{ name: called, value: `Bearer ${text}` }] }] };
    case 'body':
      return { exchanges: [{ responseBody: { text: JSON.stringify({ [called]: text }), mimeType: called } }] };
    case 'url':
      return { exchanges: [{ url: address }] };
    default:
      return { texts: [`${called} ${text}`] };
  }
}

/** Every format, the lock, expectations and the comparison of two seats, masked: no token in them, none that could be used. */
export const masksWhatIsWritten = fc.property(
  fc.array(found, { minLength: 1, maxLength: 2 }),
  found,
  fc.nat(),
  (one, another, pick) => {
    const [report, other] = [inspect(captureOf(one)), inspect(captureOf([another]))];
    const secrets = [...one, another]
      .map(([, , text]) => text)
      .filter((text) => text.length >= 40 && detect(text).hits.some(isLive));
    const expected = expectWhatIsSeen(report);
    const results = checkExpectations(report, expected);
    const format = reportFormats[pick % reportFormats.length] as string;
    const written = [
      writeReport(report, format, { expectations: results }),
      formatLock(lockTokens(report)),
      JSON.stringify(compareSeats(report, other)),
      JSON.stringify(expected),
    ];
    for (const text of written) {
      for (const secret of secrets) if (text.includes(secret)) throw new Error(`${format}: ${secret} in ${text}`);
    }
    for (const text of textsOf(report)) {
      // What lacks its signature opens nothing.
      const live = detect(text).hits.filter((hit) => isLive(hit) && hit.note === null && hit.form !== 'damaged');
      if (live.length > 0) throw new Error(`The report holds ${JSON.stringify(live)} in ${text}`);
    }
  },
);

function textsOf(given: unknown): string[] {
  if (typeof given === 'string') return given.length >= 40 ? [given] : [];
  if (typeof given !== 'object' || given === null) return [];
  return Object.values(given).flatMap(textsOf);
}

/** A lock that is written is read again, and differs in nothing from what was locked; whatever else is read is refused in words. */
export const locksAnything = fc.property(
  fc.array(found, { minLength: 1, maxLength: 2 }),
  found,
  fc.oneof(value, fc.constant(null)),
  fc.nat(),
  (one, another, odd, at) => {
    const lock = lockTokens(inspect(captureOf(one)));
    const text = formatLock(lock);
    // A lock of nothing would always hold, and is refused.
    if (lock.kinds.length === 0) return;
    const again = parseLock(text);
    if (formatLock(again) !== text) throw new Error('A lock that was read is written otherwise');
    if (compareLocks(again, lock).length > 0)
      throw new Error(`It differs from itself: ${JSON.stringify(compareLocks(again, lock))}`);
    const other = lockTokens(inspect(captureOf([another])));
    compareLocks(lock, other);
    const accepted = acceptedLock(lock, other);
    const left = compareLocks(accepted, other);
    if (left.length > 0) throw new Error(`What was accepted differs: ${JSON.stringify(left)}`);
    const spoilt =
      odd === null ? text.slice(0, at % text.length) : text.replace(/: ("[^"]*"|\[\]|\d+)/, () => `: ${odd}`);
    try {
      formatLock(parseLock(spoilt));
    } catch (error) {
      if (!(error instanceof LockError)) throw error;
    }
  },
);

/** Two people's tokens are compared whatever they hold; expectations of them are made, or refused in words, and hold. */
export const comparesAnySeats = fc.property(
  fc.array(found, { maxLength: 2 }),
  fc.array(found, { maxLength: 2 }),
  (one, another) => {
    const [a, b] = [inspect(captureOf(one)), inspect(captureOf(another))];
    const { verdict } = compareSeats(a, b);
    if (verdict.outcome !== compareSeats(b, a).verdict.outcome) throw new Error('The order of the seats matters');
    try {
      const { file } = expectationsOfSeats(a, b);
      checkExpectations(a, file);
    } catch (error) {
      if (!(error instanceof SeatsError)) throw error;
    }
  },
);

const stepText = fc
  .array(
    fc.tuple(
      fc.oneof(fc.constantFrom('name', 'open', 'action', 'expect', 'pages'), name),
      fc.oneof(value, fc.constantFrom('"https://call.example/*"', '"/standup"', '[{"none":{}}]', '[]')),
    ),
    { maxLength: 4 },
  )
  .map((list) => `{"steps":[${objectOf([['name', '"a"'], ...list])}]}`);

/** Steps of a run are refused in words or checked, and why a token opens no call is told of any. */
export const checksAnyStep = fc.property(stepText, hostileToken, name, (text, judged, room) => {
  const page = pageOf({ local: { token: judged } });
  const { sightings } = find(page);
  const report = inspectSightings(sightings, { now, policy: policies.standard, page: page.page });
  for (const subject of report.subjects)
    joinAnswer(subject, { now, pageUrl: page.page?.url ?? null, frames: [], room });
  try {
    const expected = parseExpectations(text);
    const results = checkSteps(report, expected);
    if (results.length !== expected.steps?.length) throw new Error('Not every step has a result');
  } catch (error) {
    if (!(error instanceof ExpectationError)) throw error;
  }
});

const nestings = [
  (text: string) => base64url(text),
  (text: string) => encodeURIComponent(text),
  (text: string) => JSON.stringify({ a: text }),
  (text: string) => `header.${base64url(text)}.x`,
];
/** Encodings in encodings, deeper than is looked: what is found is in the budget, and what is left is told or is no token. */
export const staysInBudget = fc.property(
  anyToken,
  fc.array(fc.nat(nestings.length - 1), { maxLength: 9 }),
  (text, layers) => {
    const wrapped = layers.reduce(
      (inner, which) => (inner.length > 100_000 ? inner : (nestings[which]?.(inner) ?? inner)),
      text,
    );
    const { hits, problems } = detect(wrapped, { key: 'a' });
    if (hits.length > wrapped.length) throw new Error(`${hits.length} hits`);
    for (const { message } of problems) if (message === '') throw new Error('A problem without words');
  },
);
