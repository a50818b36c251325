import { dirname, relative } from 'node:path';
import type { Kind } from '../guards/kinds.ts';
import type { WaitingRule } from './waiting-rule.ts';

/** What a unit is called, wherever it is spelled. */
export interface Named {
  id: string;
  /** In code: the id in camelCase. */
  name: string;
  /** For users: the id in words. */
  words: string;
  /** Its file, below the repository. */
  file: string;
  kind: Kind;
  /** Of a rule. */
  topic: string;
  /** Year and month: "2026-11". */
  month: string;
  waiting: WaitingRule | null;
}

interface Written {
  unit: string;
  test: string;
  /** What to fill in, as one or two sentences. */
  hint: string;
}

/** Files of the repository that new units and tests import. */
const files = {
  capture: 'src/engine/model/capture.ts',
  facts: 'src/engine/model/facts.ts',
  decode: 'src/engine/decode/decode.ts',
  detect: 'src/engine/find/detect.ts',
  inspect: 'src/engine/inspect.ts',
  grants: 'src/engine/recognise/providers/grants.ts',
  undocumented: 'src/engine/recognise/providers/undocumented.ts',
  byteWindow: 'src/inputs/bytes/byte-window.ts',
  parseStore: 'src/probes/parse-store.ts',
  tokens: 'test/builders/tokens.ts',
  captures: 'test/builders/captures.ts',
  reports: 'test/builders/reports.ts',
  storedTokens: 'test/builders/stored-tokens.ts',
  terminal: 'test/doubles/fake-terminal.ts',
  minted: 'test/builders/mint/minted.ts',
  ruleCases: 'test/cases/rule.ts',
  providerCases: 'test/cases/provider.ts',
};

/** An import of a new file, its path as the new file sees it. */
function from({ file }: Named, what: string, path: string): string {
  const seen = relative(dirname(file), path).replaceAll('\\', '/');
  return `import ${what} from '${seen.startsWith('.') ? seen : `./${seen}`}';\n`;
}

const unitType = (named: Named) => from(named, `type { ${named.kind.type} }`, named.kind.description);
const unitItself = (named: Named) => from(named, `{ ${named.name} }`, named.file);
const vitest = "import { expect, test } from 'vitest';\n";
const quoted = (text: string) => JSON.stringify(text);

