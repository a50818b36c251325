import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plantedCapture, plantedReport } from '../../../test/reports.ts';
import { daily, now } from '../../../test/tokens.ts';
import { find, inspect } from '../inspect.ts';
import type { Capture, Report } from '../model.ts';
import { policies } from '../policies.ts';
import { sarif } from './sarif.ts';

/** What a code host's own uploader says of a file; it validates against the official SARIF 2.1.0 schema. Empty when it is valid. */
async function complaintsAbout(text: string): Promise<string> {
  const { commands } = createRequire(import.meta.url)('@datadog/datadog-ci-plugin-sarif') as {
    commands: { upload: { PluginCommand: new () => Uploader } };
  };
  const folder = mkdtempSync(join(tmpdir(), 'roomkey-sarif-'));
  try {
    const file = join(folder, 'report.sarif');
    writeFileSync(file, text);
    const uploader = new commands.upload.PluginCommand();
    let said = '';
    Object.assign(uploader, {
      basePaths: [file],
      noVerify: false,
      context: { stdout: { write: (words: string) => (said += words) } },
    });
    const accepted = await uploader.getMatchingSarifReports({});
    return accepted.length === 1 ? '' : said || 'not accepted';
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Uploader {
  getMatchingSarifReports(tags: object): Promise<unknown[]>;
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

test('satisfies the official schema, with findings and without', async () => {
  expect(await complaintsAbout(sarif.write(plantedReport(), { inputs }))).toBe('');
  const empty = inspect([], { now, policy: policies.standard });
  expect(await complaintsAbout(sarif.write(empty, {}))).toBe('');
});

test('the validator does tell a broken file', async () => {
  expect(await complaintsAbout('{"version":"2.1.0","runs":[{"tool":{}}]}')).not.toBe('');
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
    exchanges: [
      {
        name: `entry ${entry}`,
        method: 'GET',
        url: `https://call.example/join?t=${daily.host({ exp })}`,
        startedAt: now,
        pageUrl: null,
        initiator: null,
        requestHeaders: [],
        requestBody: null,
        status: 200,
        responseHeaders: [],
        responseBody: null,
        messages: [],
      },
    ],
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
