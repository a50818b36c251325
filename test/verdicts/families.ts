import { generateKeyPairSync } from 'node:crypto';
import { rsaKeys } from '../builders/mint/keys.ts';
import type { Kit } from './alterations.ts';
import {
  byCompactVerify,
  byJose,
  byJsonwebtoken,
  byLivekit,
  byProfile,
  byServer,
  byVerify,
  byVonage,
  type Judge,
} from './judges.ts';

/** Tokens of one kind, who judges them, and whom our server follows. */
export interface Family {
  name: string;
  kit(): Kit;
  judges: Record<string, Judge>;
  /** The judge that the server has to agree with. */
  follows: string;
}

const apiKey = 'APIorchard12345';
const issuer = 'https://id.orchard.example';
const secret = 'a-throw-away-secret-of-the-verdicts-0123456789';
const session = `2_${Buffer.from('2~aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab~~1795172400000~x~').toString('base64url')}`;

/** `TokenVerifier` knows no other clock than the machine's, so all go by it. */
const clock = () => Math.floor(Date.now() / 1000);
let strangers: string | null = null;

function foreignKey(): string {
  strangers ??= generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();
  return strangers;
}

const shared = { alg: 'HS256' as const, key: secret, publicKey: rsaKeys().publicKey, otherKey: `${secret}!` };
const asymmetric = () => ({
  alg: 'RS256' as const,
  key: rsaKeys().privateKey,
  publicKey: rsaKeys().publicKey,
  otherKey: foreignKey(),
});

const livekit = { issuer: apiKey, toleranceSeconds: 10, requiresExpiry: true };
const general = { issuer, toleranceSeconds: 60 };
const vonage = { toleranceSeconds: 0 };

export const families: readonly Family[] = [
  {
    name: 'livekit',
    kit() {
      const now = clock();
      const claims = {
        iss: apiKey,
        sub: 'ada',
        nbf: now - 60,
        exp: now + 3600,
        video: { roomJoin: true, room: 'standup' },
      };
      return { now, claims, ...shared };
    },
    judges: {
      TokenVerifier: byLivekit(apiKey),
      jose: byJose(livekit),
      jsonwebtoken: byJsonwebtoken(livekit),
      server: byServer('livekit', { issuer: [apiKey] }),
      profile: byProfile('livekit', apiKey),
      compactVerify: byCompactVerify,
      verify: byVerify,
    },
    follows: 'TokenVerifier',
  },
  {
    name: 'general',
    kit() {
      const now = clock();
      return { now, claims: { iss: issuer, sub: 'ada', aud: 'call', iat: now - 60, exp: now + 3600 }, ...shared };
    },
    judges: {
      jose: byJose(general),
      jsonwebtoken: byJsonwebtoken(general),
      server: byServer('oidc', { issuer: [issuer] }),
      profile: byProfile('general', issuer),
      compactVerify: byCompactVerify,
      verify: byVerify,
    },
    follows: 'jose',
  },
  {
    name: 'vonage',
    kit() {
      const now = clock();
      const claims = {
        application_id: 'aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab',
        scope: 'session.connect',
        session_id: session,
        role: 'publisher',
        sub: 'video',
        jti: '9bb3dfe0',
        iat: now - 60,
        exp: now + 3600,
      };
      return { now, claims, ...asymmetric() };
    },
    judges: {
      '@vonage/jwt': byVonage,
      jose: byJose(vonage),
      jsonwebtoken: byJsonwebtoken(vonage),
      server: byServer('vonage', {}, 0),
      profile: byProfile('vonage', undefined, 0),
      compactVerify: byCompactVerify,
      verify: byVerify,
    },
    follows: '@vonage/jwt',
  },
];
