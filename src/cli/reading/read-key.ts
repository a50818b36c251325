import { type Key, KeyError, parseKey, secretReadings } from '../../verify/index.ts';
import { readFileText } from '../read-file.ts';
import { UsageError } from '../usage-error.ts';

interface KeyOptions {
  key?: string | undefined;
  'key-env'?: string | undefined;
  'secret-file'?: string | undefined;
  'secret-env'?: string | undefined;
  'secret-encoding': string;
}

/** The one key the options name. Errors name the source, never its content. */
export async function readKey(options: KeyOptions, env: Record<string, string | undefined>): Promise<Key> {
  const given = (['key', 'key-env', 'secret-file', 'secret-env'] as const).filter(
    (name) => options[name] !== undefined,
  );
  const [option] = given;
  if (!option || given.length > 1) {
    throw new UsageError('verify needs exactly one of --key, --key-env, --secret-file and --secret-env');
  }
  const source = options[option] ?? '';
  const text = option.endsWith('-env') ? fromEnvironment(source, env) : await readFileText(source);
  return option.startsWith('secret') ? secretKey(text, options['secret-encoding'], source) : publicKey(text, source);
}

function fromEnvironment(name: string, env: Record<string, string | undefined>): string {
  const value = env[name];
  if (!value) throw new UsageError(`the environment variable ${name} is not set`);
  return value;
}

/** One reading of a secret, the one asked for: a command line does not guess. */
function secretKey(text: string, encoding: string, source: string): Key {
  const secret = text.replace(/\r?\n$/, '');
  if (!['text', 'base64', 'base64url', 'hex'].includes(encoding)) {
    throw new UsageError('--secret-encoding takes text, base64, base64url or hex');
  }
  const key = secretReadings(secret, { short: true }).find(
    (one) => one.kind === 'secret' && one.writtenAs === (encoding === 'base64url' ? 'base64' : encoding),
  );
  if (!key) throw new UsageError(`${source} holds no secret written as ${encoding}`);
  return key;
}

function publicKey(text: string, source: string): Key {
  if (!/^\s*(\{|-----BEGIN )/.test(text)) {
    throw new UsageError(
      `${source} is neither PEM, JWK nor JWK Set; for a shared secret use --secret-file or --secret-env`,
    );
  }
  try {
    const [key] = parseKey(text);
    if (key) return key;
  } catch (error) {
    if (error instanceof KeyError) throw new UsageError(`${source}: ${error.message.replace(/\.$/, '')}`);
    throw error;
  }
  throw new UsageError(`${source} holds no key`);
}
