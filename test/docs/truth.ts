import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { providers } from '../../src/engine/recognise/providers/index.ts';
import type { Provider } from '../../src/engine/recognise/providers/provider.ts';
import { profiles } from '../../src/judge/profiles/index.ts';
import { root, testsBelow } from '../guards/files-below.ts';

const textOf = (path: string) => readFileSync(join(root, path), 'utf8');

/** Packages that sign what they are told to; they know no platform. */
const signers = ['jsonwebtoken', 'jsrsasign'];

/** What a platform was held against. */
interface Witnesses {
  /** The vendor's packages that make the tokens of the tests: name and version. */
  makers: string[];
  /** The vendor's browser clients that were run: name and version. */
  clients: string[];
  /** Whose code or documents the validation server's profile follows. */
  follows: string | null;
}

/** The text of docs/truth.md: per platform, what is held against the vendor's code, packages and documents, and what is not. */
export async function truthPage(): Promise<string> {
  const some = providers
    .filter(({ kind }) => kind === 'video')
    .sort((a, b) => a.name.localeCompare(b.name, 'en', { sensitivity: 'base' }));
  const known = witnessesOf();
  return `${[
    '# What is verified, and what is not',
    'This page is written by `npm run docs` from the platforms, the tests that ask vendors’ packages and clients, and the profiles of the validation server. What has no witness here is what a vendor’s documents say, read in the month named.',
    ...some.map((provider) => section(provider, known(provider.id))),
  ].join('\n\n')}\n`;
}

function section({ name, clock, readAt, links, notShown }: Provider, { makers, clients, follows }: Witnesses): string {
  const verified = [
    ...(makers.length > 0 ? [`Shape and claims: the tests have their tokens made by ${makers.join(', ')}.`] : []),
    ...(clients.length > 0 ? [`Where tokens are sent: seen of ${clients.join(', ')} in a browser.`] : []),
    ...(follows ? [`What its server takes: ${follows}.`] : []),
    ...(clock ? [clockWords(clock)] : []),
    `Documents: ${links.map(({ title, url }) => `[${title}](${url})`).join(', ')} (read ${readAt}).`,
  ];
  const open = [
    ...(makers.length > 0
      ? []
      : ['No package of the vendor’s makes the tokens of the tests; they are signed in the documented shape.']),
    ...(clients.length > 0
      ? []
      : ['No client of the vendor’s was run: where it sends tokens is what documents and hosts tell.']),
    ...(follows ? [] : ['What its server refuses was held against no code of it.']),
    ...(clock?.leewaySeconds ? [] : ['How many seconds its server forgives is not known.']),
    ...(notShown ? [`No token or page shows ${notShown.join('; ')}.`] : []),
  ];
  return [`## ${name}`, '**Verified**', list(verified), '**Not verified**', list(open)].join('\n\n');
}

function clockWords({ leewaySeconds, issuedAtLeewaySeconds }: NonNullable<Provider['clock']>): string {
  const parts = [];
  if (leewaySeconds) {
    const [strictest, mostLenient] = leewaySeconds;
    parts.push(`${strictest === mostLenient ? strictest : `${strictest} to ${mostLenient}`} seconds are forgiven`);
  }
  if (issuedAtLeewaySeconds !== undefined) {
    parts.push(
      issuedAtLeewaySeconds === null
        ? 'the time of issue is not looked at'
        : `a time of issue may lie ${issuedAtLeewaySeconds} seconds ahead`,
    );
  }
  return `Clock: ${parts.join('; ')}.`;
}

const list = (lines: string[]) => lines.map((line) => `- ${line}`).join('\n');

function witnessesOf(): (id: string) => Witnesses {
  const tests = testsBelow('src/engine/recognise/providers');
  const versions = versionsIn('package-lock.json');
  const clients = clientsByProvider();
  return (id) => {
    const test = tests.get(id);
    const mints = test
      ? [...readFileSync(test, 'utf8').matchAll(/builders\/mint\/([\w-]+)\.ts/g)].map(([, name = '']) => name)
      : [];
    return {
      makers: unique(mints.flatMap(packagesOfMint)).map((name) => versioned(name, versions)),
      clients: unique(clients.get(id) ?? []),
      follows: profiles.find((profile) => profile.id === id)?.follows ?? null,
    };
  };
}

function packagesOfMint(name: string): string[] {
  const imports = [...textOf(`test/builders/mint/${name}.ts`).matchAll(/from '([^.'][^']*)'/g)];
  return imports
    .map(([, from = '']) => from)
    .filter((from) => !from.startsWith('node:'))
    .map((from) =>
      from
        .split('/')
        .slice(0, from.startsWith('@') ? 2 : 1)
        .join('/'),
    )
    .filter((from) => !signers.includes(from));
}

/** Clients that are run, by the id of their platform. */
function clientsByProvider(): Map<string, string[]> {
  const versions = versionsIn('test/clients/package-lock.json');
  const found = new Map<string, string[]>();
  for (const file of readdirSync(join(root, 'test/clients')).filter((name) => name.endsWith('.ts'))) {
    const text = textOf(`test/clients/${file}`);
    const [provider, name] = ['provider', 'package'].map(
      (key) => new RegExp(`^ {2}${key}: '([^']+)'`, 'm').exec(text)?.[1],
    );
    if (provider && name) found.set(provider, [...(found.get(provider) ?? []), versioned(name, versions)]);
  }
  return found;
}

function versionsIn(lock: string): Map<string, string> {
  const { packages } = JSON.parse(textOf(lock)) as { packages: Record<string, { version?: string }> };
  return new Map(
    Object.entries(packages).map(([path, { version = '' }]) => [path.replace(/^node_modules\//, ''), version]),
  );
}

function versioned(name: string, versions: Map<string, string>): string {
  const version = versions.get(name);
  if (!version) throw new Error(`${name} is not installed`);
  return `\`${name}\` ${version}`;
}

const unique = (names: string[]) => [...new Set(names)];
