import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import { exchangeOf } from '../../../../test/builders/captures.ts';
import { plantedCapture, plantedReport, repeatedReport } from '../../../../test/builders/reports.ts';
import { daily, now } from '../../../../test/builders/tokens.ts';
import { ByteWindow } from '../../../inputs/bytes/byte-window.ts';
import { createGatherer } from '../../../inputs/gather.ts';
import { recogniseInput } from '../../../inputs/recognise-input.ts';
import { policies } from '../../audit/policy/policies.ts';
import { find, inspect } from '../../inspect.ts';
import type { Capture } from '../../model/capture.ts';
import type { Report } from '../../model/report.ts';
import { sarif } from './sarif.ts';

// The published schema, as @microsoft/jest-sarif 1.0.0-beta.0 carries it. It is of draft 4, of which it uses nothing that later drafts read differently.
const {
  $schema: _,
  id: __,
  ...schema
} = JSON.parse(
  readFileSync(new URL('../../../../test/schemas/sarif-2.1.0-rtm.5.json', import.meta.url), 'utf8'),
) as Record<string, unknown>;
// One of its patterns (of languages) is none in Unicode mode.
const ajv = new Ajv({ strict: false, unicodeRegExp: false, allErrors: true });
addFormats(ajv);
const validate = ajv.compile(schema);

/** What the official SARIF 2.1.0 schema says of a file. Empty when it is valid. */
function complaintsAbout(text: string): string {
  return validate(JSON.parse(text)) ? '' : ajv.errorsText(validate.errors);
}

interface Result {
  ruleId: string;
  ruleIndex: number;
  level: string;
  partialFingerprints: Record<string, string>;
  locations: [
    {
      physicalLocation: {
        artifactLocation: { uri: string };
        region: { startLine?: number; startColumn?: number; endColumn?: number };
      };
    },
  ];
}

const inputs = [
  { name: 'recordings/a call: 1 %.har', kind: 'har', bytes: 12, readable: true, problems: [] },
  {
    name: 'C:\\x\\b.txt',
    kind: 'text',
    bytes: null,
    readable: false,
    problems: [{ code: 'input-empty', message: 'It is empty.' }],
  },
];

function runOf(report: Report) {
  const { runs } = JSON.parse(sarif.write(report, { inputs })) as {
    runs: [{ results: Result[]; tool: { driver: { rules: { id: string; help: { text: string } }[] } } }];
  };
  return runs[0];
}

test('satisfies the official schema, with findings and without', () => {
  expect(complaintsAbout(sarif.write(plantedReport(), { inputs }))).toBe('');
  expect(complaintsAbout(sarif.write(repeatedReport(9), { inputs }))).toBe('');
  const empty = inspect([], { now, policy: policies.standard });
  expect(complaintsAbout(sarif.write(empty, {}))).toBe('');
});

test.each([
  ['a tool without its driver', { version: '2.1.0', runs: [{ tool: {} }] }, /driver/],
  ['another version', { version: '2.0.0', runs: [] }, /version/],
  ['a member SARIF does not know', { version: '2.1.0', runs: [], made: 'here' }, /additional properties/],
  [
    'an address that is none',
    { version: '2.1.0', runs: [{ tool: { driver: { name: 'a', informationUri: 'no address' } } }] },
    /informationUri must match format "uri"/,
  ],
])('the schema does tell %s', (_, broken, complaint) => {
  expect(complaintsAbout(JSON.stringify(broken))).toMatch(complaint);
});

test('explains every rule it names', () => {
  const { results, tool } = runOf(plantedReport());
  expect(results.length).toBeGreaterThan(3);
  for (const { ruleId, ruleIndex } of results) {
    const rule = tool.driver.rules[ruleIndex];
    expect(rule?.id).toBe(ruleId);
    expect(rule?.help.text.length).toBeGreaterThan(20);
  }
});

