import type { TokenUse } from '../../../model/token.ts';
import { hasAt, stringAt } from '../../../text/values.ts';
import { isHost, issuerOf, notVideo, rowOf, serverCredential } from '../not-video.ts';

/** The database role the token acts as. */
const roles: Record<string, [string, TokenUse]> = {
  anon: ['anon key', 'public-key-token'],
  service_role: ['service_role key', 'service-key'],
  authenticated: ['access token', 'access'],
};

export const supabase = notVideo({
  id: 'supabase',
  name: 'Supabase',
  does: 'the holder reaches the database as far as its row level security lets the role',

  recognise(claims) {
    const role = rowOf(roles, stringAt(claims, 'role')) !== null;
    const issuer = issuerOf(claims);
    if (role && /^supabase(?:-demo)?$/.test(stringAt(claims, 'iss') ?? '')) {
      return { confidence: 'certain', because: '`iss` is supabase, and `role` is one of its roles', strength: 5 };
    }
    const auth = issuer !== null && /\/auth\/v1\/?$/.test(issuer.pathname);
    if (auth && isHost(issuer, 'supabase.co', 'supabase.in', 'supabase.red')) {
      return { confidence: 'certain', because: '`iss` is a Supabase project', strength: 5 };
    }
    if (!auth || !role) return null;
    return { confidence: 'likely', because: '`iss` ends in /auth/v1, and `role` is one of Supabase’s', strength: 3 };
  },

  facts(claims) {
    const role = stringAt(claims, 'role') ?? '';
    const [product, use] = rowOf(roles, role) ?? [
      null,
      hasAt(claims, 'session_id') ? ('access' as const) : ('unknown' as const),
    ];
    return {
      use,
      product,
      tenant: stringAt(claims, 'ref') ?? issuerOf(claims)?.hostname.split('.')[0] ?? null,
      userId: stringAt(claims, 'sub'),
      displayName: stringAt(claims, 'user_metadata.name') ?? stringAt(claims, 'user_metadata.full_name'),
      vendorRole: role || null,
      ...(role === 'anon' && {
        roleBecause: '`role` is anon: this key is meant to stand in a page, and row level security guards the data',
        roleClaim: 'role',
      }),
      ...(role === 'service_role' &&
        serverCredential('`role` is service_role, which passes by row level security', 'role')),
    };
  },

  claims: {
    role: {
      means:
        'Database role. `anon` may stand in a page; `service_role` passes by row level security and belongs on a server.',
      values: ['anon', 'authenticated', 'service_role'],
    },
    ref: { means: 'The project.' },
    session_id: { means: 'Session of the user.' },
    aal: { means: 'How strongly the user was authenticated.', values: ['aal1', 'aal2', 'aal3'] },
    app_metadata: { means: 'Set by the server only.', type: 'object' },
    user_metadata: { means: 'Set by the user: never base permissions on it.', type: 'object' },
    is_anonymous: { means: 'Whether the user signed in without an account.' },
    phone: { means: "The user's telephone number." },
  },
  algorithms: ['HS256', 'ES256', 'RS256'],
  lifetime: {
    defaultSeconds: 3600,
    floorSeconds: null,
    ceilingSeconds: null,
    advice: 'User tokens live one hour; the anon and service_role keys about ten years, until they are replaced.',
  },
  transport: { parameters: ['apikey'], hosts: ['*.supabase.co'], headers: ['authorization', 'apikey'] },
  validation:
    'Ask `GET https://<project>.supabase.co/auth/v1/user` with the token as bearer, or check it with the keys at `<iss>/.well-known/jwks.json`.',
  fixes: {
    'service-key-in-page':
      'Use the anon or publishable key in the page, replace this key, and check row level security.',
  },
  links: [
    { title: 'Supabase: JWT claims', url: 'https://supabase.com/docs/guides/auth/jwt-fields' },
    { title: 'Supabase: API keys', url: 'https://supabase.com/docs/guides/api/api-keys' },
  ],
});
