import type { Privilege } from '../model/facts.ts';
import { anyOf, listed } from '../text/sentence.ts';
import { mayWith, powers, rightsWords } from './seat-rights.ts';
import type { Seating } from './seating.ts';

/** Who is the host and who the guest, and what tells them apart; none where that is not told. */
export function rolesOf({ host, guest }: Seating): string[] {
  if (!host || !guest) return [];
  const granted = powers.filter((one) => mayWith(host.tokens, one) === true);
  const denied = granted.filter((one) => mayWith(guest.tokens, one) === false);
  const open = granted.filter((one) => mayWith(guest.tokens, one) === null);
  const held = powers.filter((one) => mayWith(guest.tokens, one) === true);
  const shared = held.filter((one) => granted.includes(one));
  const own = held.filter((one) => !granted.includes(one));
  const kept = [
    ...(shared.length > 0 ? [`${guest.name} may ${rightsWords(shared, listed)}, as ${host.name} may.`] : []),
    ...(own.length > 0
      ? [`${guest.name} may ${rightsWords(own, listed)}, which no token of ${host.name} grants.`]
      : []),
  ];
  const lead = leadSentence(host.name, guest.name, denied, open);
  // Whoever reads one sentence has to read that a guest may do what guests ought not to.
  const isAlarming = held.some((one) => one !== 'bypass-lobby');
  return [
    isAlarming ? [lead, ...kept].join(' ') : lead,
    ...(denied.length > 0 && open.length > 0
      ? [
          `No token of ${guest.name} grants it to ${rightsWords(open, anyOf)}, as the host’s does; whether it may, the platform decides.`,
        ]
      : []),
    ...(isAlarming ? [] : kept),
  ];
}

/** "host.har is the host’s seat, guest.har a guest’s" */
export const seatsClause = (host: string, guest: string) => `${host} is the host’s seat, ${guest} a guest’s`;

function leadSentence(host: string, guest: string, denied: readonly Privilege[], open: readonly Privilege[]): string {
  const seats = seatsClause(host, guest);
  if (denied.length > 0) return `${seats}: ${guest} may not ${rightsWords(denied, anyOf)}.`;
  if (open.length === 0) return `${seats}, by their roles. What a host may do beyond a guest, the tokens do not say.`;
  return `${seats}: no token of ${guest} grants what the host’s does, to ${rightsWords(open, listed)}. Whether it may all the same, the platform decides.`;
}
