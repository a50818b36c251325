import { describe, expect, test } from 'vitest';
import { placesIn, readInput } from '../../test/builders/read-input.ts';
import { daily } from '../../test/builders/tokens.ts';

const [host, guest] = [daily.host(), daily.guest()];

const recordings: [what: string, kind: string, json: unknown, place: string][] = [
  [
    'HAR',
    'har',
    {
      log: {
        version: '1.2',
        creator: { name: 'x' },
        entries: [
          {
            startedDateTime: '2026-11-26T20:00:00.500Z',
            request: {
              method: 'GET',
              url: 'https://call.example/a',
              headers: [{ name: 'Authorization', value: `Bearer ${host}` }],
            },
            response: { status: 200, content: { text: 'callback({});\n```\n' } },
          },
        ],
      },
    },
    'request-header Authorization of https://call.example',
  ],
  [
    'storage state',
    'storage-state',
    { cookies: [], origins: [{ origin: 'https://call.example', localStorage: [{ name: 'auth', value: host }] }] },
    'local-storage auth of https://call.example',
  ],
  [
    'list of cookies',
    'cookie-list',
    [{ name: 'auth', value: host, domain: 'call.example', path: '/', secure: true }],
    'cookie auth of https://call.example',
  ],
];

const around: [what: string, wrap: (json: string) => string][] = [
  ['a fence of Markdown', (json) => `# A call\n\nIt looks so:\n\n\`\`\`json\n${json}\n\`\`\`\n\nThanks.\n`],
  ['a fence of tildes, with carriage returns', (json) => `Hello\r\n~~~\r\n${json}\r\n~~~\r\n`],
  ['a call', (json) => `callback(${json});`],
  ['a call that is made with care', (json) => `/**/ typeof onHar === 'function' && onHar(${json});\n`],
  ['an assignment', (json) => `window.__har = ${json};\n`],
  ['an assignment by name', (json) => `window["har"] =\n  ${json}\n`],
  [
    'a declaration after comments',
    (json) => `// eslint-disable\n// made by hand\nconst har = ${json};\nexport { har };\n`,
  ],
  ['an export', (json) => `export default ${json}\n`],
  ['a module', (json) => `module.exports = ${json};`],
  ['a guard', (json) => `)]}'\n${json}`],
];

describe.each(recordings)('a %s is read as what it is', (_, kind, json, place) => {
  test.each(around)('in %s', async (_, wrap) => {
    for (const written of [JSON.stringify(json), JSON.stringify(json, null, 2)]) {
      expect((await readInput(wrap(written))).failure).toBeNull();
      expect(await placesIn(wrap(written))).toEqual({ kind, places: [place] });
    }
  });
});

const [[, , archive] = []] = recordings;

test('what stands around it, and recordings after the first, are read as well', async () => {
  const fenced = (json: unknown) => `\n\`\`\`json\n${JSON.stringify(json)}\n\`\`\`\n`;
  const text = `The token:\n${guest}\n${fenced(archive)}and${fenced({ b: guest })}${fenced(recordings[2]?.[2])}`;
  const { sightings } = await readInput(text);
  expect(sightings.map(({ token, place, lines }) => [token, place.source, lines?.line])).toEqual([
    [guest, 'text', 2],
    [guest, 'text', 9],
    [host, 'request-header', undefined],
    [host, 'cookie', undefined],
  ]);
});

test.each([
  ['one that is cut off', `callback(${JSON.stringify(archive).slice(0, -40)}`],
  ['other JSON', `callback({"token":"${host}"});`],
  [
    'an object of a script',
    `const har = { log: { entries: [{ request: { url: "https://a.example" } }] } }; // ${host}`,
  ],
])('%s is searched as text', async (_, text) => {
  const { kind, sightings } = await readInput(text);
  expect([kind, sightings.map(({ token, place }) => [token, place.source])]).toEqual(['text', [[host, 'text']]]);
});

test('what is hostile takes no longer than what is not', async () => {
  for (const piece of [
    'a(',
    '```\n{',
    '// a\n',
    '~~~\n[\n',
    'x = ',
    '{"log":{"entries":[',
    '```\n{"log":{"entries":[{"request":',
  ])
    await readInput(piece.repeat(20_000));
});
