import { jwsJson } from '../engine/decode/forms/jws-json.ts';
import type { IrregularityCode, Token } from '../engine/model/token.ts';
import type { Provider } from '../engine/recognise/providers/provider.ts';
import { jsonOddities } from '../engine/text/json.ts';
import { hasAt, memberOf, stringAt, valueAt } from '../engine/text/values.ts';
import type { Check } from '../introspection/reply.ts';
import { timeNames } from './time-check.ts';

const name = 'shape';

/** Oddities that do not make two readers differ in what a token says. */
const harmless: IrregularityCode[] = ['leading-whitespace', 'number-precision'];
/** As many oddities as the engine lists for one part; behind them others may hide. */
const mostOddities = 50;

/**
 * Whether a token reads in one way only, as one of a platform, or of an issuer that a general key serves. What one reader
 * would take for something else than another is refused, whatever its signature.
 */
export function checkShape(token: Token, provider: Provider | null, isOfIssuer: boolean): Check {
  const problem = damage(token) ?? ambiguity(token) ?? disclosureProblem(token, provider);
  if (problem) return { name, outcome: 'failed', reason: problem };
  if (provider) return { name, outcome: 'passed', reason: `The token reads as one of ${provider.name}.` };
  if (isOfIssuer) {
    return { name, outcome: 'passed', reason: 'The token reads as one of an accepted issuer.' };
  }
  return {
    name,
    outcome: 'not-checked',
    reason: 'The token is readable, but no known platform issues its shape.',
  };
}

function damage({ problem, header }: Token): string | null {
  if (problem) return `The token is damaged: ${problem.message}`;
  for (const member of ['kid', 'alg', 'typ']) {
    const value = valueAt(header, member);
    if (value !== undefined && typeof value !== 'string') {
      return `The header’s \`${member}\` is not a text.`;
    }
  }
  // Defined for encryption only (RFC 7516 §4.1.3): some readers would inflate the payload, others would not.
  return hasAt(header, 'zip') ? 'The token is compressed in a way that signed tokens are not.' : null;
}

function ambiguity({ irregularities, form, text }: Token): string | null {
  const found = irregularities.filter(({ code }) => !harmless.includes(code));
  const [first] = found;
  if (first) return `Readers differ in what the token says: ${first.message}`;
  if (irregularities.length >= mostOddities) return 'The token has more oddities than can be looked at.';
  if (form !== jwsJson.id) return null;
  const around = jsonOddities(text);
  return around.some(({ code }) => code === 'duplicate-member') || around.length >= mostOddities
    ? 'Readers differ in what the token says: a member of its JSON occurs twice.'
    : null;
}

/** RFC 9901 §7.1 and §9.7: every disclosure is named by a digest, once, and none decides. */
function disclosureProblem({ disclosures, claims }: Token, provider: Provider | null): string | null {
  const hash = hasAt(claims, '_sd_alg') ? stringAt(claims, '_sd_alg') : 'sha-256';
  if (hash === null || !['sha-256', 'sha-384', 'sha-512'].includes(hash))
    return 'The hash of its disclosures is not known.';
  if (disclosures.some(({ bound }) => !bound)) return 'A disclosure is not among those that were signed.';
  if (new Set(disclosures.map(({ digest }) => digest)).size < disclosures.length) return 'A disclosure comes twice.';
  const deciding = ['iss', 'aud', 'sub', 'cnf', 'vct', ...timeNames(provider)];
  const names = disclosures.map((disclosure) => disclosure.name);
  const decides = names.find((one) => one !== null && deciding.includes(one));
  if (decides) return `\`${decides}\` is disclosed beside the signed claims, where it counts for nothing.`;
  return names.some((one) => one !== null && memberOf(claims, one) !== undefined)
    ? 'A disclosure has the name of a signed claim.'
    : null;
}
