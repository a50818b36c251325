import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import { exchangeOf } from '../../../../test/builders/captures.ts';
import { plantedCapture, plantedReport, repeatedReport } from '../../../../test/builders/reports.ts';
import { daily, now } from '../../../../test/builders/tokens.ts';
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
  locations: { physicalLocation: { artifactLocation: { uri: string } } }[];
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
