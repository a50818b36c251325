import { createMasker } from '../../engine/redact/mask.ts';
import { suspicionOf } from '../../engine/redact/suspicion.ts';
import { urlFrom } from '../../engine/text/hosts.ts';

/** Longest value of a parameter that is written down, in characters: longer ones are codes, keys or wrapped tokens. */
const longestValue = 48;
/** Longest address, in characters. */
const longestAddress = 2000;

export interface StepAddress {
  /** The address of a page as it may be written down, and opened again. */
  open: string;
  /** What of it was left out, in words: "jwt". */
  left: readonly string[];
}

/**
 * The address of a page without anything in it that could be a token: parameters of such a name or value, a path from the part on
 * that holds one, user name and password, and a fragment that leads nowhere. Null for what is no address of the web.
 */
export function stepAddress(url: string): StepAddress | null {
  const page = urlFrom(url);
  if (!page || !/^https?:$/.test(page.protocol)) return null;
  const left = new Set<string>();
  const path = keptPath(page.pathname);
  if (path === page.pathname) {
    const open = page.origin + path + keptQuery(page.search, left) + keptRoute(page.hash, left);
    return open.length > longestAddress ? null : { open, left: [...left] };
  }
  const open = page.origin + path;
  return open.length > longestAddress ? null : { open, left: ['the end of its path'] };
}

/** A path up to the first part that could be a token. */
function keptPath(path: string): string {
  const parts = path.split('/');
  const at = parts.findIndex((part, index) => isSecret(part) || isCodeAfter(parts[index - 1] ?? '', part));
  return at < 0 ? path : `${parts.slice(0, at).join('/')}/`;
}

/** Whether a part is a code of the kind that the part before it names: `/reset-password/8f14e45fceea`. */
function isCodeAfter(before: string, part: string): boolean {
  const plain = decoded(part);
  return plain.length >= 8 && /\d/.test(plain) && suspicionOf(decoded(before), 'member') === 'certain';
}

/** A query, with its mark, without parameters that could be tokens; the names of these are added. */
function keptQuery(query: string, left: Set<string>): string {
  const kept = query
    .slice(1)
    .split('&')
    .filter((parameter) => {
      const [name = '', ...value] = parameter.split('=');
      const isNamed = suspicionOf(decoded(name), 'parameter') !== null;
      if (parameter !== '' && !isNamed && !isSecret(name) && !isSecret(value.join('='))) return true;
      if (parameter !== '') left.add(isSecret(name) ? 'a parameter' : decoded(name));
      return false;
    });
  return kept.length > 0 ? `?${kept.join('&')}` : '';
}

/** A fragment by which pages are told apart, as `#/host/standup`; of any other nothing is kept. */
function keptRoute(fragment: string, left: Set<string>): string {
  const [, way = '', query = ''] = /^(#!?\/[^?]*)(.*)$/s.exec(fragment) ?? [];
  const isKept = way !== '' && keptPath(way) === way;
  if (!isKept && fragment.length > 1) left.add('its fragment');
  return isKept ? way + keptQuery(query, left) : '';
}

const mask = createMasker([]);

/** Whether a part of an address could be a token, a key or a code. */
export function isSecret(text: string): boolean {
  const plain = wholly(text);
  return (
    plain.length > longestValue || [text, decoded(text), plain].some((one) => mask(one) !== one) || holdsSecret(plain)
  );
}

/** Whether a short text holds a value by a name as that of a key, the beginning of a token, or what a header of a login says. */
function holdsSecret(plain: string): boolean {
  const named = plain.matchAll(/([\w$.[\]-]{1,48})["']?\s{0,4}[=:]\s{0,4}["']?[^\s"'&;,}]/g);
  if ([...named].some(([, name = '']) => suspicionOf(name, 'parameter') !== null)) return true;
  return /(?:^|[^\w-])eyJ[\w-]{17}|\b(?:bearer|basic)\s+\S{6}/i.test(plain);
}

/** Times that what was encoded is encoded again. */
const mostLayers = 5;

function wholly(text: string): string {
  let plain = text;
  for (let layers = 0; layers < mostLayers; layers += 1) plain = decoded(plain);
  return plain;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
