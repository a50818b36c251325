import { isObject, parseJson } from '../../text/json.ts';
import { readMsalKey } from '../msal-key.ts';
import type { Form } from './form.ts';

/**
 * An entry of MSAL Browser's cache in localStorage, encrypted since 4.0: JSON with `id`, `nonce` and `data`. Its members are
 * too ordinary to mean anything without the key it is kept under.
 */
export const msalEncrypted: Form = {
  id: 'msal-encrypted',
  name: 'Encrypted cache entry (MSAL)',
  shortName: 'MSAL, encrypted',
  lock: {
    opener: 'msal-cache',
    givesPower: false,
    says: 'The entry is encrypted. The tab Validity decrypts it with the cookie msal.cache.encryption.',
    asksFor: 'The cookie msal.cache.encryption, or the key in it',
    whereStored: {
      why: 'It is encrypted, but its key lies in the cookie `msal.cache.encryption`, which every script of the origin can read.',
      fix: 'Where nobody needs to stay signed in after a reload, set MSAL’s `cacheLocation` to `memoryStorage`.',
    },
  },
  startsAt: ['value'],
  match({ text, start, key }) {
    if (text[start] !== '{' || key === null || !readMsalKey(key)) return null;
    const end = text.trimEnd().length;
    const entry = parseJson(text.slice(start, end));
    if (!isObject(entry) || !isText(entry.id) || !isText(entry.nonce) || !isText(entry.data)) return null;
    if (!/^[\w-]{22}$/.test(entry.nonce) || !/^[\w-]{22}[\w-]*$/.test(entry.data)) return null;
    return { form: 'msal-encrypted', start, end, confidence: 'certain', note: 'encrypted-cache' };
  },
  read: () => ({}),
  links: [
    {
      title: 'MSAL Browser, caching',
      url: 'https://learn.microsoft.com/en-us/entra/msal/javascript/browser/caching',
    },
  ],
};

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
