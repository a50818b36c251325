import { audit } from '../../src/engine/audit/audit.ts';
import { standard } from '../../src/engine/audit/policy/policies.ts';
import { rules } from '../../src/engine/audit/rules/index.ts';
import { createInspector, find, inspect } from '../../src/engine/inspect.ts';
import type { Subject } from '../../src/engine/model/report.ts';
import { pageOf, pageUrl } from '../builders/captures.ts';
import { dailyHost, dailyToken, jitsiToken, livekitToken, vonageToken } from '../builders/join-tokens.ts';
import { hours, jwt, now } from '../builders/tokens.ts';

const makers = [
  (id: string) => dailyToken({ ud: id }),
  (id: string) => dailyHost({ ud: id, exp: undefined }),
  (id: string) => jitsiToken({ room: '*' }, { id, name: 'Ada' }),
  (id: string) => livekitToken({}, { sub: id }),
  (id: string) => vonageToken({ connection_data: `userId=${id}` }),
  (id: string) =>
    jwt({ sub: id, iss: 'https://login.acme.com', aud: 'https://api.acme.com', scope: 'a', exp: now + hours(1) }),
];

/** So many different tokens, each in five places. */
function subjects(count: number): Subject[] {
  const tokens = Array.from({ length: count }, (_, index) => makers[index % makers.length]?.(`user-${index}`) ?? '');
  const named = Object.fromEntries(tokens.map((token, index) => [`k${index}`, token]));
  const picture = pageOf({
    local: { ...named, ...Object.fromEntries(tokens.map((token, index) => [`copy${index}`, token])) },
    session: named,
    cookies: tokens.map((value, index) => ({ name: `c${index}`, value, httpOnly: false })),
    frames: tokens.map((token, index) => `https://media${index % 7}.acme.com/?t=${token}`),
  });
  return inspect(find(picture).sightings, { now, policy: standard, page: picture.page }).subjects;
}

/** Judging alone, without finding and decoding: how fast, and whether twice the tokens cost twice the time. */
export function judgingTable(): string[][] {
  const rows = [['Tokens', 'sightings', 'ms', 'judgements per second', 'growth']];
  const page = { url: pageUrl, title: 'Call', scriptOrigins: ['https://cdn.other.net'], loadedAt: now - 60 };
  let before: number | null = null;
  for (const count of [500, 1000, 2000, 4000]) {
    const all = subjects(count);
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 5; round += 1) {
      // A fresh list, as each report has: what rules remember of a list must be paid for too.
      const fresh = [...all];
      const started = performance.now();
      audit(fresh, { now, policy: standard, page, pageMark: 'guest', subjects: fresh });
      best = Math.min(best, performance.now() - started);
    }
    const sightings = all.reduce((sum, subject) => sum + subject.sightings.length, 0);
    rows.push([
      String(count),
      String(sightings),
      best.toFixed(1),
      Math.round((count * rules.length) / (best / 1000)).toLocaleString('en-US'),
      before === null ? '–' : `× ${(best / before).toFixed(2)}`,
    ]);
    before = best;
  }
  return rows;
}

/** Inspecting again after a change, beside inspecting all: one token more, a second later, a minute later. */
export function inspectingAgainTable(): string[][] {
  const rows = [['Tokens', 'all at once, ms', 'nothing new', 'one token more', 'a second later', 'an hour later']];
  for (const count of [1000, 4000]) {
    const sightings = subjects(count + 1).flatMap((subject) => subject.sightings);
    const last = sightings.at(-1)?.token;
    const fewer = sightings.filter(({ token }) => token !== last);
    const page = { url: pageUrl, title: 'Call', scriptOrigins: ['https://cdn.other.net'], loadedAt: now - 60 };
    const inspectAgain = createInspector();
    const timed = (some: typeof sightings, at: number) => {
      const started = performance.now();
      inspectAgain(some, { now: at, policy: standard, page, pageMark: 'guest' });
      return performance.now() - started;
    };
    timed(fewer, now);
    const steps = [
      timed(fewer, now),
      timed(sightings, now),
      timed(sightings, now + 1),
      timed(sightings, now + hours(1)),
    ];
    let whole = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 3; round += 1) {
      const started = performance.now();
      inspect(sightings, { now, policy: standard, page, pageMark: 'guest' });
      whole = Math.min(whole, performance.now() - started);
    }
    rows.push([
      String(count),
      whole.toFixed(1),
      ...steps.map((one) => `${one.toFixed(1)} (× ${(one / whole).toFixed(2)})`),
    ]);
  }
  return rows;
}
