import { hasAt, stringAt } from '../../../text/values.ts';
import { issuerOf, notVideo } from '../not-video.ts';

const idMarks = ['nonce', 'at_hash', 'c_hash', 'auth_time', 'acr', 'amr'];
const accessMarks = ['scope', 'scp', 'client_id', 'azp'];

export const oidc = notVideo({
  id: 'oidc',
  name: 'OpenID Connect',
  does: 'the holder signs in, or calls the API named in `aud`',

  recognise(claims, { header }) {
    if (issuerOf(claims) === null || !hasAt(claims, 'sub')) return null;
    const found = [...idMarks, ...accessMarks].filter((name) => hasAt(claims, name));
    const typed = /^(?:application\/)?at\+jwt$/i.test(stringAt(header, 'typ') ?? '');
    if (found.length === 0 && !typed) return null;
    const whole = ['aud', 'iat', 'exp'].every((name) => hasAt(claims, name));
    return {
      confidence: whole && (typed || found.some((name) => idMarks.includes(name))) ? 'likely' : 'possible',
      because: typed ? '`typ` is at+jwt' : `\`iss\` is a URL, with \`sub\` and \`${found[0]}\``,
      // Weaker than any platform that knows its own tokens.
      strength: 0,
    };
  },

  facts: (claims) => ({
    product: 'token of a sign-in service',
    tenant: issuerOf(claims)?.host ?? null,
    userId: stringAt(claims, 'sub'),
    displayName: stringAt(claims, 'name') ?? stringAt(claims, 'preferred_username'),
  }),

  algorithms: ['RS256', 'ES256', 'PS256', 'EdDSA'],
  validation: 'Check it with the keys that `<iss>/.well-known/openid-configuration` names: issuer, audience and times.',
  links: [
    { title: 'OpenID Connect Core 1.0', url: 'https://openid.net/specs/openid-connect-core-1_0.html' },
    { title: 'RFC 9068: access tokens', url: 'https://www.rfc-editor.org/rfc/rfc9068' },
  ],
});
