import { describe, expect, test } from 'vitest';
import {
  dailyHost,
  dailyToken,
  jitsiToken,
  livekitToken,
  streamToken,
  twilioToken,
  vonageToken,
  zoomToken,
} from '../../../test/builders/join-tokens.ts';
import { type SeatParts, seatOf } from '../../../test/builders/seats.ts';
import { hours, jwt, now } from '../../../test/builders/tokens.ts';
import { readReport } from '../report/read-report.ts';
import { toDocument } from '../report/report-document.ts';
import { compareSeats } from './compare-seats.ts';
import type { Seat } from './seat.ts';

const host = dailyHost({ ud: 'ada', u: 'Ada' });
const guest = dailyToken({ u: 'Grace' });

/** The verdict, which has to be the same whichever seat is named first. */
function verdictOf(a: Seat, b: Seat, options = {}) {
  const { verdict } = compareSeats(a, b, options);
  const turned = compareSeats(b, a, options).verdict;
  const { outcome, host, guest } = verdict;
  expect({ outcome: turned.outcome, host: turned.host, guest: turned.guest }).toEqual({ outcome, host, guest });
  if (host !== null) expect(turned).toEqual(verdict);
  return verdict;
}

const all = ({ says, also }: { says: string; also: readonly string[] }) => [says, ...also].join('\n');
const seats = (a: readonly string[], b: readonly string[], parts: SeatParts = {}): [Seat, Seat] => [
  seatOf('a.har', a),
  seatOf('b.har', b, parts),
];