/** A unit and its test by kind, in the style of the smallest there is. Biome sorts the imports. */
export const templates: Readonly<Record<string, (named: Named) => Written>> = {
  rule: (named) => ({
    unit: `${unitType(named)}
export const ${named.name}: TokenRule = {
  id: '${named.id}',
  judges: 'token',
  group: '${named.topic}',
  title: ${quoted(named.waiting?.title ?? named.words)},
  severity: '${named.waiting?.severity ?? 'low'}',
  why: 'Say here what could happen.',
  fix: 'Say here what to do.',
  references: [],
  applies: () => false,
  check: () => [],
};
`,
    test: `${from(named, '{ ruleCases }', files.ruleCases)}${from(named, '{ hours, jwt, now }', files.tokens)}${unitItself(named)}
await ruleCases(${named.name}, {
  flags: {
    'a token that has the problem': {
      on: { local: { t: jwt({ sub: 'ada' }) } },
      severity: '${named.waiting?.severity ?? 'low'}',
      says: 'the values concerned',
    },
  },
  passes: { 'a token that has it not': { local: { t: jwt({ sub: 'ada', exp: now + hours(1) }) } } },
});
`,
    hint: 'Say what is wrong, what could happen and what to do, then what applies and what is flagged; docs/adding-a-rule.md helps. Then npm run docs.',
  }),

  provider: (named) => ({
    unit: `${from(named, 'type { Facts, Recognition }', files.facts)}${from(named, '{ grants, unsaid }', files.grants)}${unitType(named)}${from(named, '{ undocumented }', files.undocumented)}
const recognise = (): Recognition | null => null;

const facts = (): Facts => ({
  use: 'video-join',
  product: null,
  tenant: null,
  room: null,
  roomScope: 'not-stated',
  roomClaim: null,
  userId: null,
  displayName: null,
  role: 'unknown',
  vendorRole: null,
  roleBecause: 'no claim says it',
  roleClaim: null,
  privileges: grants([], unsaid('no claim says it')),
});

export const ${named.name}: Provider = {
  id: '${named.id}',
  name: '${named.words}',
  kind: 'video',
  recognise,
  facts,
  claims: {},
  enforcement: {
    atJoin: undocumented,
    atExpiry: undocumented,
    onReconnect: undocumented,
    onRemoval: undocumented,
  },
  whenRoomAbsent: 'not-applicable',
  lifetime: { defaultSeconds: null, floorSeconds: null, ceilingSeconds: null, advice: 'The caller sets it.' },
  limits: [],
  publicClaims: [],
  algorithms: [],
  transport: { parameters: [], hosts: [], headers: [] },
  validation: undocumented,
  fixes: {},
  links: [{ title: '${named.words}', url: 'https://example.com/' }],
  readAt: '${named.month}',
};
`,
    test: `${from(named, '{ expect, found, providerCases, test }', files.providerCases)}${from(named, 'type { Minted }', files.minted)}${from(named, '{ hours, jwt, now }', files.tokens)}${unitItself(named)}
const exp = now + hours(1);

/** Made by the vendor's own server package where there is one. */
const tokens = {
  guest: () => jwt({ sub: 'ada', room: 'standup', exp }),
  host: () => jwt({ sub: 'ada', room: 'standup', moderator: true, exp }),
  'without expiry': () => jwt({ sub: 'ada', room: 'standup' }),
  'without room': () => jwt({ sub: 'ada', exp }),
} satisfies Minted;

providerCases(${named.name}, { tokens, ordinary: ['guest', 'host'] });

test('tells hosts from guests, and the room', () => {
  expect(${named.name}.facts(found(tokens.host()))).toMatchObject({ role: 'host', room: 'standup' });
  expect(${named.name}.facts(found(tokens.guest()))).toMatchObject({ role: 'participant', room: 'standup' });
});
`,
    hint: 'Make true tokens in its test, then recognise them and read their facts; docs/adding-a-provider.md helps. Then npm run docs.',
  }),

  source: (named) => ({
    unit: `${unitType(named)}
export const ${named.name}: Source = {
  id: '${named.id}',
  name: '${named.words}',
  snippets: () => [],
};
`,
    test: `${vitest}${from(named, '{ pageOf }', files.captures)}${from(named, '{ jwt }', files.tokens)}${unitItself(named)}
test('hands out each text of the place, and says where it lay', () => {
  const token = jwt({ sub: 'ada' });
  const snippets = ${named.name}.snippets(pageOf({ local: { t: token } }));
  expect(snippets.map(({ text, place }) => [place.source, text])).toEqual([['${named.id}', token]]);
});
`,
    hint: 'Turn what a capture holds into texts with their traits; docs/adding-a-source.md helps. It stands last in its list: move it to where a user would look. Then npm run docs.',
  }),

  form: (named) => ({
    unit: `${unitType(named)}
export const ${named.name}: Form = {
  id: '${named.id}',
  name: '${named.words}',
  startsAt: ['value'],
  match: () => null,
  read: () => ({}),
  links: [],
};
`,
    test: `${vitest}${from(named, '{ decode }', files.decode)}${from(named, '{ detect }', files.detect)}${unitItself(named)}
const text = 'a token of this form';

test('is found exactly, and read', () => {
  const hits = detect(text, { key: 'token' }).hits.map(({ form, token }) => [form, token]);
  expect(hits).toEqual([['${named.id}', text]]);
  expect(decode(text, ${named.name}.id).claims).toEqual({ sub: 'ada' });
});

test('what only looks like it is left alone', () => {
  expect(detect(text.slice(1), { key: 'token' }).hits).toEqual([]);
});
`,
    hint: 'Say where such a token begins and ends, and read it. It stands first in its list: move it below what is narrower. Then npm run docs.',
  }),

  encoding: (named) => ({
    unit: `${unitType(named)}
export const ${named.name}: Encoding = {
  id: '${named.id}',
  name: '${named.id.replaceAll('-', ' ')}',
  tried: ['whole'],
  peel: () => null,
};
`,
    test: `${vitest}${from(named, '{ jwt }', files.tokens)}${unitItself(named)}
test('is undone around any place in it', () => {
  const encoded = jwt({ sub: 'ada' });
  expect(${named.name}.peel(encoded, 9, 1000)).toEqual({ start: 0, end: encoded.length, text: jwt({ sub: 'ada' }) });
});

test('a text that is not so written is left alone', () => {
  expect(${named.name}.peel('plain words', 3, 1000)).toBeNull();
});
`,
    hint: 'Say where it is tried, and undo one layer of it. It stands last in its list: move it up if it is cheap to recognise.',
  }),

  library: (named) => ({
    unit: `${unitType(named)}
export const ${named.name}: ${named.kind.type} = {
  id: '${named.id}',
  name: '${named.words}',
  describe: () => null,
};
`,
    test: `${vitest}${from(named, '{ labels }', files.storedTokens)}${from(named, '{ jwt }', files.tokens)}
test('its own key is recognised, and no other', () => {
  const token = jwt({ sub: 'ada' });
  expect(labels('${named.id}.token', token)).toEqual(['${named.words} access token → access']);
  expect(labels('another.token', token)).toEqual([null]);
});
`,
    hint: 'Say which keys are its own and what each keeps, with the page or source that shows it.',
  }),

  format: (named) => ({
    unit: `${unitType(named)}
export const ${named.name}: Format = {
  id: '${named.id}',
  name: '${named.words}',
  type: 'text/plain',
  extension: 'txt',
  write: () => '\\n',
};
`,
    test: `${vitest}${from(named, '{ planted, plantedReport }', files.reports)}${unitItself(named)}
test('tells every finding, and shows no token', () => {
  const report = plantedReport();
  const text = ${named.name}.write(report, {});
  for (const { title } of report.subjects.flatMap(({ findings }) => findings)) expect(text).toContain(title);
  expect(text).not.toContain(planted.guest);
});
`,
    hint: 'Write the report down; nothing of it may steer what reads it.',
  }),

  input: (named) => ({
    unit: `${unitType(named)}
export const ${named.name}: Input = {
  id: '${named.id}',
  name: '${named.words}',
  matches: () => false,
  read: async () => {},
};
`,
    test: `${vitest}${from(named, '{ daily, now }', files.tokens)}${from(named, '{ find }', files.inspect)}${from(named, 'type { Capture }', files.capture)}${from(named, '{ ByteWindow }', files.byteWindow)}${unitItself(named)}
const token = daily.host();
const text = \`a file that holds \${token}\`;

function windowOver(bytes: Buffer): ByteWindow {
  return new ByteWindow(async (into, at) => bytes.copy(into, 0, at));
}

test('is told by how it begins', () => {
  expect(${named.name}.matches(text)).toBe(true);
  expect(${named.name}.matches('something else')).toBe(false);
});

test('what it holds is read and found', async () => {
  const captures: Capture[] = [];
  const context = { now, name: 'a.file', bytes: text.length, reopen: null, recorded: () => {} };
  await ${named.name}.read(windowOver(Buffer.from(text)), context, (capture) => captures.push(capture));
  expect(captures.flatMap((capture) => find(capture).sightings.map((one) => one.token))).toEqual([token]);
});
`,
    hint: 'Say how such a file begins, and read it piece by piece. It stands first in its list: move it below what is narrower.',
  }),

  command: (named) => ({
    unit: `import { parseArgs } from 'node:util';
${unitType(named)}
export const ${named.name}: Command = {
  id: '${named.id}',
  usage: '${named.id}',
  summary: 'what it does, in a clause',
  help: \`What it does, in a sentence.

Usage
  roomkey ${named.id}

Examples
  roomkey ${named.id}
\`,
  async run(args) {
    parseArgs({ args, options: {} });
    return 0;
  },
};
`,
    test: `${vitest}${from(named, '{ roomkey }', files.terminal)}
test('says what it found', async () => {
  const { code, out } = await roomkey(['${named.id}']);
  expect(code).toBe(0);
  expect(out).toMatch(/\\S/);
});
`,
    hint: 'Say what it does, and do it; docs/cli.md wants a paragraph.',
  }),

  probe: (named) => ({
    unit: `${from(named, 'type { QuickProbe }', named.kind.description)}
export const ${named.name}: QuickProbe = {
  id: '${named.id}',
  name: '${named.name}',
  answers: 'at-once',
  run: read,
};

/** It is turned into text and runs inside the inspected page; it imports nothing. */
function read(): string {
  return '\\n';
}
`,
    test: `${vitest}${from(named, '{ parseStore }', files.parseStore)}${unitItself(named)}
test('reads the texts of its place, by their keys', () => {
  const run = new Function('place', \`return (\${${named.name}.run})(...arguments[1])\`);
  const answer = parseStore(run({ key: 'a text' }, ['${named.name}', '', {}, 1e6, 1000]));
  expect(answer).toMatchObject({ kind: 'read', entries: [{ key: 'key', text: 'a text' }] });
});
`,
    hint: 'Read the place inside the page. A source of the same id turns its texts into snippets: npm run new source.',
  }),
};
