import type { Sighting } from '../../model/token.ts';

/** True for the value of a request header of this name, in lower case. Cookies stand for themselves. */
export function isInRequestHeader({ place }: Sighting, name: string): boolean {
  const { traits, key } = place;
  return (
    traits.sentToServers === true && traits.storage === null && traits.urlPart === null && key?.toLowerCase() === name
  );
}
