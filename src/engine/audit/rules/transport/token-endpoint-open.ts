import type { Subject } from '../../../model/report.ts';
import type { Sighting, TokenUse } from '../../../model/token.ts';
import { urlFrom } from '../../../text/hosts.ts';
import { clip } from '../../../text/sentence.ts';
import { stringAt } from '../../../text/values.ts';
import { type Answered, answeredByOthers, showsCredential } from '../../evidence/in-answer.ts';
import { asvs, cwe } from '../references.ts';
import type { ReportRule } from '../rule.ts';

export const tokenEndpointOpen: ReportRule = {
  id: 'token-endpoint-open',
  judges: 'report',
  group: 'transport',
  title: 'Token handed out without credentials',
  severity: 'high',
  why: 'Whoever knows the address can ask for a token in anybody’s name.',
  fix: 'Hand tokens only to users who are signed in, and take name, room and role from their session. Where guests may join, give them the least that joining takes.',
  references: [asvs('8.3.1'), asvs('7.2.1'), cwe(306), cwe(862)],
  aboutTheft: true,
  check({ subjects }) {
    const isTelling = createTelling(subjects);
    const endpoints = new Map<string, Handed[]>();
    for (const subject of subjects) {
      if (!handedOut.includes(subject.facts.use)) continue;
      for (const sighting of subject.sightings) {
        const handed = isTelling(sighting) ? handedTo(subject, sighting) : null;
        if (!handed) continue;
        const known = endpoints.get(handed.endpoint);
        if (known) known.push(handed);
        else endpoints.set(handed.endpoint, [handed]);
      }
    }
    return [...endpoints].flatMap(([endpoint, all]) => {
      const identities = new Map(all.map((one) => [one.identity, one]));
      if (identities.size < 2) return [];
      const names = [...identities.values()].slice(0, 2).map(({ words }) => words);
      return [
        {
          says: `${clip(endpoint, 100)} gave tokens for ${names.join(' and for ')} to requests that showed nothing but these names.`,
          at: null,
          tokens: [...new Set(all.map(({ subject }) => subject.token.id))],
          confidence: 'possible',
          keepsSeverity: true,
        } as const,
      ];
    });
  },
};

const handedOut: readonly TokenUse[] = ['video-join', 'access', 'session'];

/** A token that was handed to whoever named its holder. */
interface Handed {
  subject: Subject;
  /** Method and address, without what the caller chose. */
  endpoint: string;
  identity: string;
  words: string;
}

function handedTo(subject: Subject, sighting: Sighting): Handed | null {
  const answer = answeredByOthers(subject, sighting);
  if (answer?.exchange.hasCredentials !== false || !isSuccess(answer.exchange.status)) return null;
  const address = urlFrom(sighting.place.url);
  if (!address) return null;
  const named = [...answer.exchange.asked, ...address.searchParams];
  if (showsCredential(answer)) return null;
  const segments = address.pathname.split('/', 50).map(decoded);
  const chosen = chosenBy(subject, new Set([...named.map(([, value]) => value), ...segments]));
  if (chosen.length === 0) return null;
  const path = segments.map((segment) => (chosen.includes(segment) ? '…' : segment)).join('/');
  return {
    subject,
    endpoint: `${answer.exchange.method} ${address.origin}${path}`,
    identity: JSON.stringify(chosen),
    words: chosen.map((value) => `"${clip(value, 40)}"`).join(', '),
  };
}

/** Whatever of who the holder is stood in the request. */
function chosenBy({ facts, token: { claims } }: Subject, asked: ReadonlySet<string>): string[] {
  const { displayName, room } = facts;
  const userId = facts.userId ?? stringAt(claims, 'sub');
  const own = [userId, displayName, room].flatMap((value) => (value && asked.has(value) ? [value] : []));
  // The room alone is no identity: everybody who joins it names it.
  return [userId, displayName].some((value) => value && own.includes(value)) ? [...new Set(own)] : [];
}

const isSuccess = (status: number | null) => status !== null && status >= 200 && status < 300;

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** Whether a missing credential says anything: exported recordings are often cleaned of cookies and of `Authorization`. */
function createTelling(subjects: readonly Subject[]): (sighting: Sighting) => boolean {
  const whole = new Set<string>();
  for (const { sightings } of subjects)
    for (const { place, input } of sightings)
      if (input !== undefined && place.exchange && isCleanedAway(place)) whole.add(input);
  return ({ input }) => input === undefined || whole.has(input);
}

function isCleanedAway({ traits, key }: Answered['sighting']['place']): boolean {
  return traits.storage === 'cookie' || key?.toLowerCase() === 'authorization';
}