describe('whose seat is whose', () => {
  test.each<[what: string, a: string, b: string, outcome: string, says: RegExp]>([
    [
      'Daily, owner and guest',
      host,
      guest,
      'host-and-guest',
      /^a\.har is the host’s seat, b\.har a guest’s: no token of b\.har grants what the host’s does, to mute others, .*Whether it may all the same, the platform decides\.$/,
    ],
    [
      'Daily, a guest who is denied it',
      host,
      dailyToken({ p: { ca: false } }),
      'host-and-guest',
      /^a\.har is the host’s seat, b\.har a guest’s: b\.har may not mute others, remove others, /,
    ],
    [
      'Jitsi, moderator and none',
      jitsiToken({}, { id: 'a', moderator: true }),
      jitsiToken({}, { id: 'b' }),
      'host-and-guest',
      /^a\.har is the host’s seat, b\.har a guest’s, by their roles\. What a host may do beyond a guest, the tokens do not say\.$/,
    ],
    [
      'LiveKit',
      livekitToken({ roomAdmin: true }, { sub: 'host' }),
      livekitToken(),
      'host-and-guest',
      /b\.har may not mute others, remove others or change what others may do\.$/,
    ],
    [
      'Vonage, moderator and publisher',
      vonageToken({ role: 'moderator', jti: 'other' }),
      vonageToken(),
      'host-and-guest',
      /^a\.har is the host’s seat, b\.har a guest’s: b\.har may not mute others or remove others\.$/,
    ],
    [
      'Zoom',
      zoomToken({ role_type: 1 }),
      zoomToken(),
      'host-and-guest',
      /b\.har may not mute others, remove others, .* record the call or stream the call live\.$/,
    ],
    [
      'two hosts',
      host,
      dailyHost({ ud: 'lin' }),
      'other',
      /^Both a\.har and b\.har hold a host token: either may mute others, remove others, .* and do \d+ more things\.$/,
    ],
    [
      'two guests',
      guest,
      dailyToken({ ud: 'lin' }),
      'other',
      /^Neither a\.har nor b\.har holds a host token: by their tokens, both are guests’ seats\.$/,
    ],
    ['tokens that know no host', twilioToken(), twilioToken({ identity: 'lin' }), 'other', /^Neither .* host token/],
    [
      'roles that are not told',
      streamToken(),
      streamToken({ user_id: 'ada' }),
      'untold',
      /^It cannot be told which is the host’s: neither seat’s token names a role\.$/,
    ],
    [
      'a role that only the platform knows',
      jwt({
        access_key: 'k',
        app_data: null,
        room_id: '63d2',
        role: 'guest',
        type: 'app',
        user_id: 'u',
        version: 2,
        iat: now,
        exp: now + hours(1),
      }),
      jwt({
        access_key: 'k',
        app_data: null,
        room_id: '63d2',
        role: 'boss',
        type: 'app',
        user_id: 'v',
        version: 2,
        iat: now,
        exp: now + hours(1),
      }),
      'untold',
      /^It cannot be told which is the host’s: what the role guest or boss may do, the platform decides\.$/,
    ],
    ['the same token', host, host, 'other', /^a\.har and b\.har hold the same token \(Daily host token for standup\)/],
    [
      'other rooms',
      host,
      dailyToken({ r: 'retro' }),
      'other',
      /^a\.har and b\.har are not seats of one call: a\.har’s token opens standup, b\.har’s opens retro\.$/,
    ],
    [
      'other tenants',
      host,
      dailyToken({ d: '30f866c3-9123-452a-8723-ff58322d09c6' }),
      'other',
      /^a\.har and b\.har are not seats of one call: a\.har’s token is of the tenant 30f866c3-.*5, b\.har’s is of the tenant .*6\.$/,
    ],
    [
      'other platforms',
      host,
      livekitToken(),
      'other',
      /not seats of one call: a\.har’s token is of Daily, b\.har’s is of LiveKit\.$/,
    ],
    [
      'a room that is spelt otherwise',
      host,
      dailyToken({ r: 'Standup' }),
      'untold',
      /^As far as can be told, a\.har is the host’s seat, b\.har a guest’s\. Whether both are seats of one call cannot be told/,
    ],
    ['a guest for any room', host, dailyToken({ r: undefined }), 'host-and-guest', /^a\.har is the host’s seat/],
    [
      'a credential of the server',
      livekitToken({ roomAdmin: true, roomRecord: true, roomCreate: true }),
      livekitToken(),
      'other',
      /^a\.har holds a server credential \(LiveKit\), which is for no seat/,
    ],
  ])('%s', (_, a, b, outcome, says) => {
    const verdict = verdictOf(...seats([a], [b]));
    expect(verdict.says).toMatch(says);
    expect(verdict.outcome).toBe(outcome);
  });

  test('a guest who may do all that the host may is none, whatever the role is called', () => {
    const rights = { hasPresence: true, canSend: true };
    const [a, b] = seats([dailyHost({ ud: 'a' })], [dailyToken({ p: rights })]);
    const grants = a.report.subjects[0]?.facts.privileges ?? {};
    const subjects = b.report.subjects.map((one) => ({ ...one, facts: { ...one.facts, privileges: grants } }));
    const verdict = verdictOf(a, { ...b, report: { ...b.report, subjects } });
    expect(verdict.outcome).toBe('other');
    expect(verdict.says).toMatch(
      /^b\.har is a guest’s seat by its role, but may do all that a\.har, the host’s, may: /,
    );
  });

  test('a host token on the guest’s seat makes it a host’s, for another room and behind others, too', () => {
    expect(verdictOf(...seats([host], [guest, dailyHost({ r: 'retro', ud: 'x' })])).says).toMatch(/^Both/);
    expect(verdictOf(...seats([host], [guest, host])).outcome).toBe('other');
  });

  test('of several tokens one is named as an example', () => {
    const more = [host, dailyHost({ r: 'all-hands', ud: 'ada' })];
    expect(verdictOf(...seats(more, [dailyToken({ r: 'retro' })])).says).toMatch(
      /not seats of one call: a token of a\.har opens (?:standup|all-hands), one of b\.har opens retro\.$/,
    );
  });

  test('who holds a host token and a guest’s is the host', () => {
    expect(verdictOf(...seats([host, dailyToken({ ud: 'second' })], [guest]))).toMatchObject({
      outcome: 'host-and-guest',
      host: 'a.har',
      guest: 'b.har',
    });
  });
});

