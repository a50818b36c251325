import type { Slot, Structure } from '../context.ts';

/** What stands before `@` in a URL (RFC 3986 §3.2.1): a name and a password, or a token. */
export const urlUsers: Structure = {
  id: 'url-users',
  signs: ['@'],
  *slots(text): Generator<Slot> {
    for (const found of text.matchAll(userInfo)) {
      const [, lead = '', user = '', password = ''] = found;
      const start = found.index + lead.length;
      const colon = start + user.length;
      const slot = { held: 'parameter', at: 'user' } as const;
      if (user !== '') yield { ...slot, start, end: colon, name: 'user', suspicion: 'likely' };
      if (password.length > 1)
        yield { ...slot, start: colon + 1, end: colon + password.length, name: 'password', suspicion: 'certain' };
    }
  },
};

/** Of TURN and SIP, which have no slashes, too. */
const userInfo =
  /([a-z][a-z\d+.-]{0,30}:(?:\\?\/){2}|\b(?:turns?|stuns?|sips?):)([^\s:/?#"'<>\\@]{0,2000})(:[^\s/?#"'<>\\@]{0,2000})?(?=@[^\s@])/gi;
