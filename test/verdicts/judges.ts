import { createPublicKey } from 'node:crypto';
import { verifySignature as verifyVonage } from '@vonage/jwt';
import { compactVerify, jwtVerify } from 'jose';
import jsonwebtoken from 'jsonwebtoken';
import { TokenVerifier } from 'livekit-server-sdk';
import { decode } from '../../src/engine/decode/decode.ts';
import { detect } from '../../src/engine/find/detect.ts';
import { parseConfig } from '../../src/proxy/config.ts';
import { createKeySource } from '../../src/proxy/key-source.ts';
import { realSurroundings } from '../../src/proxy/surroundings.ts';
import { validate } from '../../src/proxy/validate.ts';
import { parseKey, secretReadings, verifySignature } from '../../src/verify/index.ts';
import { roomkey } from '../doubles/fake-terminal.ts';
import type { Kit } from './alterations.ts';

/** Whether somebody takes a token. Whatever is thrown is a refusal. */
export type Judge = (token: string, kit: Kit) => Promise<boolean>;

export interface Options {
  /** Who issued it, where the platform compares that. */
  issuer?: string;
  toleranceSeconds: number;
  requiresExpiry?: boolean;
}

async function takes(question: () => unknown): Promise<boolean> {
  try {
    return Boolean(await question());
  } catch {
    return false;
  }
}

const isShared = ({ alg }: Kit) => alg === 'HS256';
const joseKey = (kit: Kit) => (isShared(kit) ? new TextEncoder().encode(kit.key) : createPublicKey(kit.key));
const algorithmsOf = (kit: Kit): ('HS256' | 'HS384' | 'HS512' | 'RS256')[] =>
  isShared(kit) ? ['HS256', 'HS384', 'HS512'] : ['RS256'];

function publicHalf({ key }: Kit): string {
  return createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString();
}

export function byJose({ issuer, toleranceSeconds, requiresExpiry }: Options): Judge {
  return (token, kit) =>
    takes(async () =>
      jwtVerify(token, joseKey(kit), {
        ...(issuer === undefined ? {} : { issuer }),
        clockTolerance: toleranceSeconds,
        currentDate: new Date(kit.now * 1000),
        algorithms: algorithmsOf(kit),
        ...(requiresExpiry ? { requiredClaims: ['exp'] } : {}),
      }),
    );
}

export function byJsonwebtoken({ issuer, toleranceSeconds }: Options): Judge {
  return (token, kit) =>
    takes(() =>
      jsonwebtoken.verify(token, isShared(kit) ? kit.key : publicHalf(kit), {
        ...(issuer === undefined ? {} : { issuer }),
        clockTolerance: toleranceSeconds,
        clockTimestamp: kit.now,
        algorithms: algorithmsOf(kit),
      }),
    );
}

/** It knows no other clock than the machine's. */
export function byLivekit(apiKey: string): Judge {
  return (token, kit) => takes(() => new TokenVerifier(apiKey, kit.key).verify(token));
}

export const byVonage: Judge = (token, kit) => takes(() => verifyVonage(token, publicHalf(kit)));

/** The signature alone. */
export const byCompactVerify: Judge = (token, kit) =>
  takes(async () =>
    compactVerify(token, joseKey(kit), {
      algorithms: isShared(kit) ? algorithmsOf(kit) : ['RS256', 'RS384', 'RS512'],
    }),
  );

/** Our check of a signature with a key in hand. */
export const byVerify: Judge = (token, kit) =>
  takes(async () => {
    const [hit] = detect(token).hits;
    if (!hit || hit.token !== token) return false;
    const keys = isShared(kit) ? secretReadings(kit.key).slice(0, 1) : parseKey(publicHalf(kit));
    return (await verifySignature(decode(hit.token, hit.form), keys)).outcome === 'passed';
  });

/** Our server, set up for one platform. */
export function byServer(provider: string, settings: object = {}, skewSeconds = 60): Judge {
  return (token, kit) =>
    takes(async () => {
      const key = isShared(kit) ? { secret: kit.key } : { publicKey: publicHalf(kit) };
      const config = parseConfig({
        accessKeys: ['an-access-key-of-the-test'],
        skewSeconds,
        keys: [{ provider, ...key, ...settings }],
      });
      const surroundings = { ...realSurroundings, now: () => kit.now, log: () => undefined };
      const reply = await validate(
        { token, provider },
        { ignoreNbf: false },
        config,
        surroundings,
        createKeySource(surroundings),
      );
      return reply.active;
    });
}

/** `roomkey verify --profile`. */
export function byProfile(profile: string, issuer?: string, skewSeconds = 60): Judge {
  return async (token, kit) => {
    const key = isShared(kit) ? ['--secret-env', 'KEY'] : ['--key-env', 'KEY'];
    const accepted = issuer === undefined ? [] : ['--issuer', issuer];
    const clock = ['--now', String(kit.now), '--skew', String(skewSeconds)];
    const args = ['verify', token, '--profile', profile, ...key, ...accepted, ...clock];
    return (await roomkey(args, '', { KEY: isShared(kit) ? kit.key : publicHalf(kit) })).code === 0;
  };
}
