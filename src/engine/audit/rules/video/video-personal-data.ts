import type { Json } from '../../../text/json.ts';
import { valueAt } from '../../../text/values.ts';
import { personalKinds, sensitiveKinds } from '../../evidence/personal-data.ts';
import { isVideoJoin } from '../../evidence/video-token.ts';
import { asvs, cwe } from '../references.ts';
import type { TokenRule, Verdict } from '../rule.ts';

export const videoPersonalData: TokenRule = {
  id: 'video-personal-data',
  judges: 'token',
  group: 'video',
  title: 'Personal data in connection data',
  severity: 'low',
  why: 'Other participants, their logs and everybody who sees the token can read it: it is signed, not encrypted.',
  fix: 'Use an opaque id, and a display name the user chose.',
  references: [
    { title: 'LiveKit: tokens and grants', url: 'https://docs.livekit.io/home/get-started/authentication/' },
    asvs('14.2.6'),
    cwe(359),
  ],
  applies: (subject, context) => isVideoJoin(subject, context) && (context.provider?.publicClaims.length ?? 0) > 0,
  check({ token, facts }, { provider }) {
    const verdicts: Verdict[] = [];
    for (const path of provider?.publicClaims ?? []) {
      for (const { path: at, text } of textsAt(valueAt(token.claims, path), path)) {
        const kinds = personalKinds(text, at);
        if (kinds.length === 0) continue;
        // Identity and name are shown to everybody in the call.
        const isShown = text === facts.userId || text === facts.displayName;
        const isWorse =
          kinds.includes('phone number') ||
          kinds.some((kind) => sensitiveKinds.includes(kind)) ||
          (isShown && kinds.includes('e-mail address'));
        verdicts.push({
          says: `\`${at}\` holds ${kinds.map((kind) => `${/^[aeio]/.test(kind) ? 'an' : 'a'} ${kind}`).join(' and ')}${isShown ? ', shown to the others in the call' : ''}.`,
          at: `claims.${at}`,
          severity: isWorse ? 'medium' : 'low',
          confidence: 'likely',
        });
      }
    }
    return verdicts.slice(0, 10);
  },
};

/** Strings at a claim and below it, two levels deep and at most fifty: attributes and user objects are small. */
function textsAt(value: Json | undefined, path: string, depth = 0): { path: string; text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (typeof value === 'number') return [{ path, text: String(value) }];
  if (typeof value !== 'object' || value === null || depth > 2) return [];
  return Object.keys(value)
    .slice(0, 50)
    .flatMap((name) => textsAt(valueAt(value as never, name), `${path}.${name}`, depth + 1))
    .slice(0, 50);
}
