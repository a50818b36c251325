import type { Facts } from '../engine/model/facts.ts';
import type { Token } from '../engine/model/token.ts';
import type { Provider } from '../engine/recognise/providers/provider.ts';
import { lackingClaims } from '../engine/recognise/required-claims.ts';

/** What a call platform requires of a token to join with, and this one lacks; a sentence, or null. Credentials of servers join nowhere. */
export function requirementProblem(token: Token, provider: Provider | null, facts: Facts | null): string | null {
  if (provider?.kind !== 'video' || facts?.use !== 'video-join' || facts.role === 'server') return null;
  const [lack] = lackingClaims(provider, token);
  return lack ? `\`${lack.path}\` is ${lack.is}; without it, ${lack.without}.` : null;
}
