import { suspicionOf } from './suspicion.ts';

/**
 * An address without the values of parameters whose names say that they are secrets (`?pwd=…`), of its query and its fragment. What is
 * masked already stays. No hash stands for them as for a token: a password of six digits would be found by it.
 */
export function maskParameters(url: string): string {
  return url.replace(/([?#&;])([^?#&;=]{1,200})=([^&#;]*)/g, (whole, before: string, name: string, value: string) =>
    value === '' || value.includes('…') || suspicionOf(name, 'parameter') !== 'certain' ? whole : `${before}${name}=…`,
  );
}
