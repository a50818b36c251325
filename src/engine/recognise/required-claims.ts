import type { Token } from '../model/token.ts';
import type { Json } from '../text/json.ts';
import { isBlank, valueAt } from '../text/values.ts';
import { isOfType } from './claim-type.ts';
import type { Provider } from './providers/provider.ts';

/** A claim without which a platform lets nobody join. */
export interface Lack {
  /** As in `claims` of the provider; header members begin with `header.`. */
  path: string;
  is: 'missing' | 'empty' | 'of another type';
  /** Completes "without it, …". */
  without: string;
}

/** The required claims of a platform that a token does not have, or not as a value of the type that is read. Pure, total. */
export function lackingClaims({ required = {}, takesEmpty = [], claims }: Provider, token: Token): Lack[] {
  return Object.entries(required).flatMap(([path, without]): Lack[] => {
    const value = valueIn(token, path);
    if (value === undefined) return [{ path, is: 'missing', without }];
    if (isBlank(value)) return takesEmpty.includes(path) ? [] : [{ path, is: 'empty', without }];
    const type = Object.hasOwn(claims, path) ? claims[path]?.type : undefined;
    const fits = type === undefined || [type].flat().some((wanted) => isOfType(value, wanted));
    return fits ? [] : [{ path, is: 'of another type', without }];
  });
}

/** Value at a path as providers write them, header members included. */
export function valueIn({ header, claims }: Pick<Token, 'header' | 'claims'>, path: string): Json | undefined {
  return path.startsWith('header.') ? valueAt(header, path.slice(7)) : valueAt(claims, path);
}
