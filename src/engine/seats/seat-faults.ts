import type { Subject } from '../model/report.ts';
import { clip, listed } from '../text/sentence.ts';
import type { ReadSeat } from './seat.ts';
import { mayWith, powers, rightsWords } from './seat-rights.ts';
import { platformName, titleOf } from './seat-words.ts';
import type { Seating } from './seating.ts';
import { openersOf, shareCall } from './shared-call.ts';

/** What makes them something else than a host's and a guest's seat of one call, for sure. */
export function faultsOf(seating: Seating, isUnread: boolean): string[] {
  const { first, second, host, guest } = seating;
  const both = [first, second];
  const faults = both.filter(({ kind }) => kind === 'server').map(serverSentence);
  const shared = sharedCallTokens(seating);
  const [one] = shared;
  if (one) faults.push(sharedSentence(one, shared.length, seating));
  if (both.every(({ kind }) => kind === 'host' || kind === 'server') && both.some(({ kind }) => kind === 'host'))
    faults.push(bothHostSentence(seating));
  // A host token may lie where nobody looked.
  if (both.every(({ kind }) => kind === 'guest') && !isUnread)
    faults.push(
      `Neither ${first.name} nor ${second.name} holds a host token: by their tokens, both are guests’ seats.`,
    );
  if (shareCall(openersOf(first), openersOf(second)) === false) faults.push(otherCallSentence(seating));
  if (host && guest) faults.push(...allRightsSentences(host, guest));
  return faults;
}

function serverSentence({ name, tokens }: ReadSeat): string {
  const whose = tokens
    .filter(({ facts }) => facts.role === 'server')
    .map(({ provider }) => (provider ? platformName(provider) : 'its own'));
  return `${name} holds a server credential (${listed([...new Set(whose)].slice(0, 3))}), which is for no seat: it can do more than a host.`;
}

function sharedCallTokens({ first, second }: Seating): Subject[] {
  const known = new Set(second.tokens.map(({ token }) => token.id).filter((id) => id !== ''));
  return first.tokens.filter(({ token }) => known.has(token.id));
}

function sharedSentence(one: Subject, count: number, { first, second }: Seating): string {
  const more = count > 1 ? ` and ${count - 1} more` : '';
  return `${first.name} and ${second.name} hold the same token (${titleOf(one)}${more}): so they are not two seats, or one’s token lies in the other.`;
}

function bothHostSentence({ first, second }: Seating): string {
  const rights = powers.filter((one) => [first, second].every(({ tokens }) => mayWith(tokens, one) === true));
  const can = rights.length === 0 ? 'neither is a guest’s' : `either may ${rightsWords(rights, listed)}`;
  return `Both ${first.name} and ${second.name} hold a host token: ${can}.`;
}

function otherCallSentence({ first, second }: Seating): string {
  const [one, other] = nearest(openersOf(first), openersOf(second));
  const words = one && other ? `: ${callsWords(first, one, second, other)}` : '';
  return `${first.name} and ${second.name} are not seats of one call${words}.`;
}

/** The two tokens that have most in common, of one platform where there are such. */
function nearest(some: readonly Subject[], others: readonly Subject[]): (Subject | undefined)[] {
  for (const one of some.slice(0, 50)) {
    const other = others.slice(0, 50).find(({ provider }) => provider?.id === one.provider?.id);
    if (other) return [one, other];
  }
  return [some[0], others[0]];
}

function callsWords(first: ReadSeat, one: Subject, second: ReadSeat, other: Subject): string {
  const isSingle = [first, second].every((seat) => openersOf(seat).length === 1);
  const says = (verb: string, here: string, there: string) =>
    isSingle
      ? `${first.name}’s token ${verb} ${here}, ${second.name}’s ${verb} ${there}`
      : `a token of ${first.name} ${verb} ${here}, one of ${second.name} ${verb} ${there}`;
  const [here, there] = [one, other].map(({ provider }) => (provider ? platformName(provider) : 'a platform'));
  if (one.provider?.id !== other.provider?.id) return says('is of', here ?? '', there ?? '');
  const isTenant = one.facts.tenant !== other.facts.tenant && one.facts.tenant !== null && other.facts.tenant !== null;
  if (isTenant) return says('is of the tenant', named(one.facts.tenant), named(other.facts.tenant));
  return says('opens', named(one.facts.room), named(other.facts.room));
}

const named = (text: string | null) => (text === null ? 'none that is told' : clip(text, 40));

function allRightsSentences(host: ReadSeat, guest: ReadSeat): string[] {
  const granted = powers.filter((one) => mayWith(host.tokens, one) === true);
  const isAll = granted.length > 0 && granted.every((one) => mayWith(guest.tokens, one) === true);
  if (!isAll) return [];
  return [
    `${guest.name} is a guest’s seat by its role, but may do all that ${host.name}, the host’s, may: ${rightsWords(granted, listed)}.`,
  ];
}