describe('never right by what was not seen', () => {
  test('a seat without a call token is nobody’s', () => {
    expect(verdictOf(...seats([host], []))).toMatchObject({
      outcome: 'untold',
      says: 'b.har holds no call token, so it cannot be told whose seat it is.',
    });
    expect(verdictOf(...seats([], [])).outcome).toBe('untold');
  });

  test('what could not be read of the guest’s seat may hold a host token, unless the caller says otherwise', () => {
    const problems = [{ code: 'frame-unreadable', message: 'A frame was not read.', subject: 'https://x.example/' }];
    const pair = seats([host], [guest], { problems });
    const verdict = verdictOf(...pair);
    expect(verdict.outcome).toBe('untold');
    expect(verdict.says).toMatch(
      /Not all of b\.har was looked at\. A frame was not read \(https:\/\/x\.example\/\)\.$/,
    );
    const allowed = verdictOf(...pair, { allowUnread: true });
    expect(allowed.outcome).toBe('host-and-guest');
    expect(all(allowed)).toContain('Not all of b.har was looked at.');
    // Of two guests, either may hold a host token there.
    expect(verdictOf(...seats([guest], [dailyToken({ ud: 'lin' })], { problems })).outcome).toBe('untold');
    // Of the host's seat the host token was seen.
    expect(verdictOf(seatOf('a', [host], { problems }), seatOf('b', [guest])).outcome).toBe('host-and-guest');
  });

  test('an input that could not be read, and a place that was read in part, count as not looked at', () => {
    const [a, b] = seats([host], [guest]);
    const input = { name: 'b.har', kind: 'har', bytes: 1, readable: false, problems: [] };
    expect(verdictOf(a, { ...b, inputs: [input] }).says).toMatch(/b\.har could not be read\.$/);
    const lookedAt = (b.report.lookedAt ?? []).map((one) => ({ ...one, isPartial: true as const }));
    expect(verdictOf(a, { ...b, report: { ...b.report, lookedAt } }).outcome).toBe('untold');
    const { lookedAt: _, ...untold } = b.report;
    expect(verdictOf(a, { ...b, report: untold }).says).toMatch(/Where was looked is not told\.$/);
  });

  test('a role that is not told on one seat leaves open whose it is', () => {
    expect(verdictOf(...seats([host], [guest, streamToken()])).says).toBe(
      'Whether b.har is a guest’s cannot be told: a token of it names no role.',
    );
  });

  test('one person, what is expired and what is gone are said', () => {
    const late = seatOf('b.har', [dailyToken({ ud: 'ada' })], { at: now + hours(2) });
    const words = all(verdictOf(seatOf('a.har', [host], { at: now + hours(2) }), late));
    expect(words).toContain('Tokens of both seats are for one user id');
    expect(words).toContain('Every call token of b.har has expired.');
    const [a, b] = seats([host], [guest, dailyHost({ ud: 'x' })]);
    const subjects = b.report.subjects.map((one) =>
      one.facts.role === 'host' ? { ...one, sightings: one.sightings.map((two) => ({ ...two, goneAt: now })) } : one,
    );
    const verdict = verdictOf(a, { ...b, report: { ...b.report, subjects } });
    expect(verdict.outcome).toBe('host-and-guest');
    expect(all(verdict)).toContain('b.har held a host token before (Daily host token for standup), which is gone.');
  });
});

test('kinds stand side by side, the nearest together, with what differs, whichever seat is first', () => {
  const [a, b] = seats([host, livekitToken({ roomAdmin: true })], [guest]);
  const { rows, seats: names } = compareSeats(a, b);
  expect(names).toEqual(['a.har', 'b.har']);
  expect(rows.map(({ title, cells }) => [title, cells.map((cell) => cell?.role ?? null)])).toEqual([
    ['Daily call token', ['host', 'participant']],
    ['LiveKit call token', ['host', null]],
  ]);
  const [pair, only] = rows;
  expect(pair?.differs).toEqual(expect.arrayContaining(['role', 'privileges.record', 'findings']));
  expect(pair?.differs).not.toContain('places');
  expect(pair?.differs).not.toContain('lives');
  expect(pair?.cells[1]).toMatchObject({
    tokens: 1,
    room: 'standup',
    places: ['localStorage.auth on https://call.example'],
    readers: [
      'any script that runs on the document’s origin',
      'later users of this browser profile, as it is kept after closing',
    ],
  });
  expect(only?.differs).toEqual([]);
  const turned = compareSeats(b, a).rows.map((row) => ({ ...row, cells: [row.cells[1], row.cells[0]] }));
  expect(turned).toEqual(rows);
});

test('a saved report compares as the live one does, and no token is in what is said', () => {
  const [a, b] = seats([host], [guest]);
  const saved = readReport(JSON.parse(JSON.stringify(toDocument(b.report))), null);
  const again = compareSeats(a, { name: 'b.har', report: saved?.report ?? b.report });
  const live = compareSeats(a, b);
  expect(again.verdict).toEqual(live.verdict);
  expect(again.rows.map(({ differs }) => differs)).toEqual(live.rows.map(({ differs }) => differs));
  for (const token of [host, guest]) expect(JSON.stringify(live)).not.toContain(token.slice(0, 40));
});

test('names of seats are kept apart and short, and many kinds are counted', () => {
  expect(compareSeats(seatOf('x', [host]), seatOf('x', [guest])).seats).toEqual(['x (1)', 'x (2)']);
  expect(compareSeats(seatOf('  ', []), seatOf('y'.repeat(500), [])).seats).toEqual([
    'the first seat',
    `${'y'.repeat(59)}…`,
  ]);
  const [a, b] = seats([], []);
  const [one] = seatOf('a.har', [host]).report.subjects;
  const subjects = one
    ? Array.from({ length: 130 }, (_, at) => ({ ...one, facts: { ...one.facts, room: `room ${at}` } }))
    : [];
  const { rows, unlisted } = compareSeats({ ...a, report: { ...a.report, subjects } }, b);
  expect(rows).toHaveLength(100);
  expect(unlisted).toBe(30);
});

