import { sourceOf } from '../../find/sources/index.ts';
import { isNote } from '../../model/notes.ts';
import type { Report, Severity } from '../../model/report.ts';
import { urlFrom } from '../../text/hosts.ts';
import {
  type DocumentExpectation,
  type DocumentFinding,
  type DocumentSighting,
  type ReportDocument,
  toDocument,
} from '../report-document.ts';
import { digest, fingerprint, type Placed, placedFindings, sentence, sightingOf } from './finding-place.ts';
import type { Format, FormatOptions } from './format.ts';
import { escapeMarkdown, linkTarget } from './markdown-text.ts';
import { printableJson } from './printable.ts';
import { expectationName, headline } from './report-words.ts';

export const sarif: Format = { id: 'sarif', name: 'SARIF', type: 'application/sarif+json', extension: 'sarif', write };

/** SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html) as code hosts read it. */
function write(report: Report, options: FormatOptions): string {
  const written = toDocument(report, options);
  const results = placedFindings(written);
  const rules = new Map<string, DocumentFinding>();
  for (const { finding } of results) if (!rules.has(finding.rule)) rules.set(finding.rule, finding);
  const ids = [...rules.keys()];
  const unmet = written.expectations.filter(({ held }) => held !== true);
  const outcomes = unmetRules.filter(({ held }) => unmet.some((one) => one.held === held));
  const binaries = new Set(written.inputs.filter(({ kind }) => kind === 'binary').map(({ name }) => name));

  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          // No informationUri: the project has no page of its own.
          driver: {
            name: written.generator.name,
            version: written.generator.version,
            semanticVersion: written.generator.version,
            rules: [...[...rules.values()].map(ruleOf), ...outcomes.map(unmetRuleOf)],
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
        results: [
          ...results.map((placed) => resultOf(placed, { ruleIndex: ids.indexOf(placed.finding.rule), binaries })),
          ...unmet.map((one) => {
            const index = outcomes.findIndex(({ held }) => held === one.held);
            return unmetResultOf(one, outcomes[index]?.id ?? '', ids.length + index, written);
          }),
        ],
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
    name: nameOf(rule),
    shortDescription: { text: inMessage(sentence(title)) },
    fullDescription: { text: inMessage(sentence(why || title)) },
    help: {
      text: inMessage([...help, ...references].join('\n\n')),
      markdown: withoutPlaceholders(
        [...help.map(escapeMarkdown), ...references.map((url) => `<${linkTarget(url)}>`)].join('\n\n'),
      ),
    },
    ...(references[0] ? { helpUri: references[0] } : {}),
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: ['security', 'token'], 'security-severity': scores[severity] },
  };
}

/** What became of expectations that did not hold. */
const unmetRules = [
  { id: 'expectation-failed', held: false, says: 'The tokens are not as it was expected.' },
  { id: 'expectation-not-checked', held: null, says: 'Nothing was looked at that an expectation speaks of.' },
];

function unmetRuleOf({ id, says }: (typeof unmetRules)[number]) {
  return {
    id,
    name: nameOf(id),
    shortDescription: { text: says },
    fullDescription: { text: says },
    defaultConfiguration: { level: 'error' },
  };
}

/** About the whole of what was read: the words say where. */
function unmetResultOf(one: DocumentExpectation, ruleId: string, ruleIndex: number, { inputs }: ReportDocument) {
  const name = expectationName(one);
  return {
    ruleId,
    ruleIndex,
    level: 'error',
    message: { text: inMessage(sentence(`${name}: ${one.says}`)) },
    locations: [
      { physicalLocation: { artifactLocation: { uri: uriOf(inputs[0]?.name ?? 'page') }, region: { startLine: 1 } } },
    ],
    partialFingerprints: {
      'roomkeyFinding/v1': digest([ruleId, name]),
    },
  };
}

function nameOf(id: string): string {
  return id.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

interface InRun {
  ruleIndex: number;
  /** Names of inputs that are no text. */
  binaries: ReadonlySet<string>;
}

function resultOf(placed: Placed, { ruleIndex, binaries }: InRun) {
  const { finding, token } = placed;
  const sighting = sightingOf(placed);
  const about = token ? ` ${headline(token)}: ${token.token}` : '';
  return {
    ruleId: finding.rule,
    ruleIndex,
    level: levels[finding.severity],
    message: { text: inMessage(`${sentence(finding.says || finding.title)}${about}`) },
    locations: [locationOf(sighting, binaries)],
    partialFingerprints: { 'roomkeyFinding/v1': fingerprint(placed) },
    ...(finding.muted === null ? {} : { suppressions: [{ kind: 'external', justification: finding.muted }] }),
    properties: {
      severity: finding.severity,
      confidence: finding.confidence,
      ...(token ? { token: token.id } : {}),
      ...(sighting?.readBy === 'page' ? { readBy: sighting.readBy } : {}),
    },
  };
}

function locationOf(sighting: DocumentSighting | null, binaries: ReadonlySet<string>) {
  const uri = uriOf(sighting?.input ?? sighting?.url ?? 'page');
  return {
    physicalLocation: {
      artifactLocation: { uri },
      region: regionOf(sighting, binaries),
    },
    ...(sighting
      ? { logicalLocations: [{ fullyQualifiedName: `${sighting.label}${sighting.path ? ` ${sighting.path}` : ''}` }] }
      : {}),
  };
}

/** Where it lies in the file itself (§3.30). Code hosts want a line also where what is found has none, as in a recording. */
function regionOf(sighting: DocumentSighting | null, binaries: ReadonlySet<string>) {
  const { lines, source = '', input = null, offset = 0 } = sighting ?? {};
  if (lines) return { startLine: lines.line, startColumn: lines.column, endColumn: lines.column + lines.length };
  const isBinary = input !== null && binaries.has(input) && sourceOf(source)?.isWholeFile;
  return isBinary ? { byteOffset: offset } : { startLine: 1 };
}

function notifications({ problems, inputs }: ReportDocument) {
  return [...problems, ...inputs.flatMap((input) => input.problems)].map(({ code, message }) => ({
    level: isNote({ code }) ? 'note' : 'warning',
    message: { text: inMessage(message) },
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
  const url = /^https?:\/\//i.test(path) ? urlFrom(path) : null;
  if (url) return url.href;
  return encodeURI(path)
    .replace(/^\/{2,}/, '/')
    .replace(/[?#[\]]/g, encodeURIComponent)
    .replace(/^([^/]*):/, (_, start: string) => `${start}%3A`);
}

/**
 * A text as it stands in a message, in which `{0}` is filled in (SARIF 2.1.0 §3.11.5) and `[words](address)` is a link (§3.11.6):
 * a token could bring its own. Brackets are escaped where they could make a link, and stay as they are elsewhere.
 */
function inMessage(text: string): string {
  return withoutPlaceholders(text.includes('](') ? text.replace(/[\\[\]]/g, '\\$&') : text);
}

function withoutPlaceholders(text: string): string {
  return text.replace(/[{}]/g, '$&$&');
}
