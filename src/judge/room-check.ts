import type { Facts } from '../engine/model/facts.ts';
import type { Token } from '../engine/model/token.ts';
import type { Provider } from '../engine/recognise/providers/provider.ts';
import type { Check } from '../introspection/reply.ts';

const name = 'room';

/** What a room is compared with. */
interface Asked {
  token: Token;
  provider: Provider | null;
  facts: Facts | null;
  room?: string;
}

/**
 * Whether a token opens the room asked for. Called for verified tokens only: the pattern in a forged one is nobody's
 * business. With `foldsCase`, `Standup` and `standup` are one room.
 */
export function checkRoom(asked: Asked, { foldsCase = false } = {}): Check {
  const { token, provider, facts, room: wanted = '' } = asked;
  const refusal = joiningRefused(asked);
  if (refusal !== null) return { name, outcome: 'failed', reason: refusal };
  if (facts?.roomScope === 'all-rooms' && facts.room === null && mayWithhold(token)) {
    return { name, outcome: 'not-checked', reason: 'The token withholds claims, and one may name a room.' };
  }
  if (facts?.roomScope === 'all-rooms') return { name, outcome: 'passed', reason: 'It opens every room.' };
  const isOpened = facts?.roomScope === 'some-rooms' ? (provider?.opensRoom?.(token, wanted) ?? null) : null;
  if (isOpened !== null) {
    return isOpened
      ? { name, outcome: 'passed', reason: 'Its pattern fits the room asked for.' }
      : { name, outcome: 'failed', reason: 'It is for other rooms: its pattern does not fit the one asked for.' };
  }
  if (!facts?.room || facts.roomScope !== 'one-room') {
    return { name, outcome: 'not-checked', reason: 'The token does not name one room.' };
  }
  const isSame = foldsCase ? facts.room.toLowerCase() === wanted.toLowerCase() : facts.room === wanted;
  const shown = JSON.stringify(facts.room.slice(0, 100));
  return isSame
    ? { name, outcome: 'passed', reason: `It is for the room ${shown}.` }
    : { name, outcome: 'failed', reason: `It is for another room, ${shown}.` };
}

/** Why a token joins no room at all, whichever it names; null for one that may. */
function joiningRefused({ provider, facts }: Asked): string | null {
  const join = facts?.privileges.join;
  if (join?.allowed === false) return `It joins no room: ${join.because}.`;
  if (provider?.kind !== 'video' || facts?.use !== 'video-join' || !provider.identityClaim?.required) return null;
  return facts.userId === null || facts.userId === ''
    ? `It joins no room: it names nobody, and ${provider.name} lets nobody in without an identity.`
    : null;
}

/** Digests in place of claims stand in `_sd`, at any depth (RFC 9901 §4.2.4). */
function mayWithhold({ claims }: Token): boolean {
  return JSON.stringify(claims).includes('"_sd"');
}
