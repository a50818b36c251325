import type { Facts, Times } from '../model/facts.ts';
import type { Subject } from '../model/report.ts';
import type { Token } from '../model/token.ts';
import type { JoinProblem, Provider } from '../recognise/providers/provider.ts';
import { addressFrom } from '../text/hosts.ts';

/** One reason why joining with a token fails, or not as meant. */
export interface Cause extends JoinProblem {
  /** Stable kebab-case code, e.g. "expired", "room-differs". */
  id: string;
}

export interface Surroundings {
  /** Seconds since the epoch. */
  now: number;
  /** Address of the top page, or null when there is none (a file, a pasted token). */
  pageUrl: string | null;
  frames: readonly { url: string }[];
  /** Name of the room that is asked for, where somebody says it. */
  room?: string | null;
  /** Text in front of the token, or behind it, that would be sent with it. */
  around?: string;
}

/** Everything a reason may look at. */
export interface Situation extends Surroundings {
  subject: Subject;
  token: Token;
  facts: Facts;
  times: Times;
  /** The platform the token is of; null when none knows it. */
  provider: Provider | null;
  /** Of the page, then of its frames; those that are no URL left out. */
  addresses: readonly URL[];
}

/** What can be wrong. Pure; one that fails takes no other along. */
export interface Reason {
  /** The id of its causes, unless one has its own. */
  id: string;
  /** True when it explains all by itself: what the token lacks besides is no cause. */
  settles?: boolean;
  causes(situation: Situation): readonly (JoinProblem & { id?: string })[];
}

/** A reason that only a platform's own ways can give. */
export function platformReason(
  id: string,
  causes: (provider: Provider, situation: Situation) => ReturnType<Reason['causes']>,
): Reason {
  return { id, causes: (situation) => (situation.provider ? causes(situation.provider, situation) : []) };
}

export function situationOf(subject: Subject, provider: Provider | null, surroundings: Surroundings): Situation {
  const { token, facts, times } = subject;
  const { pageUrl, frames } = surroundings;
  const addresses = [pageUrl, ...frames.slice(0, 100).map(({ url }) => url)].flatMap(parsed);
  return { ...surroundings, subject, token, facts, times, provider, addresses };
}

/** The address as a list of one, or an empty list when it is none. */
export function parsed(address: string | null): URL[] {
  const url = addressFrom(address);
  return url ? [url] : [];
}

/** Where a cause at such a path is: `claims.exp`, `header.alg`. */
export function placeOf(path: string): string {
  return path.startsWith('header.') ? path : `claims.${path}`;
}
