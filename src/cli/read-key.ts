import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { JSONWebKeySet, JWK } from 'jose';
import { UsageError } from './usage-error.ts';

/** What a signature is checked with. A secret never serves as a public key, nor the other way round. */
export type VerifyingKey =
  | { kind: 'secret'; bytes: Uint8Array }
  | { kind: 'public'; key: KeyObject }
  | { kind: 'jwks'; set: JSONWebKeySet };

interface KeyOptions {
  key?: string | undefined;
  'key-env'?: string | undefined;
  'secret-file'?: string | undefined;
  'secret-env'?: string | undefined;
  'secret-encoding': string;
}

/** The one key the options name. Errors name the source, never its content. */
export async function readKey(options: KeyOptions, env: Record<string, string | undefined>): Promise<VerifyingKey> {
  const given = (['key', 'key-env', 'secret-file', 'secret-env'] as const).filter(
    (name) => options[name] !== undefined,
  );
  const [option] = given;
  if (!option || given.length > 1) {
    throw new UsageError('verify needs exactly one of --key, --key-env, --secret-file and --secret-env');
  }
  const source = options[option] ?? '';
  const text = option.endsWith('-env') ? fromEnvironment(source, env) : await fromFile(source);
  if (option.startsWith('secret'))
    return { kind: 'secret', bytes: secretBytes(text, options['secret-encoding'], source) };
  return publicKey(text, source);
}

function fromEnvironment(name: string, env: Record<string, string | undefined>): string {
  const value = env[name];
  if (!value) throw new UsageError(`the environment variable ${name} is not set`);
  return value;
}

async function fromFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`${file} ${code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`}`);
  }
}

function secretBytes(text: string, encoding: string, source: string): Uint8Array {
  const secret = text.replace(/\r?\n$/, '');
  const spellings: Record<string, RegExp> = {
    text: /^[\s\S]+$/,
    base64: /^[A-Za-z0-9+/]+={0,2}$/,
    base64url: /^[\w-]+={0,2}$/,
    hex: /^(?:[0-9a-f]{2})+$/i,
  };
  const spelling = Object.hasOwn(spellings, encoding) ? spellings[encoding] : undefined;
  if (!spelling) throw new UsageError('--secret-encoding takes text, base64, base64url or hex');
  if (!spelling.test(secret)) throw new UsageError(`${source} holds no secret written as ${encoding}`);
  return new Uint8Array(Buffer.from(secret, encoding === 'text' ? 'utf8' : (encoding as BufferEncoding)));
}

function publicKey(text: string, source: string): VerifyingKey {
  const trimmed = text.trim();
  if (trimmed.startsWith('{')) return jsonKey(trimmed, source);
  if (!trimmed.startsWith('-----BEGIN ')) {
    throw new UsageError(
      `${source} is neither PEM, JWK nor JWK Set; for a shared secret use --secret-file or --secret-env`,
    );
  }
  try {
    return { kind: 'public', key: createPublicKey(trimmed) };
  } catch {
    throw new UsageError(`${source} holds no key that can be read`);
  }
}

function jsonKey(text: string, source: string): VerifyingKey {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UsageError(`${source} is not valid JSON`);
  }
  const { keys, kty } = value as { keys?: unknown; kty?: unknown };
  if (Array.isArray(keys)) return { kind: 'jwks', set: { keys: keys as JWK[] } };
  if (typeof kty !== 'string') throw new UsageError(`${source} is neither a JWK nor a JWK Set`);
  return oneKey(value as JWK, source);
}

/** The one key given is the one to use, whatever id the token names. */
function oneKey(jwk: JWK, source: string): VerifyingKey {
  if (jwk.kty === 'oct' && typeof jwk.k === 'string') {
    return { kind: 'secret', bytes: new Uint8Array(Buffer.from(jwk.k, 'base64url')) };
  }
  try {
    return { kind: 'public', key: createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' }) };
  } catch {
    throw new UsageError(`${source} holds no key that can be read`);
  }
}
