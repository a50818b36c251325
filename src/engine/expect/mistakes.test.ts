import { expect, test } from 'vitest';
import { ExpectationError, parseExpectations } from './expectations.ts';

const good = {
  $schema: 'expectations.schema.json',
  pages: { guest: ['https://call.example/guest/*', 'https://call.example/join'], host: ['https://call.example/host*'] },
  expect: [
    {
      name: 'no host token on the guest’s pages',
      on: 'guest',
      where: { origin: 'https://call.example', source: ['cookie', 'local-storage'] },
      none: { role: ['host', 'server'] },
    },
    { name: 'one guest', count: { min: 1, max: 2 }, tokens: { provider: 'daily', room: { like: 'stand*' } } },
    {
      name: 'guests cannot record',
      on: 'https://call.example/guest/*',
      every: { role: 'participant' },
      atLeast: 1,
      have: { 'privileges.record': [false, null], 'times.lifetimeSeconds': { max: 7200 } },
    },
    { name: 'hosts are known', every: { role: 'host' }, have: { userId: { not: null } } },
    { name: 'nothing bad', maxSeverity: 'low' },
  ],
  steps: [
    {
      name: 'the host’s page',
      open: 'https://call.example/host/standup',
      expect: [{ name: 'a host token there', count: { min: 3 }, tokens: { role: 'host' } }],
    },
    { name: 'the guest’s page', open: '/guest/standup', expect: [] },
    {
      name: 'after logout',
      action: 'log out',
      expect: [{ name: 'none is left', on: 'guest', none: { provider: 'jitsi' } }],
    },
  ],
};

type Step = string | number;

/** The file with another value at a place, or without what is there; `undefined` takes it away. */
function changed(way: readonly Step[], value: unknown): string {
  const file = structuredClone(good) as never;
  const last = way.at(-1) as Step;
  const around = way.slice(0, -1).reduce<Record<Step, unknown>>((inner, step) => inner[step] as never, file);
  if (value === undefined) delete around[last];
  else around[last] = value;
  return `${JSON.stringify(file, null, 2)}\n`;
}

const at = (index: number, ...way: Step[]): Step[] => ['expect', index, ...way];
const inRun = (index: number, ...way: Step[]): Step[] => ['steps', index, ...way];
const values: readonly unknown[] = [null, true, 7, 'text', [], {}];
const besides = (...fine: unknown[]) =>
  values.filter((one) => !fine.some((other) => JSON.stringify(other) === JSON.stringify(one)));

/** A place, and values that must not stand there. */
const wrongValues: [way: Step[], wrong: readonly unknown[]][] = [
  [['pages'], besides({})],
  [['pages', 'guest'], values],
  [['pages', 'guest', 1], besides()],
  [['expect'], besides([])],
  [at(0), besides()],
  [at(0, 'name'), ['', ...besides('text')]],
  [at(0, 'on'), ['', 'nobody', '/guest/*', ...besides('text')]],
  [at(0, 'where'), besides({})],
  [at(0, 'where', 'origin'), [{}, [], { min: 'a' }, { like: 1 }, { like: 'a', not: 'b' }]],
  [at(0, 'none'), besides({})],
  [at(0, 'none', 'role', 1), [{}, [], { max: null }, { not: {} }]],
  [at(1, 'count'), [-1, 0.5, ...besides(7)]],
  [at(1, 'count', 'max'), [0, ...besides(7)]],
  [at(1, 'tokens'), besides({})],
  [at(1, 'tokens', 'room', 'like'), besides('text')],
  [at(2, 'atLeast'), [-1, 1.5, ...besides(7)]],
  [at(2, 'every'), besides({})],
  [at(2, 'have'), besides()],
  [at(4, 'maxSeverity'), ['worst', 'critical', ...besides()]],
  // What no report tells, so that none would always hold.
  [at(0, 'none', 'role', 0), ['owner', 'Host', { like: 'h*t?' }, { not: 'hots' }, { min: 1 }, null, 7]],
  [at(0, 'where', 'source', 1), ['localStorage', 'session storage', { like: 'storage-*' }, null]],
  [at(0, 'where', 'origin'), [7, true, { max: 2 }]],
  [at(1, 'count'), [{ min: 0 }, { min: -1 }]],
  [at(1, 'tokens', 'provider'), ['dayli', 'Daily', ['daily', 'live-kit'], { not: 'twillio' }, true]],
  [at(1, 'tokens', 'room'), [7, true, { min: 1 }, ['standup', false]]],
  [at(2, 'have', 'privileges.record', 0), ['false', 0, { not: 'true' }, { like: 'f*' }]],
  [at(2, 'have', 'times.lifetimeSeconds'), ['7200', true, [{ max: 7200 }, '1 h'], { like: '7*' }]],
  [
    at(3, 'every'),
    [{ status: 'Active' }, { use: 'video' }, { form: 'jwt' }, { roomScope: 'one' }, { 'times.status': 1 }],
  ],
  [['steps'], values],
  [inRun(0), values],
  [inRun(0, 'name'), ['', ...besides('text')]],
  [inRun(0, 'open'), ['', 'guest/standup', '//call.example/host', 'https://', 'file:///host', '*/host/*', ...values]],
  [inRun(0, 'expect'), besides([])],
  [inRun(0, 'expect', 0), values],
  [inRun(0, 'expect', 0, 'count'), [-1, ...besides(7)]],
  [inRun(2, 'action'), ['', ...besides('text')]],
  [inRun(2, 'expect', 0, 'on'), ['', 'nobody', '/guest/*', ...besides('text')]],
];

