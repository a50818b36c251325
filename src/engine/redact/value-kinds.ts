import type { Context, Structure } from './context.ts';
import { looksOpaque, saysNothing } from './opaque-value.ts';
import { authorization } from './structures/authorization.ts';
import { cookieHeader } from './structures/cookie-header.ts';
import { protocols } from './structures/protocols.ts';
import { setCookie } from './structures/set-cookie.ts';
import { suspicionOf, wordsOf } from './suspicion.ts';

/** Whether a value is a credential, by what is known of it and by what it looks like. */
export function isSecretValue(text: string, { name, suspicion, around }: Context): boolean {
  const strongest = suspicion ?? around;
  if (strongest === 'certain') return !saysNothing(text, name ?? '');
  return strongest === 'likely' && looksOpaque(text);
}

/** A name is only taken for a secret when it can be nothing else. */
export function isSecretName(text: string, { held }: Context): boolean {
  const longest = text.split(/[^A-Za-z0-9]/).sort((a, b) => b.length - a.length)[0] ?? '';
  return (
    held === 'cookie' &&
    suspicionOf(text, 'member') === null &&
    longest.length >= 16 &&
    /\d/.test(longest) &&
    looksOpaque(longest)
  );
}

/** Numbers stay, but for those that are typed in: PINs, passwords, one-time codes. */
export function isSecretNumber(text: string, { name, suspicion }: Context): boolean {
  const last = wordsOf(name ?? '').at(-1) ?? '';
  return suspicion === 'certain' && typedNumbers.has(last) && !/^0+$/.test(text);
}

const typedNumbers = new Set([
  'pin',
  'otp',
  'totp',
  'passcode',
  'password',
  'passwd',
  'pwd',
  'cvv',
  'cvc',
  'sid',
  'code',
  'secret',
]);

/** The structure that the whole value of a header has; null for any other value. */
export function wholeStructure(text: string, context: Context): Structure | null {
  const structure = context.name === null ? undefined : wholeValues.get(context.name.toLowerCase());
  return structure && isWholeHeader(text, context) ? structure : null;
}

/** Headers whose value has a shape of its own. */
const wholeValues = new Map<string, Structure>(
  Object.entries({
    cookie: cookieHeader,
    cookie2: cookieHeader,
    'set-cookie': setCookie,
    'set-cookie2': setCookie,
    authorization,
    'proxy-authorization': authorization,
    'sec-websocket-protocol': protocols,
  }),
);

/** `cookie` in a sentence is only a word. */
function isWholeHeader(text: string, { held, name, suspicion }: Context): boolean {
  if (suspicion === 'likely' && held !== 'header') return /[=\s]/.test(text);
  return held !== 'text' || !/^cookie2?$/i.test(name ?? '') || text.includes('=');
}
