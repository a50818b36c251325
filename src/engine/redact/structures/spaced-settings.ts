import type { Slot, Structure } from '../context.ts';
import { suspicionOf } from '../suspicion.ts';

/**
 * Settings with nothing but spaces between name and value, each in a line of its own: `ENV API_TOKEN …`, `PASS …`,
 * `SetEnv TOKEN …`, `proxy_set_header X-Api-Key …;`, `password …` in a `.netrc`.
 */
export const spacedSettings: Structure = {
  id: 'spaced-settings',
  signs: [' ', '\t'],
  *slots(text, { isProgram }): Generator<Slot> {
    const isNetrc = /\bmachine\s{1,20}\S{1,255}\s{1,20}login\s/.test(text);
    if (isNetrc) {
      for (const { index, 0: whole, 1: value = '' } of text.matchAll(netrc)) {
        const start = index + whole.length - value.length;
        yield { start, end: start + value.length, name: 'password', held: 'text', suspicion: 'certain', at: 'netrc' };
      }
      return;
    }
    for (const { index, 0: whole, 1: name = '', 2: quote, 3: quoted, 4: bare = '' } of text.matchAll(line)) {
      const value = quoted ?? bare;
      const suspicion = suspicionOf(name, 'text');
      if (suspicion !== 'certain' || isProgram()) continue;
      const start = index + whole.length - value.length - (quote ? 1 : 0);
      yield { start, end: start + value.length, name, held: 'text', suspicion, at: 'setting' };
    }
  },
};

const netrc = /\b(?:password|account)\s{1,20}(\S{1,4096})/g;

/** A name in capitals or with a sign in it is no word of a sentence. */
const line =
  /(?<=^|[\r\n])[ \t]{0,20}(?:[A-Za-z_-]{2,40}[ \t]{1,8}){0,2}([A-Z][A-Z0-9_]{2,80}|[A-Za-z][a-z0-9]{0,40}[-_.][\w.-]{1,80}|requirepass|masterauth|Authorization)[ \t]{1,40}(?:=[ \t]{1,8})?(?:(?<quote>["'])([^"'\r\n]{4,4096})\k<quote>|([^\s;"'`=:#][^\s;"'`]{3,4096}))(?=;?[ \t]{0,8}(?:$|[\r\n]))/g;
