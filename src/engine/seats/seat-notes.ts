import type { Subject } from '../model/report.ts';
import { clip, listed } from '../text/sentence.ts';
import type { ReadSeat } from './seat.ts';
import { nounOf, platformName, titleOf } from './seat-words.ts';
import type { Seating } from './seating.ts';
import { isOneCall, openersOf } from './shared-call.ts';

/** What has to be known, though it changes nothing. */
export function notesOf(seating: Seating): string[] {
  const { first, second, guest } = seating;
  const both = [first, second];
  return [
    ...both.flatMap((seat) => goneSentences(seat, seat === guest)),
    ...both.flatMap(expiredSentences),
    ...both.flatMap(notYetSentences),
    ...samePersonSentences(seating),
    ...policySentences(seating),
    ...(guest ? otherRoomSentences(seating, guest) : []),
    ...both.flatMap(unsureSentences),
    ...both.flatMap(otherTokens),
  ];
}

function goneSentences({ name, gone, kind }: ReadSeat, isGuest: boolean): string[] {
  const hosts = gone.filter(({ facts }) => facts.role === 'host' || facts.role === 'server');
  const [first] = hosts;
  if (!first || !(isGuest || kind === 'unknown')) return [];
  return [`${name} held a host token before (${titleOf(first)}), which is gone.`];
}

function expiredSentences({ name, tokens, kind }: ReadSeat): string[] {
  const isOver = ({ times }: Subject) => times.status === 'expired';
  if (tokens.length > 0 && tokens.every(isOver)) return [`Every call token of ${name} has expired.`];
  const hosts = tokens.filter(({ facts }) => facts.role === 'host');
  if (kind !== 'host' || !hosts.every(isOver)) return [];
  return [
    `${hosts.length === 1 ? 'The' : 'Every'} host token of ${name} has expired; not all of its call tokens have.`,
  ];
}

function notYetSentences({ name, tokens }: ReadSeat): string[] {
  if (tokens.length === 0 || !tokens.every(({ times }) => times.status === 'not-yet-valid')) return [];
  return [`No call token of ${name} is valid yet.`];
}

function samePersonSentences({ first, second }: Seating): string[] {
  const users = ({ tokens }: ReadSeat) => new Set(tokens.flatMap(({ facts }) => (facts.userId ? [facts.userId] : [])));
  const here = users(first);
  const isShared = [...users(second)].some((id) => here.has(id));
  const ids = new Set(second.others.filter(isPersonal).map(({ token }) => token.id));
  const session = first.others.filter(isPersonal).find(({ token }) => token.id !== '' && ids.has(token.id));
  return [
    ...(isShared ? ['Tokens of both seats are for one user id, as if one person sat in both.'] : []),
    ...(session
      ? [`Both seats hold the same ${nounOf(session.facts.use)}, as if one person were signed in to both.`]
      : []),
  ];
}

function policySentences({ first, second }: Seating): string[] {
  const [one, other] = [first.report.policy, second.report.policy];
  if (one === other) return [];
  return [`Their findings were judged by different policies: ${clip(one, 40)} and ${clip(other, 40)}.`];
}

/** What says who somebody is; keys of an application are the same for all. */
const isPersonal = ({ facts }: Subject) => ['access', 'id', 'refresh', 'session'].includes(facts.use);

/** Tokens of the guest's seat for calls that are none of the host's. */
function otherRoomSentences({ first, second }: Seating, guest: ReadSeat): string[] {
  const host = guest === first ? second : first;
  const elsewhere = guest.tokens.filter((one) =>
    openersOf(host)
      .slice(0, 200)
      .every((other) => isOneCall(one, other) === false),
  );
  if (elsewhere.length === 0 || elsewhere.length === guest.tokens.length) return [];
  const rooms = [...new Set(elsewhere.map(titleOf))];
  const more = rooms.length > 3 ? ` and ${rooms.length - 3} more` : '';
  return [`${guest.name} holds tokens for other calls, too: ${rooms.slice(0, 3).join('; ')}${more}.`];
}

function unsureSentences({ name, tokens }: ReadSeat): string[] {
  const words = tokens.flatMap(({ provider }) =>
    provider && provider.confidence !== 'certain' ? [`${platformName(provider)} (${provider.confidence})`] : [],
  );
  const names = [...new Set(words)].slice(0, 3);
  return names.length === 0 ? [] : [`Of which platform tokens of ${name} are is not certain: ${listed(names)}.`];
}

function otherTokens({ name, others }: ReadSeat): string[] {
  const unknown = others.filter(({ facts }) => facts.use === 'unknown').length;
  if (unknown === 0) return [];
  return [
    `What ${unknown === 1 ? 'one more token' : `${unknown} more tokens`} of ${name} ${unknown === 1 ? 'is' : 'are'} for is not known.`,
  ];
}
