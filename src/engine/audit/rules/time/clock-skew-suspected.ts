import type { Subject } from '../../../model/report.ts';
import { skewSeconds } from '../../../recognise/times.ts';
import { hostOf } from '../../../text/hosts.ts';
import { clip } from '../../../text/sentence.ts';
import { inWords } from '../../../text/time-words.ts';
import { rfc } from '../references.ts';
import type { ReportRule } from '../rule.ts';

export const clockSkewSuspected: ReportRule = {
  id: 'clock-skew-suspected',
  judges: 'report',
  group: 'time',
  title: 'Local and server clocks differ',
  severity: 'info',
  why: 'What is said here of times goes by the clock of the computer that the page ran on; the server goes by its own.',
  fix: 'Set the clock that is wrong.',
  references: [rfc(9110, '6.6.1'), rfc(7519, '4.1.4')],
  check: ({ subjects }) =>
    [...offsetsByHost(subjects)].flatMap(([host, { offsets, tokens }]) => {
      const offset = agreed([...offsets.values()]);
      if (offset === null) return [];
      const way = offset > 0 ? 'ahead of' : 'behind';
      return [
        {
          says: `The clock of ${clip(host, 80)} was ${inWords(Math.abs(offset))} ${way} that of this computer in two answers.`,
          at: null,
          tokens: [...tokens],
          confidence: 'likely',
        } as const,
      ];
    }),
};

interface Offsets {
  /** Seconds that the server's clock is ahead, by exchange. */
  offsets: Map<string, number>;
  tokens: Set<string>;
}

function offsetsByHost(subjects: readonly Subject[]): Map<string, Offsets> {
  const hosts = new Map<string, Offsets>();
  for (const { sightings, token } of subjects) {
    for (const { place, input = '' } of sightings) {
      const { exchange } = place;
      const host = hostOf(place.url);
      const offset = exchange && host !== null ? offsetOf(exchange) : null;
      if (!exchange || host === null || offset === null) continue;
      const known = hosts.get(host) ?? { offsets: new Map(), tokens: new Set() };
      if (known.offsets.size < enough) known.offsets.set(`${input} ${exchange.name} ${exchange.startedAt}`, offset);
      known.tokens.add(token.id);
      hosts.set(host, known);
    }
  }
  return hosts;
}

type Exchange = NonNullable<Subject['sightings'][number]['place']['exchange']>;

/** Seconds by which the server's clock lies outside the time that the request took; 0 within it, null where nothing tells. */
function offsetOf({ startedAt, endedAt, reply, isFromCache, isFromWorker, method, status }: Exchange): number | null {
  if (startedAt === null || endedAt === null || !reply || reply.serverAt === null) return null;
  if (isFromCache || isFromWorker) return null;
  // A cache on the way hands out an old `Date`, and not every one tells its `Age`.
  const isFresh = reply.keptBy === 'nobody' || reply.keptBy === 'browser' || status === 101;
  if (!isFresh && (method === 'GET' || method === 'HEAD')) return null;
  if (reply.serverAt > endedAt) return reply.serverAt - endedAt;
  return Math.min(0, reply.serverAt - startedAt);
}

/** Answers of one host that are compared: the first ones, which are listed however often the same comes again. */
const enough = 2;

/** The smaller of two offsets that both lie beyond what clocks may differ by, on one side; null otherwise. */
function agreed(offsets: readonly number[]): number | null {
  if (offsets.length < enough) return null;
  const isAhead = offsets.every((offset) => offset > skewSeconds);
  const isBehind = offsets.every((offset) => offset < -skewSeconds);
  if (!isAhead && !isBehind) return null;
  return isAhead ? Math.min(...offsets) : Math.max(...offsets);
}