/** Members that are not known there. */
const strangers: Step[][] = [
  ['page'],
  ['expects'],
  ['pages', 'https://call.example'],
  ['pages', ''],
  at(0, 'on page'),
  at(0, 'Where'),
  at(0, '__proto__x'),
  at(0, 'where', 'host'),
  at(0, 'where', 'origins'),
  at(0, 'none', 'rooms'),
  at(0, 'none', 'privileges.recording'),
  at(0, 'none', 'claims.'),
  at(1, 'count', 'step'),
  at(1, 'tokens', 'times.ends'),
  at(2, 'atleast'),
  at(2, 'have', 'privilege.record'),
  inRun(0, 'opens'),
  inRun(0, 'action'),
  inRun(1, 'steps'),
  inRun(2, 'open'),
  inRun(2, 'on'),
  inRun(2, 'expect', 0, 'step'),
];

/** Members that are missed. */
const missing: Step[][] = [
  inRun(0, 'name'),
  inRun(0, 'open'),
  inRun(0, 'expect'),
  inRun(2, 'action'),
  inRun(2, 'expect'),
  inRun(2, 'expect', 0, 'none'),
  at(0, 'name'),
  at(1, 'name'),
  at(1, 'count'),
  at(2, 'have'),
  at(2, 'every'),
  at(3, 'have'),
  at(4, 'maxSeverity'),
];

/** A text that stands once, and what takes its place. */
const text = `${JSON.stringify(good, null, 2)}\n`;
const slips: [before: string, after: string][] = [
  ['"expect": [', '"expect": ['.slice(0, -1)],
  ['"guest": [', '"guest" ['],
  ['"on": "guest"', '"on": guest'],
  ['"on": "guest"', '"on": "guest'],
  ['"min": 1,', '"min": 1'],
  ['"min": 1', '"min": 01'],
  ['"min": 1', '"min": 1e999'],
  ['"max": 7200', '"max": 7200,'],
  ['"name": "one guest"', '"name": "one guest", "name": "two"'],
  ['"atLeast": 1', '"atLeast": 1, "atLeast": 0'],
  ['"provider": "daily"', '"provider": "daily", "provider": "jitsi"'],
  ['"maxSeverity": "low"', '"maxSeverity": "low" // no worse'],
  ['"maxSeverity": "low"', "'maxSeverity': 'low'"],
  ['"not": null', '"not": NaN'],
  ['"action": "log out"', '"action": "log out", "action": "leave"'],
  ['"steps": [', '"steps": {'],
];

interface Mistaken {
  file: string;
  /** Where the mistake was made; null where the text is no JSON, or says something twice. */
  way: readonly Step[] | null;
}

const files: Mistaken[] = [
  ...wrongValues.flatMap(([way, wrong]) => wrong.map((value) => ({ file: changed(way, value), way }))),
  ...strangers.map((way) => ({ file: changed(way, 'x'), way })),
  ...missing.map((way) => ({ file: changed(way, undefined), way })),
  ...slips.map(([before, after]) => ({ file: text.replace(before, after), way: null })),
];

