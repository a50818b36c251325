import { stringAt } from '../../../text/values.ts';
import { isHost, issuerOf, notVideo } from '../not-video.ts';

export const clerk = notVideo({
  id: 'clerk',
  name: 'Clerk',
  does: 'the holder is signed in to the application',

  recognise(claims) {
    const issuer = issuerOf(claims);
    const session = stringAt(claims, 'sid')?.startsWith('sess_') ?? false;
    const user = stringAt(claims, 'sub')?.startsWith('user_') ?? false;
    const host = issuer !== null && (issuer.hostname.startsWith('clerk.') || isHost(issuer, 'accounts.dev'));
    if (!issuer || !(session || (host && user))) return null;
    return {
      confidence: session && (host || user) ? 'certain' : 'likely',
      because: session ? '`sid` is a Clerk session' : '`iss` and `sub` are Clerk’s',
      strength: 3 + Number(host) + Number(user),
    };
  },

  facts: (claims) => ({
    use: 'session',
    product: 'session token',
    tenant: issuerOf(claims)?.hostname ?? null,
    userId: stringAt(claims, 'sub'),
    displayName: stringAt(claims, 'name'),
    vendorRole: stringAt(claims, 'org_role') ?? stringAt(claims, 'o.rol'),
  }),

  claims: {
    sid: { means: 'Session.' },
    azp: { means: 'Origin of the page it was issued to.' },
    fva: { means: 'Minutes since the first and second factor were last checked.' },
    org_id: { means: 'Active organization.' },
    org_role: { means: 'Role in the active organization.' },
    o: { means: 'Active organization, with role and permissions.', type: 'object' },
    sts: { means: 'State of the session.' },
    v: { means: 'Version of the format.' },
  },
  lifetime: {
    defaultSeconds: 60,
    floorSeconds: 30,
    ceilingSeconds: null,
    advice: 'One minute: scripts may read the cookie by design, so its life is short.',
  },
  validation:
    'Use `authenticateRequest` or `verifyToken` of the backend SDK, or the keys at `<iss>/.well-known/jwks.json`.',
  links: [{ title: 'Clerk: session tokens', url: 'https://clerk.com/docs/guides/sessions/session-tokens' }],
});
