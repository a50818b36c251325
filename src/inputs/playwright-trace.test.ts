import { expect, test } from 'vitest';
import { placesIn, readInput } from '../../test/builders/read-input.ts';
import { daily } from '../../test/builders/tokens.ts';

const [host, guest] = [daily.host(), daily.guest()];
const entry = (headers: object[], more: object = {}) => ({
  type: 'resource-snapshot',
  snapshot: {
    startedDateTime: '2026-11-20T12:00:00.000Z',
    time: 12,
    request: { method: 'POST', url: 'https://call.example/join', headers, cookies: [], ...more },
    response: { status: 200, headers: [], content: { size: -1, mimeType: 'application/json', _sha1: 'a.json' } },
  },
});
const network = [
  entry([{ name: 'authorization', value: `Bearer ${guest}` }]),
  entry([], { postData: { mimeType: 'application/json', text: JSON.stringify({ token: host }) } }),
];
const lines = (...events: unknown[]) => events.map((one) => JSON.stringify(one)).join('\n');

test('requests of trace.network stand in their places, by whatever pieces they come', async () => {
  for (const [mark, piece] of [
    ['', Number.POSITIVE_INFINITY],
    ['', 100],
    ['\ufeff', 100],
  ] as const) {
    const { kind, failure, sightings, recordedAt } = await readInput(mark + lines(...network), piece);
    expect([kind, failure, recordedAt]).toEqual(['playwright-trace', null, Date.parse('2026-11-20T12:00:01Z') / 1000]);
    expect(sightings.map(({ token, place, path }) => [token, place.source, path, place.origin])).toEqual([
      [guest, 'request-header', '', 'https://call.example'],
      [host, 'request-body', '$.token', 'https://call.example'],
    ]);
  }
});

test('events of trace.trace are searched, each by its line', async () => {
  const events = [
    { type: 'context-options', origin: 'library', options: {} },
    { type: 'console', text: `joined with ${host}` },
    { type: 'frame-snapshot', snapshot: { html: ['HTML', {}, ['INPUT', { value: guest }]] } },
  ];
  const { kind, failure, sightings } = await readInput(lines(...events));
  expect([kind, failure]).toEqual(['playwright-trace', null]);
  expect(sightings).toMatchObject([
    { token: host, lines: { line: 2 } },
    { token: guest, lines: { line: 3 } },
  ]);
});

test('a line that is cut off is searched, and told', async () => {
  const { failure, sightings } = await readInput(lines(...network).slice(0, -60));
  expect(failure?.message).toBe('has a line that is no event (line 2); it was searched as text');
  expect(sightings.map(({ token }) => token)).toEqual([guest, host]);
});

test('lines of something else are no trace', async () => {
  expect((await placesIn(lines({ type: 'log', token: host }, { type: 'log' }))).kind).toBe('text');
});
