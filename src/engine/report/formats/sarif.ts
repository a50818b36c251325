import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { withoutNumber } from '../../find/sources/exchange-place.ts';
import { sourceOf } from '../../find/sources/index.ts';
import type { Report, Severity } from '../../model/report.ts';
import {
  type DocumentFinding,
  type DocumentSighting,
  type DocumentToken,
  type ReportDocument,
  toDocument,
} from '../report-document.ts';
import type { Format, FormatOptions } from './format.ts';
import { escapeMarkdown, linkTarget } from './markdown-text.ts';
import { printableJson } from './printable.ts';
import { headline } from './report-words.ts';

export const sarif: Format = { id: 'sarif', name: 'SARIF', type: 'application/sarif+json', extension: 'sarif', write };

/** SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html) as code hosts read it. */
function write(report: Report, options: FormatOptions): string {
  const written = toDocument(report, options);
  const results = [
    ...written.tokens.flatMap((token) => token.findings.map((finding) => ({ finding, token }))),
    ...written.findings.map((finding) => ({
      finding,
      token: written.tokens.find(({ id }) => finding.tokens?.includes(id)) ?? null,
    })),
  ].filter(({ finding }) => finding.under === null);
  const rules = new Map<string, DocumentFinding>();
  for (const { finding } of results) if (!rules.has(finding.rule)) rules.set(finding.rule, finding);
  const ids = [...rules.keys()];

  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: written.generator.name,
            version: written.generator.version,
            semanticVersion: written.generator.version,
            rules: [...rules.values()].map(ruleOf),
          },
        },
        automationDetails: { id: 'roomkey/' },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: written.summary.unreadableInputs === 0,
            toolExecutionNotifications: notifications(written),
          },
        ],
        artifacts: written.inputs.map(({ name, bytes }) => ({
          location: { uri: uriOf(name) },
          ...(bytes === null ? {} : { length: bytes }),
        })),
        results: results.map(({ finding, token }) => resultOf(finding, token, ids.indexOf(finding.rule))),
      },
    ],
  };
  return `${printableJson(log)}\n`;
}

/** A rule, in the words of the first finding it made, which may quote what that was about. */
function ruleOf({ rule, title, why, fix, severity, references }: DocumentFinding) {
  const words = [why, fix].filter(Boolean);
  const help = words.length > 0 || references.length > 0 ? words : [title];
  return {
    id: rule,
    name: rule.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: withoutLinks(sentence(title)) },
    fullDescription: { text: withoutLinks(sentence(why || title)) },
    help: {
      text: withoutLinks([...help, ...references].join('\n\n')),
      markdown: [...help.map(escapeMarkdown), ...references.map((url) => `<${linkTarget(url)}>`)].join('\n\n'),
    },
    ...(references[0] ? { helpUri: references[0] } : {}),
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: ['security', 'token'], 'security-severity': scores[severity] },
  };
}

function resultOf(finding: DocumentFinding, token: DocumentToken | null, ruleIndex: number) {
  const sighting = sightingOf(finding, token);
  const about = token ? ` ${headline(token)}: ${token.token}` : '';
  return {
    ruleId: finding.rule,
    ruleIndex,
    level: levels[finding.severity],
    message: { text: withoutLinks(`${sentence(finding.says || finding.title)}${about}`) },
    locations: [locationOf(sighting)],
    partialFingerprints: { 'roomkeyFinding/v1': fingerprint(finding, token, sighting) },
    ...(finding.muted === null ? {} : { suppressions: [{ kind: 'external', justification: finding.muted }] }),
    properties: { severity: finding.severity, confidence: finding.confidence, ...(token ? { token: token.id } : {}) },
  };
}

function sightingOf({ at }: DocumentFinding, token: DocumentToken | null): DocumentSighting | null {
  const [, index] = /^sightings\[(\d+)\]/.exec(at ?? '') ?? [];
  return token?.sightings[Number(index ?? 0)] ?? token?.sightings[0] ?? null;
}

function locationOf(sighting: DocumentSighting | null) {
  const uri = uriOf(sighting?.input ?? sighting?.url ?? 'page');
  const isWholeFile = sourceOf(sighting?.source ?? '')?.isWholeFile;
  return {
    physicalLocation: {
      artifactLocation: { uri },
      // Code hosts want a line; only some places tell an offset in the file itself.
      region: { startLine: 1, ...(isWholeFile && sighting ? { charOffset: sighting.offset, charLength: 0 } : {}) },
    },
    ...(sighting
      ? { logicalLocations: [{ fullyQualifiedName: `${sighting.label}${sighting.path ? ` ${sighting.path}` : ''}` }] }
      : {}),
  };
}

/**
 * The same for the same trouble in the same place, although each run meets freshly minted tokens and numbers its
 * requests anew: neither the token nor the entry is part of it.
 */
function fingerprint(
  { rule, at }: DocumentFinding,
  token: DocumentToken | null,
  sighting: DocumentSighting | null,
): string {
  const parts = [
    rule,
    at?.startsWith('sightings') ? '' : at,
    token?.provider?.id,
    token?.form,
    token?.facts.role,
    sighting?.source,
    sighting?.origin,
    sighting ? withoutNumber(sighting.label) : undefined,
    sighting?.path,
  ];
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(parts)))).slice(0, 32);
}

function notifications({ problems, inputs }: ReportDocument) {
  return [...problems, ...inputs.flatMap((input) => input.problems)].map(({ code, message }) => ({
    level: 'warning',
    message: { text: withoutLinks(message) },
    descriptor: { id: code },
  }));
}

const levels: Record<Severity, 'error' | 'warning' | 'note'> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};
/** What code hosts sort by: https://docs.github.com/en/code-security/code-scanning (read 2026-11). */
const scores: Record<Severity, string> = { critical: '9.5', high: '8.0', medium: '5.5', low: '3.0', info: '0.0' };

/** A file name or address as a URI reference. No name leads to another host or scheme. */
function uriOf(name: string): string {
  const path = name.replace(/\p{Cs}/gu, '\ufffd').replaceAll('\\', '/');
  if (/^https?:\/\//i.test(path) && URL.canParse(path)) return new URL(path).href;
  return encodeURI(path)
    .replace(/^\/{2,}/, '/')
    .replace(/[?#[\]]/g, encodeURIComponent)
    .replace(/^([^/]*):/, (_, start: string) => `${start}%3A`);
}

/** In a message, `[words](address)` is a link (SARIF 2.1.0 §3.11.6), and a token could bring its own. */
function withoutLinks(text: string): string {
  return text.replaceAll('](', '] (');
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
