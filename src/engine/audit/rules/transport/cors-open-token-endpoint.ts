import type { Subject } from '../../../model/report.ts';
import type { Sighting } from '../../../model/token.ts';
import { hostOf } from '../../../text/hosts.ts';
import { clip } from '../../../text/sentence.ts';
import { siteOf } from '../../../text/site-of.ts';
import { type Answered, answeredByOthers, showsCredential } from '../../evidence/in-answer.ts';
import { type Spot, spots, whereWords } from '../../evidence/places.ts';
import { asvs, cwe } from '../references.ts';
import type { TokenRule, Verdict } from '../rule.ts';

export const corsOpenTokenEndpoint: TokenRule = {
  id: 'cors-open-token-endpoint',
  judges: 'token',
  group: 'transport',
  title: 'Any origin may read the token',
  severity: 'medium',
  why: 'A page of anybody can ask for a token and read the answer in the browser of whoever visits it.',
  fix: 'Allow the origins of your own pages by name.',
  references: [asvs('3.4.2'), cwe(942)],
  aboutTheft: true,
  applies: (subject) => subject.sightings.some((one) => answeredByOthers(subject, one)?.exchange.reply != null),
  check: (subject, { subjects }) => {
    const askers = createAskers(subjects);
    return spots(subject, (one) => {
      const answer = answeredByOthers(subject, one);
      return answer !== null && openness(answer, askers) !== null;
    }).map((spot) => verdictOn(spot, askers));
  },
};

type Openness = 'anybody' | 'public-client' | 'opaque' | 'several' | 'asker';

/** How far an answer is open to other origins; null where nothing is wrong with it. */
function openness(answer: Answered, askers: Askers): Openness | null {
  const { exchange, sighting } = answer;
  const { reply, asked, hasCredentials } = exchange;
  if (reply?.readableBy === 'anybody') {
    // What shows who asks cannot be shown by another origin: browsers send no cookies where everybody may read.
    if (hasCredentials !== false) return null;
    if (asked.some(([name]) => name === 'grant_type')) return 'public-client';
    return showsCredential(answer) ? null : 'anybody';
  }
  if (!reply?.allowsCredentials || reply.readableBy === null) return null;
  if (reply.readableBy === 'opaque') return 'opaque';
  const own = siteOf(hostOf(sighting.place.url) ?? '');
  const others = [...(askers(sighting.place.origin) ?? [])].filter((site) => site !== own);
  if (others.length === 0) return null;
  return others.length > 1 ? 'several' : 'asker';
}

function verdictOn(spot: Spot, askers: Askers): Verdict {
  const { sighting, at } = spot;
  const { exchange } = sighting.place;
  const kind = exchange ? openness({ sighting, exchange }, askers) : null;
  const where = whereWords(spot);
  const asker = clip(exchange?.madeBy ?? 'the origin that asked', 80);
  switch (kind) {
    case 'public-client':
      return { says: `Everybody’s pages may read the answer, as public clients need: ${where}.`, at, severity: 'low' };
    case 'opaque':
      return { says: `Every sandboxed frame may ask with the user’s cookies: ${where}.`, at, severity: 'high' };
    case 'several':
      return {
        says: `It lets pages of several sites ask with the user’s cookies, each by its own name: ${where}.`,
        at,
        severity: 'high',
        confidence: 'likely',
      };
    case 'asker':
      return {
        says: `It lets ${asker} ask with the user’s cookies; whether any other origin may, too, a request from there would show: ${where}.`,
        at,
        confidence: 'possible',
      };
    default:
      return { says: `Everybody’s pages may ask, and nothing showed who asked: ${where}.`, at, severity: 'medium' };
  }
}

type Askers = (server: string | null) => ReadonlySet<string> | undefined;

/** Sites that were let ask with cookies, by the server's origin. */
function createAskers(subjects: readonly Subject[]): Askers {
  const known = remembered.get(subjects) ?? readAskers(subjects);
  remembered.set(subjects, known);
  return (server) => known.get(server ?? '');
}

const remembered = new WeakMap<readonly Subject[], Map<string, Set<string>>>();

function readAskers(subjects: readonly Subject[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { place } of subjects.flatMap(({ sightings }): Sighting[] => sightings)) {
    const { exchange, origin } = place;
    if (exchange?.reply?.readableBy !== 'asker' || !exchange.reply.allowsCredentials || origin === null) continue;
    const site = siteOf(hostOf(exchange.madeBy) ?? '');
    const sites = found.get(origin);
    if (sites) sites.add(site);
    else found.set(origin, new Set([site]));
  }
  return found;
}
