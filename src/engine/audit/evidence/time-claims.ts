import type { Subject } from '../../model/report.ts';
import type { Provider } from '../../recognise/providers/provider.ts';
import { hasAt } from '../../text/values.ts';

export interface TimeClaim {
  /** Name in the payload. */
  name: string;
  /** Seconds since the epoch as far as the platform reads them so. */
  value: number;
  says: 'issued' | 'starts' | 'ends';
}

/** Names of the time claims of a token: the registered ones where it has them, otherwise the platform's own. */
export function timeNames(
  { token: { claims } }: Pick<Subject, 'token'>,
  provider: Provider | null,
): { issued: string; starts: string; ends: string } {
  const pick = (registered: string, own: string | undefined) =>
    own === undefined || hasAt(claims, registered) ? registered : own;
  const own = provider?.timeClaims;
  return { issued: pick('iat', own?.issuedAt), starts: pick('nbf', own?.notBefore), ends: pick('exp', own?.expiresAt) };
}

/** Every time claim that holds a number. */
export function timeClaims(subject: Subject, provider: Provider | null): TimeClaim[] {
  const { times } = subject;
  const names = timeNames(subject, provider);
  const list: TimeClaim[] = [];
  if (times.expiresAt !== null) list.push({ name: names.ends, value: times.expiresAt, says: 'ends' });
  if (times.notBefore !== null) list.push({ name: names.starts, value: times.notBefore, says: 'starts' });
  if (times.issuedAt !== null) list.push({ name: names.issued, value: times.issuedAt, says: 'issued' });
  return list;
}

/** By how much a time is too large when it was meant for the years 2000 to 2100; 1 when it reads as seconds or nothing fits. */
export function scaleOf(value: number): 1 | 1e3 | 1e6 | 1e9 {
  for (const scale of [1e3, 1e6, 1e9] as const) {
    if (value >= 946_684_800 * scale && value <= 4_102_444_800 * scale) return scale;
  }
  return 1;
}