test('what a saved report makes up is bounded, and is no key of anything', () => {
  const [a, b] = seats([host], [guest]);
  const hostile = '__proto__'.repeat(20_000);
  const subjects = b.report.subjects.map((one) => ({
    ...one,
    provider: one.provider && { ...one.provider, id: '__proto__', name: hostile, confidence: 'likely' as const },
    facts: { ...one.facts, room: hostile, tenant: hostile, vendorRole: hostile },
    findings: one.findings.map((finding) => ({ ...finding, title: hostile, rule: hostile })),
  }));
  const problems = [{ code: 'x', message: hostile, subject: hostile }];
  const compared = compareSeats(a, { ...b, name: hostile, report: { ...b.report, subjects, problems } });
  expect(JSON.stringify(compared).length).toBeLessThan(20_000);
  expect(compared.rows).toHaveLength(2);
});

test('that a guest may do what guests ought not to stands in the first sentences', () => {
  expect(verdictOf(...seats([host], [dailyToken({ er: 'cloud' })])).says).toMatch(/ b\.har may record the call/);
  const moderator = livekitToken({ roomAdmin: true }, { sub: 'host' });
  expect(verdictOf(...seats([moderator], [livekitToken({ hidden: true })])).says).toMatch(
    / b\.har may join without being seen, which no token of a\.har grants\.$/,
  );
  expect(verdictOf(...seats([host], [guest])).says).not.toMatch(/b\.har may go past/);
});

test('a host whose own token has expired, but no other, is said to have none that counts', () => {
  const over = dailyHost({ ud: 'ada', exp: now - 60 });
  const { also } = verdictOf(...seats([over, dailyToken({ ud: 'lin' })], [guest]));
  expect(also).toContain('The host token of a.har has expired; not all of its call tokens have.');
});

type Written = ReturnType<typeof toDocument>;

test.each<[what: string, damage: (saved: Written) => object, says: RegExp]>([
  [
    'fewer tokens than it counts',
    ({ tokens }) => ({ tokens: tokens.slice(0, 1) }),
    /counts 1 more token than it holds/,
  ],
  ['more findings than are read', () => ({ findings: Array(20_001).fill({}) }), /only the first 20000 were read/],
  ['a token that is none', ({ tokens }) => ({ tokens: [...tokens, null] }), /What 1 token of the saved report may do/],
  [
    'a role of another version',
    ({ tokens: [one, other] }) => ({
      tokens: [one, { ...other, facts: { ...other?.facts, use: 'video-moderate', role: 'co-host' } }],
    }),
    /What 1 token of the saved report may do is not told in words of this version/,
  ],
  ['no list of problems', () => ({ problems: 'all' }), /has no list of problems/],
  ['no problems', () => ({ problems: undefined }), /has no list of problems/],
  ['nothing of where was looked', () => ({ lookedAt: undefined, inputs: undefined }), /Where was looked is not told/],
  ['an empty list of where was looked', () => ({ lookedAt: [] }), /Where was looked is not told/],
  ['an input without a name', () => ({ inputs: [null] }), /An input could not be read/],
])('a saved report of the guest’s with %s is never taken for all there is', (_, damage, says) => {
  const [a, b] = seats([host], [guest, dailyToken({ ud: 'third' })]);
  const whole: Written = JSON.parse(JSON.stringify(toDocument(b.report)));
  const seatFrom = (value: unknown): Seat => {
    const saved = readReport(JSON.parse(JSON.stringify(value)), null);
    return { name: 'b.har', report: saved?.report ?? b.report, inputs: saved?.told.inputs ?? [] };
  };
  expect(verdictOf(a, seatFrom(whole)).outcome).toBe('host-and-guest');
  const verdict = verdictOf(a, seatFrom({ ...whole, ...damage(whole) }));
  expect(verdict.outcome).toBe('untold');
  expect(all(verdict)).toMatch(says);
});

test('that no token of a seat is valid yet is said', () => {
  const later = dailyToken({ nbf: now + hours(1), exp: now + hours(2) });
  expect(all(verdictOf(...seats([host], [later])))).toContain('No call token of b.har is valid yet.');
  expect(all(verdictOf(...seats([host], [later, guest])))).not.toContain('valid yet');
});
