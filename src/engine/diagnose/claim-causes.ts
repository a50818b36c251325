import type { Confidence } from '../model/token.ts';
import { isOfType } from '../recognise/claim-type.ts';
import type { ClaimMeaning, ClaimType, JoinProblem, Provider } from '../recognise/providers/provider.ts';
import { meaningOf } from '../recognise/registered-claims.ts';
import type { Json, JsonObject } from '../text/json.ts';
import { shown } from '../text/sentence.ts';
import { closestName } from '../text/spelling.ts';
import { hasAt, memberOf, objectAt } from '../text/values.ts';
import { type Cause, placeOf, platformReason, valueIn } from './cause.ts';

export const claimMissing = platformReason('claim-missing', (provider, { token, facts }) => {
  if (!token.claims || token.problem) return [];
  const { required = {}, name, fixes, timeClaims } = provider;
  const ruleFor = (path: string) => {
    if (path === (timeClaims?.expiresAt ?? 'exp')) return 'exp-missing';
    return path === facts.roomClaim ? 'video-room-missing' : null;
  };
  return Object.entries(required).flatMap(([path, without]): JoinProblem[] => {
    const value = valueIn(token, path);
    const blank = typeof value === 'string' && value.trim() === '';
    if (value !== undefined && value !== null && !blank) return [];
    const rule = ruleFor(path);
    return [
      {
        likelihood: 'certain',
        says: `\`${path}\` is ${value === undefined ? 'missing' : 'empty'}; without it, ${without}.`,
        fix: (rule && fixes[rule]) || `Set \`${path}\` as ${name} documents it when making the token.`,
        at: placeOf(path),
      },
    ];
  });
});

/** What only the platform itself knows to ask. */
export const ownProblems = platformReason(
  'platform',
  (provider, { token, addresses }) => provider.joinProblems?.(token, addresses) ?? [],
);

/** Claims under a name the platform does not read: known mistakes, and near ones inside the payload and its grants. */
export const misspelt = platformReason('misspelt', (provider, { token: { claims } }) => {
  if (!claims) return [];
  const known = Object.entries(provider.aliases ?? {}).filter(([wrong]) => hasAt(claims, wrong));
  const isKnown = (path: string) => meaningOf(provider, path) !== null || known.some(([wrong]) => wrong === path);
  return [
    ...known.map(([wrong, right]) =>
      misnamed(provider, claims, wrong, right, hasAt(claims, right) ? 'possible' : 'likely'),
    ),
    ...nearMisses(provider, claims, isKnown).map(([wrong, right]) =>
      misnamed(provider, claims, wrong, right, 'likely'),
    ),
  ];
});

function misnamed(
  { name }: Provider,
  claims: JsonObject,
  wrong: string,
  right: string,
  likelihood: Confidence,
): JoinProblem {
  const isThere = hasAt(claims, right);
  return {
    likelihood,
    says: `\`${wrong}\` means nothing to ${name}; the claim is called \`${right}\`${isThere ? ', which is there as well' : ''}.`,
    fix: `Use \`${right}\`${isThere ? ' only' : ` instead of \`${wrong}\``}.`,
    at: `claims.${wrong}`,
  };
}

/** Members a letter or two away from one that is documented and absent: what they are called, and what they should be. */
function nearMisses(
  provider: Provider,
  claims: JsonObject,
  isKnown: (path: string) => boolean,
): [wrong: string, right: string][] {
  const found: [string, string][] = [];
  for (const [path, names] of namesByParent(provider)) {
    const parent = objectAt(claims, path);
    if (!parent) continue;
    const absent = names.filter((name) => memberOf(parent, name) === undefined);
    for (const member of Object.keys(parent).slice(0, 200)) {
      const full = path === '' ? member : `${path}.${member}`;
      const close = isKnown(full) ? null : closestName(member, absent);
      if (close) found.push([full.slice(0, 120), path === '' ? close : `${path}.${close}`]);
    }
  }
  return found;
}

/** Known members of each object a platform documents, by the object's path; objects with free members left out. */
function namesByParent({ claims }: Provider): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const path of Object.keys(claims)) {
    if (path.startsWith('header.') || path.includes('*')) continue;
    const dot = path.lastIndexOf('.');
    const parent = dot < 0 ? '' : path.slice(0, dot);
    names.set(parent, [...(names.get(parent) ?? []), path.slice(dot + 1)]);
  }
  return names;
}

/** Claims of a type or value the platform does not read. Times are judged with the clock. */
export const claimValues = platformReason('claim-value', (provider, { token }) =>
  Object.entries(provider.claims).flatMap(([path, meaning]) => {
    if (path.includes('*') || meaning.unit === 'seconds since the epoch') return [];
    const value = valueIn(token, path);
    if (value === undefined) return [];
    return mistyped(provider, path, meaning, value) ?? unknownValue(provider, path, meaning, value) ?? [];
  }),
);

/** A platform that cannot do without the claim refuses the token. */
function likelihoodAt({ required = {} }: Provider, path: string): Confidence {
  return Object.hasOwn(required, path) ? 'certain' : 'likely';
}

function mistyped(provider: Provider, path: string, { type }: ClaimMeaning, value: Json): Cause | null {
  const types = type === undefined ? [] : ([type].flat() as ClaimType[]);
  const [first] = types;
  if (first === undefined || types.some((wanted) => isOfType(value, wanted))) return null;
  const isText = typeof value === 'string';
  return {
    id: 'mistyped',
    likelihood: likelihoodAt(provider, path),
    says: `\`${path}\` is ${shown(value)}${isText ? ', a text' : ''}; ${provider.name} reads ${types.map((wanted) => typeWords[wanted]).join(' or ')}.`,
    fix: `Write \`${path}\` as ${typeWords[first]}${isText && first === 'boolean' ? ', without quotes' : ''}.`,
    at: placeOf(path),
  };
}

function unknownValue(
  provider: Provider,
  path: string,
  { values, whenAbsent }: ClaimMeaning,
  value: Json,
): Cause | null {
  if (!values || typeof value !== 'string' || values.includes(value)) return null;
  const [only, ...more] = values;
  const orNone = whenAbsent && whenAbsent.length < 40 ? `, or leave it out (${whenAbsent})` : '';
  return {
    id: 'unknown-value',
    likelihood: likelihoodAt(provider, path),
    says: `\`${path}\` is ${shown(value)}; ${provider.name} ${more.length === 0 ? 'takes only' : 'knows'} ${values.map((known) => `"${known}"`).join(', ')}.`,
    fix: more.length === 0 ? `Set \`${path}\` to "${only}".` : `Use one of these${orNone}.`,
    at: placeOf(path),
  };
}

const typeWords: Record<ClaimType, string> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  'boolean-text': '"true" or "false"',
};