test('gives a finding the same fingerprint for a newly minted token and a later entry', () => {
  const capture = (entry: number, exp: number): Capture => ({
    ...plantedCapture,
    page: null,
    stores: [],
    texts: [],
    exchanges: [exchangeOf({ name: `entry ${entry}`, url: `https://call.example/join?t=${daily.host({ exp })}` })],
  });
  const prints = (one: Capture) => {
    const report = inspect(find(one).sightings, { now, policy: policies.standard });
    return runOf(report).results.map(({ ruleId, partialFingerprints }) => [ruleId, partialFingerprints]);
  };
  expect(prints(capture(3, now + 900)).length).toBeGreaterThan(0);
  expect(prints(capture(3, now + 900))).toEqual(prints(capture(41, now + 901)));
});

test('names files as URI references', () => {
  const report = plantedReport();
  const [subject] = report.subjects;
  if (!subject) throw new Error('nothing was found');
  for (const sighting of subject.sightings) sighting.input = 'recordings/a call: 1 %.har';
  const uris = runOf(report).results.map(({ locations }) => locations[0]?.physicalLocation.artifactLocation.uri);
  expect(uris).toContain('recordings/a%20call:%201%20%25.har');
});

/** Where the findings of a file stand, as an editor that reads SARIF finds them again: the text of each region. */
async function regionsIn(name: string, text: string | Uint8Array) {
  const gatherer = createGatherer();
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const window = new ByteWindow(async (into, at) => {
    const piece = bytes.subarray(at, at + into.length);
    into.set(piece);
    return piece.length;
  });
  await gatherer.add(await recogniseInput(window, { name, bytes: bytes.length, reopen: null }), now);
  const { sightings, problems, inputs: read } = gatherer.finish();
  const report = inspect(sightings, { now, policy: policies.standard, problems });
  const log = sarif.write(report, { inputs: read });
  expect(complaintsAbout(log)).toBe('');
  const { runs } = JSON.parse(log) as { runs: [{ columnKind: string; results: Result[] }] };
  expect(runs[0].columnKind).toBe('utf16CodeUnits');
  expect(runs[0].results).not.toEqual([]);
  const lines = (typeof text === 'string' ? text : '').replace(/^\ufeff/, '').split(/\r?\n/);
  return runs[0].results.map(({ locations: [{ physicalLocation }] }) => {
    const { startLine = 0, startColumn = 0, endColumn = 0, ...others } = physicalLocation.region;
    return {
      startLine,
      startColumn,
      ...others,
      text: (lines[startLine - 1] ?? '').slice(startColumn - 1, endColumn - 1),
    };
  });
}

const token = daily.host();

test.each<[string, string, { startLine: number; startColumn: number }]>([
  ['several lines', `first\nsecond\n  token = ${token};\nlast`, { startLine: 3, startColumn: 11 }],
  ['lines as Windows ends them', `first\r\n\r\nx=${token}\r\n`, { startLine: 3, startColumn: 3 }],
  ['the first line, after a byte order mark', `\ufeff${token}\n`, { startLine: 1, startColumn: 1 }],
  ['a line with a lone carriage return, which ends none', `a\rb ${token}`, { startLine: 1, startColumn: 5 }],
  [
    'a line with characters beyond the first plane, of two code units each',
    `é𝒳😀 ${token}`,
    { startLine: 1, startColumn: 7 },
  ],
  [
    'JSON of one long line',
    JSON.stringify({ list: Array.from({ length: 50_000 }, (_, index) => `item ${index}`), token }),
    { startLine: 1, startColumn: 638_910 },
  ],
  [
    'the end of a file of more than is read at once',
    `${'x y\n'.repeat((4 << 20) + 9)}\n é ${token}`,
    { startLine: (4 << 20) + 11, startColumn: 4 },
  ],
])('a token in %s is found again at its line and column', async (_, text, place) => {
  for (const region of await regionsIn('file.txt', text)) expect(region).toEqual({ ...place, text: token });
});

test('of what is encoded the start is told, and of a binary file the byte, since it has no lines', async () => {
  for (const region of await regionsIn('a.txt', `first\n${btoa(token)}`))
    expect(region).toEqual({ startLine: 2, startColumn: 1, text: '' });
  for (const region of await regionsIn('a.bin', new TextEncoder().encode(`\0\n\n\0 ${token}`)))
    expect(region).toEqual({ startLine: 0, startColumn: 0, byteOffset: 5, text: '' });
});
