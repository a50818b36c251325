import { type LifetimeTiers, policies } from '../../src/engine/audit/policy/policies.ts';
import { rules } from '../../src/engine/audit/rules/index.ts';
import type { Rule, RuleGroup } from '../../src/engine/audit/rules/rule.ts';
import { modifierWords } from '../../src/engine/audit/severity.ts';
import type { Severity, Subject } from '../../src/engine/model/report.ts';
import { maskToken } from '../../src/engine/redact/mask.ts';
import { inWords } from '../../src/engine/text/time-words.ts';
import { testsBelow } from '../guards/files-below.ts';
import { waiting } from './waiting-rules.ts';
import { withoutTestRunner } from './without-test-runner.ts';

const groups: Record<RuleGroup, string> = {
  time: 'Times',
  signature: 'Algorithm, signature and header',
  structure: 'Claims and structure',
  storage: 'Storage',
  transport: 'Addresses and transport',
  video: 'Calls',
};

/** The text of docs/rules.md: every check, its words as the panel shows them, and an example that the engine was given. */
export async function rulesPage(): Promise<string> {
  const examples = await readTables();
  const rows = [
    ...rules.map((rule) => [`[\`${rule.id}\`](#${rule.id})`, rule.title, rule.severity, 'there']),
    ...waiting.map(({ id, title, severity, status }) => [`\`${id}\``, title, severity, status]),
  ];
  return `${[
    '# Audit rules',
    'This page is written by `npm run docs` from `src/engine/audit/rules/`. The examples are the first case of each rule’s test table; their clock stands at 2026-11-20T12:00:00Z.',
    `${rules.length} rules are there, ${waiting.length} wait for input that is not read yet. The severity is the default; the text of a rule and the circumstances below change it.`,
    table(['Rule', 'Title', 'Default', 'Status'], rows),
    '## Circumstances that change a severity',
    table(
      ['Id', 'When the token'],
      Object.entries(modifierWords).map(([id, words]) => [id, words.replace(/^it /, '')]),
    ),
    'M1 takes one level off findings about storage and addresses. M2 makes findings about storage, addresses and times facts; M3 those about addresses and cookie attributes; M4 all. M5 adds one level to findings about theft, M6 takes one off. What is only possible is held at low.',
    '## Lifetimes',
    'Upper ends, inclusive. A lifetime is `exp` minus `iat`, or minus `nbf`; without both, what was left when the token was first seen.',
    ...Object.values(policies).flatMap((policy) => [
      `### ${policy.name[0]?.toUpperCase()}${policy.name.slice(1)} policy`,
      table(
        ['Token', 'fine', 'info', 'low', 'medium'],
        Object.entries(policy.lifetimes).map(([key, tiers]) => [`\`${key}\``, ...ends(tiers)]),
      ),
    ]),
    ...Object.entries(groups).flatMap(([group, title]) => [
      `## ${title}`,
      ...rules.filter((rule) => rule.group === group).map((rule) => section(rule, examples.get(rule.id) ?? null)),
    ]),
  ].join('\n\n')}\n`;
}

function ends({ ok, info, low, medium }: LifetimeTiers): string[] {
  return [ok, info, low, medium].map((end) => (end === null ? 'no end' : inWords(end)));
}

function section(rule: Rule, example: string | null): string {
  return [
    `### ${rule.id}`,
    `**${rule.title}** · ${rule.severity}${rule.aboutTheft ? ' · raised by privilege (M5)' : ''}`,
    rule.why,
    `**What to do:** ${rule.fix}`,
    ...(example ? [example] : []),
    ...(rule.references.length > 0
      ? [`References: ${rule.references.map(({ title, url }) => `[${title}](${url})`).join(' · ')}`]
      : []),
  ].join('\n\n');
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Loads the test tables without running them, and describes the first case that each flags. */
async function readTables(): Promise<Map<string, string>> {
  const tests = testsBelow('src/engine/audit/rules');
  const { judge, tables } = await withoutTestRunner(async () => {
    for (const { id } of rules) await import(tests.get(id) ?? '');
    return import('../cases/rule.ts');
  });
  const texts = new Map<string, string>();
  for (const [id, { cases }] of tables) {
    const [name, flag] = Object.entries(cases.flags)[0] ?? [];
    if (!flag || name === undefined) continue;
    const report = judge(flag.on);
    const subject = report.subjects.find(({ findings }) => findings.some(({ rule }) => rule === id));
    const finding =
      subject?.findings.find(({ rule }) => rule === id) ?? report.findings.find(({ rule }) => rule === id);
    if (!finding) throw new Error(`the first example of ${id} triggers nothing`);
    const about = subject ? [subject] : report.subjects.filter(({ token }) => finding.tokens?.includes(token.id));
    texts.set(
      id,
      [
        `Example: ${name}.`,
        ['```', ...about.flatMap(describe), '```'].join('\n'),
        `→ ${mark(finding.severity)}: ${finding.says}${finding.at ? ` (\`${finding.at}\`)` : ''}`,
      ].join('\n\n'),
    );
  }
  return texts;
}

function mark(severity: Severity): string {
  return `**${severity}**`;
}

/** Where a token lay and what it says, without its signature. */
function describe({ token, sightings }: Subject): string[] {
  const places = [...new Set(sightings.map(({ place }) => place.label))];
  const parts = [token.header, token.claims].flatMap((part) => (part ? [clip(JSON.stringify(part))] : []));
  return [`${places.join(', ')}:`, ...(parts.length > 0 ? parts : [maskToken(token.text)]).map((part) => `  ${part}`)];
}

function clip(text: string): string {
  return text.length > 360 ? `${text.slice(0, 360)}…` : text;
}
