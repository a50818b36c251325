import type { Expectation } from '../../engine/expect/expectations.ts';
import type { Privilege } from '../../engine/model/facts.ts';
import type { Subject } from '../../engine/model/report.ts';
import type { Json } from '../../engine/text/json.ts';
import { masked } from '../words/masked.ts';
import { grantOf, privilegeWords } from '../words/privilege-words.ts';
import { platformOf, roomOf } from '../words/token-words.ts';
import { textOf } from './filter-words.ts';

/** That a token like this one lies where it lies now. */
export function expectToken(subject: Subject): Expectation {
  const { provider, facts, token, sightings } = subject;
  const origin = sightings.find(({ goneAt, place }) => goneAt === null && place.origin)?.place.origin ?? null;
  const room = roomOf(subject);
  const tokens = provider
    ? { provider: provider.id, room: facts.room, role: facts.role }
    : { form: token.form, use: facts.use };
  return {
    name: `a ${facts.role === 'unknown' ? '' : `${facts.role} `}token of ${platformOf(subject)}${room ? ` for ${room}` : ''}${origin ? ` on ${origin}` : ''}`,
    ...(origin === null ? {} : { where: { origin } }),
    count: { min: 1 },
    tokens,
  };
}

/** That tokens of this platform and role say the same in a claim; null for what cannot be written down: a token, or more than one value. */
export function expectClaim({ provider, facts, token }: Subject, path: string, value: Json): Expectation | null {
  if (!/^(?:claims|header)\./.test(path) || (typeof value === 'object' && value !== null)) return null;
  if (typeof value === 'string' && masked(value) !== value) return null;
  const name = path.replace(/^claims\./, '');
  const every = provider ? { provider: provider.id, role: facts.role } : { form: token.form };
  return {
    name: `${name} is ${textOf(value).slice(0, 200)} in tokens of ${provider?.name ?? token.form}`,
    every,
    have: { [path]: value },
  };
}

/** That tokens of this platform and role answer a privilege alike: granted, denied, or left to something other than the token. */
export function expectPrivilege(subject: Subject, privilege: Privilege): Expectation {
  const { provider, facts, token } = subject;
  const allowed = grantOf(facts, privilege)?.allowed ?? null;
  const role = facts.role === 'unknown' ? '' : `${facts.role} `;
  const whose = `${role}token of ${platformOf(subject)}`;
  const may = allowed === null ? 'says whether its holder may' : 'lets its holder';
  return {
    name: `${allowed ? 'every' : 'no'} ${whose} ${may} ${privilegeWords[privilege]}`,
    every: provider ? { provider: provider.id, role: facts.role } : { form: token.form },
    have: { [`privileges.${privilege}`]: allowed },
  };
}
