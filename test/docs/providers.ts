import { decode } from '../../src/engine/decode/decode.ts';
import { detect } from '../../src/engine/find/detect.ts';
import type { Role } from '../../src/engine/model/facts.ts';
import { providers } from '../../src/engine/recognise/providers/index.ts';
import type { ClaimMeaning, Provider } from '../../src/engine/recognise/providers/provider.ts';
import { recognise } from '../../src/engine/recognise/recognise.ts';
import { inWords } from '../../src/engine/text/time-words.ts';
import { testsBelow } from '../guards/files-below.ts';
import { withoutTestRunner } from './without-test-runner.ts';

const tests = testsBelow('src/engine/recognise/providers');

/** What tokens of a platform, minted for the tests, were recognised by and why their holders are hosts. */
interface Seen {
  recognised: Set<string>;
  roles: Map<Role, Set<string>>;
}

/** The text of docs/providers.md. What it says of recognition and roles is what the engine says of minted tokens. */
export async function providersPage(): Promise<string> {
  const seen = await askMintedTokens();
  const kinds = [
    ['video', 'Video platforms'],
    ['identity', 'Sign-in and databases'],
    ['other', 'Others'],
  ] as const;
  const parts = kinds.flatMap(([kind, title]) => {
    const some = providers
      .filter((provider) => provider.kind === kind)
      .sort((a, b) => a.name.localeCompare(b.name, 'en', { sensitivity: 'base' }));
    if (some.length === 0) return [];
    return [`## ${title}`, overview(some), ...some.map((provider) => section(provider, seen.get(provider.id)))];
  });
  return `${[
    '# Platforms Roomkey knows',
    'This page is written by `npm run docs` from `src/engine/recognise/providers/`. What it says of recognition and of hosts is what the engine says of tokens made by the vendors’ own server packages, or signed in the documented shape where there is none.',
    ...parts,
  ].join('\n\n')}\n`;
}

function overview(some: Provider[]): string {
  const rows = some.map(({ id, name, lifetime, whenRoomAbsent, algorithms }) => [
    `[${name}](#${anchor(name)})`,
    `\`${id}\``,
    algorithms.join(', ') || 'not stated',
    lifetime.defaultSeconds === null ? 'none' : inWords(lifetime.defaultSeconds),
    limitsOf(lifetime),
    { 'any-room': 'every room', refused: 'refused', 'not-applicable': '—' }[whenRoomAbsent],
  ]);
  return table(['Platform', 'Id', 'Signed with', 'Lifetime by default', 'Limits', 'Without a room'], rows);
}

function section(provider: Provider, seen: Seen | undefined): string {
  const { name, enforcement, transport, validation, lifetime, links, readAt } = provider;
  const carried = [
    ...transport.parameters.map((parameter) => `URL parameter \`${parameter}\``),
    ...transport.headers.map((header) => `header \`${header}\``),
    ...transport.hosts.map((host) => `host \`${host}\``),
  ];
  return [
    `### ${name}`,
    list('Recognised, because', seen?.recognised),
    list('Host, because', seen?.roles.get('host')) ||
      (provider.kind === 'video' ? '**Host:** no token of this platform makes a host by itself.' : ''),
    list('Server credential, because', seen?.roles.get('server')),
    `**Lifetime:** ${lifetime.advice}`,
    table(
      ['When', 'What the platform does'],
      [
        ['joining', enforcement.atJoin],
        ['the token expires', enforcement.atExpiry],
        ['reconnecting', enforcement.onReconnect],
        ['somebody is removed', enforcement.onRemoval],
      ],
    ),
    `**Validation:** ${validation}`,
    carried.length > 0 ? `**Carried by:** ${carried.join(', ')}.` : '',
    claimsOf(provider.claims),
    `**Sources**, read ${readAt}: ${links.map(({ title, url }) => `[${title}](${url})`).join(' · ')}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function claimsOf(claims: Record<string, ClaimMeaning>): string {
  const rows = Object.entries(claims).map(([path, { name, means, whenAbsent }]) => [
    `\`${path}\``,
    name ? `\`${name}\`` : '',
    means,
    whenAbsent ?? '',
  ]);
  if (rows.length === 0) return '';
  return `<details><summary>Claims</summary>\n\n${table(['Claim', 'Also called', 'Meaning', 'When absent'], rows)}\n\n</details>`;
}

function list(title: string, reasons: Set<string> | undefined): string {
  if (!reasons || reasons.size === 0) return '';
  const sorted = [...reasons].sort();
  return sorted.length === 1
    ? `**${title}** ${sorted[0]}.`
    : `**${title}**\n${sorted.map((reason) => `- ${reason}`).join('\n')}`;
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) =>
    `| ${cells.map((cell) => cell.replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${head.map(() => ' --- |').join('')}`, ...rows.map(line)].join('\n');
}

function limitsOf({ floorSeconds, ceilingSeconds }: Provider['lifetime']): string {
  const bounds = [
    floorSeconds === null ? '' : `at least ${inWords(floorSeconds)}`,
    ceilingSeconds === null ? '' : `at most ${inWords(ceilingSeconds)}`,
  ].filter((bound) => bound !== '');
  return bounds.join(', ') || 'none';
}

/** The anchor GitHub gives a heading. */
const anchor = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');

/** Loads the tests of all platforms without running them, and asks the engine about their tokens. */
async function askMintedTokens(): Promise<Map<string, Seen>> {
  const seen = new Map<string, Seen>();
  const { platforms } = await withoutTestRunner(async () => {
    for (const { id } of providers) await import(tests.get(id) ?? '');
    return import('../cases/provider.ts');
  });
  for (const { tokens } of platforms.values()) for (const mint of Object.values(tokens)) learn(await mint());
  return seen;

  function learn(text: string): void {
    const [hit] = detect(text).hits;
    if (!hit) return;
    const token = decode(hit.token, hit.form);
    const [best] = recognise(token);
    if (!best) return;
    const { id } = best.provider;
    const entry = seen.get(id) ?? { recognised: new Set(), roles: new Map() };
    seen.set(id, entry);
    entry.recognised.add(best.recognition.because);
    const { role, roleBecause } = best.provider.facts(token);
    entry.roles.set(role, (entry.roles.get(role) ?? new Set()).add(roleBecause));
  }
}
