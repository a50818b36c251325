import { lastMet } from '../model/presence.ts';
import type { Sighting } from '../model/token.ts';
import { isServerOf } from '../recognise/server-of.ts';
import { hostOf } from '../text/hosts.ts';
import { shown } from '../text/sentence.ts';
import { platformReason } from './cause.ts';

/**
 * What the platform's own server said to the last request that carried the token: 401, that it takes nobody's word for it (RFC 9110
 * §15.5.2); 403, that it understood, and does not do what was asked (§15.5.4), which need not be joining.
 */
export const serverRefused = platformReason('server-refused', (provider, { subject }) => {
  const answered = subject.sightings.filter(
    ({ place: { exchange, url } }) =>
      exchange?.direction === 'sent' && exchange.status !== null && isServerOf(provider, url),
  );
  const last = answered.reduce<Sighting | null>((known, one) => (known && when(known) > when(one) ? known : one), null);
  const status = last?.place.exchange?.status ?? null;
  // Of what was only counted nobody knows how it was answered.
  if (!last || last.more !== undefined || (status !== 401 && status !== 403)) return [];
  return [
    {
      likelihood: status === 401 ? 'likely' : 'possible',
      says: `${shown(hostOf(last.place.url) ?? provider.name)} answered ${status} to the last request that carried the token.`,
      fix: 'See in the Network panel what the answer says; where it tells of the token, fetch a new one.',
      at: null,
    },
  ];
});

function when(sighting: Sighting): number {
  return lastMet(sighting) ?? 0;
}
