import type { Confidence, Token } from '../model/token.ts';
import { isOfType } from '../recognise/claim-type.ts';
import type { ClaimMeaning, ClaimType, JoinProblem, Provider } from '../recognise/providers/provider.ts';
import { meaningOf } from '../recognise/registered-claims.ts';
import { lackingClaims, valueIn } from '../recognise/required-claims.ts';
import type { Json, JsonObject } from '../text/json.ts';
import { shown } from '../text/sentence.ts';
import { closestName } from '../text/spelling.ts';
import { hasAt, memberOf, objectAt } from '../text/values.ts';
import { type Cause, placeOf, platformReason } from './cause.ts';

export const claimMissing = platformReason('claim-missing', (provider, { token, facts }) => {
  if (!token.claims || token.problem) return [];
  const { name, fixes, timeClaims } = provider;
  const ruleFor = (path: string) => {
    if (path === (timeClaims?.expiresAt ?? 'exp')) return 'exp-missing';
    return path === facts.roomClaim ? 'video-room-missing' : null;
  };
  return lackingClaims(provider, token).flatMap(({ path, is, without }): JoinProblem[] => {
    // What it reads instead is told with the values of all claims.
    if (is === 'of another type') return [];
    const rule = ruleFor(path);
    return [
      {
        likelihood: provider.readsNamesInAnyCase && isInOtherCase(token, path) ? 'likely' : 'certain',
        says: `\`${path}\` is ${is}; without it, ${without}.`,
        fix: (rule && fixes[rule]) || `Set \`${path}\` as ${name} documents it when making the token.`,
        at: placeOf(path),
      },
    ];
  });
});

/** Whether a claim is there under its name in other letters: `video.Room` for `video.room`. */
function isInOtherCase({ claims }: Token, path: string): boolean {
  const dot = path.lastIndexOf('.');
  const parent = objectAt(claims, dot < 0 ? '' : path.slice(0, dot)) ?? {};
  const name = path.slice(dot + 1);
  return Object.keys(parent).some((one) => one !== name && one.toLowerCase() === name.toLowerCase());
}

/** What only the platform itself knows to ask. */
export const ownProblems = platformReason(
  'platform',
  (provider, { token, addresses, room }) => provider.joinProblems?.(token, addresses, room || null) ?? [],
);

/** Claims under a name the platform does not read: known mistakes, and near ones inside the payload and its grants. */
export const misspelt = platformReason('misspelt', (provider, { token: { claims } }) => {
  if (!claims) return [];
  const known = Object.entries(provider.aliases ?? {}).filter(([wrong]) => hasAt(claims, wrong));
  // What is not required is passed over: its holder joins, but not as meant.
  const without = (right: string) => (Object.hasOwn(provider.required ?? {}, right) ? 'likely' : 'possible');
  const isKnown = (path: string) => meaningOf(provider, path) !== null || known.some(([wrong]) => wrong === path);
  return [
    ...known.map(([wrong, right]) =>
      misnamed(provider, claims, wrong, right, hasAt(claims, right) ? 'possible' : without(right)),
    ),
    ...nearMisses(provider, claims, isKnown).map(([wrong, right]) =>
      misnamed(provider, claims, wrong, right, without(right)),
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
    if (value === undefined || (value === null && provider.readsNullAsAbsent)) return [];
    return (
      mistyped(provider, path, meaning, value) ??
      mixed(provider, path, meaning, value) ??
      unknownValue(provider, path, meaning, value) ??
      []
    );
  }),
);

/** A platform that cannot do without the claim refuses the token. */
function likelihoodAt({ required = {}, takesAnyType }: Provider, path: string): Confidence {
  if (Object.hasOwn(required, path)) return 'certain';
  return takesAnyType ? 'possible' : 'likely';
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

/** A list or an object with something in it of another type than the platform reads there. */
function mixed(provider: Provider, path: string, { holds }: ClaimMeaning, value: Json): Cause | null {
  if (holds === undefined || typeof value !== 'object' || value === null) return null;
  const other = Object.values(value).find(
    (one) => !isOfType(one, holds) && !(one === null && provider.readsNullAsAbsent),
  );
  if (other === undefined) return null;
  return {
    id: 'mistyped',
    likelihood: likelihoodAt(provider, path),
    says: `\`${path}\` holds ${shown(other)}; ${provider.name} reads only ${typeWords[holds]} there.`,
    fix: `Write everything in \`${path}\` as ${typeWords[holds]}.`,
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