/** `$.expect[0].where`, as far as names need no quotes. */
const pathOf = (way: readonly Step[]) =>
  way.reduce<string>((path, step) => {
    if (typeof step === 'number') return `${path}[${step}]`;
    return step.includes('.') ? `${path}["${step}"]` : `${path}.${step}`;
  }, '$');

function problemsOf(file: string): ExpectationError['problems'] {
  try {
    parseExpectations(file);
  } catch (error) {
    // Whatever else is thrown is a failure of the reader.
    if (error instanceof ExpectationError) return error.problems;
    throw error;
  }
  return [];
}

test('the file that the mistakes are made in has none', () => {
  expect(problemsOf(text)).toEqual([]);
});

test('of more than a hundred files with one mistake each, none is accepted, and each mistake is named with its place', () => {
  expect(new Set(files.map(({ file }) => file)).size).toBe(files.length);
  expect(files.length).toBeGreaterThanOrEqual(100);
  for (const { file, way } of files) {
    const problems = problemsOf(file);
    expect(problems.length, file).toBeGreaterThan(0);
    for (const { message, offset = -1, subject } of problems) {
      expect(message).toMatch(/^(?:This is not JSON: line \d+, column \d+|\S.+ \(line \d+, column \d+\))\.$/);
      // Line and column by another count than the reader's own.
      const lines = file.slice(0, offset).split('\n');
      expect(message).toContain(`line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`);
      const last = /\.([\w$]+)$/.exec(subject ?? '')?.[1];
      const isThere = last !== undefined && file.includes(JSON.stringify(last));
      if (isThere && !message.includes('is missing')) expect(file.slice(offset)).toMatch(`"${last}":`);
    }
    if (way === null) continue;
    const around = pathOf(way.slice(0, -1));
    expect(
      problems.some(({ subject = '' }) => subject.startsWith(around)),
      problems[0]?.message,
    ).toBe(true);
  }
});

test.each<[way: Step[], value: unknown, says: string]>([
  [at(0, 'on'), 'nobody', 'expect[0].on is no mark of pages, and no address of a page (line 15, column 7).'],
  [
    ['pages', 'guest', 1],
    '/join',
    'pages.guest[1] must be the address of a page, such as https://call.example/guest/*, or begin with * (line 6, column 7).',
  ],
  [['pages', 'host'], [], 'pages.host is an empty list, which no page is like (line 8, column 5).'],
  [['pages', 'a/b'], ['*'], 'pages["a/b"] is no mark: it must say something, without *, : and / (line 11, column 5).'],
  [at(2, 'atLeast'), -1, 'expect[2].atLeast must be a whole number from 0 on (line 49, column 7).'],
  [
    inRun(0, 'open'),
    'call.example/host',
    'steps[0].open must be the address of a page, such as https://call.example/guest/standup, or begin with one / (line 79, column 7).',
  ],
  [inRun(0, 'action'), 'log out', 'steps[0].action cannot stand beside open (line 91, column 7).'],
  [inRun(2, 'action'), undefined, 'steps[2] leads nowhere: give open or action (line 97, column 5).'],
  [
    inRun(2, 'expect', 0, 'on'),
    'guests',
    'steps[2].expect[0].on is no mark of pages, and no address of a page (line 103, column 11).',
  ],
  [['steps'], [], 'steps is an empty list, which leads nowhere (line 76, column 3).'],
  [at(2, 'every'), undefined, 'expect[2].atLeast needs every (line 46, column 7).'],
  [
    at(0, 'none', 'role', 1),
    'owner',
    'expect[0].none.role[1] fits nothing: it is host, participant, viewer, server or unknown (line 26, column 11).',
  ],
  [
    at(1, 'tokens', 'provider'),
    'dayli',
    'expect[1].tokens.provider is the id of no platform that is known (line 37, column 9).',
  ],
  [
    at(4, 'maxSeverity'),
    'critical',
    'expect[4].maxSeverity holds whatever is found: nothing is worse than critical (line 73, column 7).',
  ],
])('%j as %j is named', (way, value, says) => {
  expect(problemsOf(changed(way, value)).map(({ message }) => message)).toEqual([says]);
});
