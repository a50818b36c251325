import fc from 'fast-check';
import { expect, test } from 'vitest';
import { callPage, captureOf, localStorageOf } from '../../../test/builders/captures.ts';
import { agora007, opentokT1 } from '../../../test/builders/other-tokens.ts';
import { daily, jwt, now } from '../../../test/builders/tokens.ts';
import { standard } from '../../engine/audit/policy/policies.ts';
import { find, inspect } from '../../engine/inspect.ts';
import { keptFilter } from './kept-filter.ts';
import { createRowMaker } from './row.ts';

const token = daily.host({ u: 'Ada', r: 'standup' });
const nested = jwt({ sub: 'outer', inner: daily.guest({ u: 'Inner' }) });
const capture = captureOf({ stores: [localStorageOf({ token, nested })] });
const rows = createRowMaker()(inspect(find(capture).sightings, { now, policy: standard, page: capture.page }));

test.each([
  '',
  'is:host -role:viewer',
  'platform:daily room:standup',
  'room:"daily standup"',
  '/room-\\d+/ has:finding',
  'place:localStorage,cookie',
  'user:grace@clinic.example',
  'rule:storage-session-token',
  'claim:sub=ada',
  'room:DailyStandup2026',
  'eye clinic',
  'user:ada@clinic.example',
  'place:http://localhost:8080/call',
  'place:http://[::1]:8080/call',
  '"what now?" C#',
  '/^https?:\\/\\/call/',
  'room:großraum',
])('%j is kept as it is', (filter) => {
  expect(keptFilter(filter, rows)).toBe(filter);
});

test.each([
  ['origin:https://call.example/room?t=1#x', 'origin:https://call.example/room'],
  ['https://call.example/#/room is:host', 'https://call.example/ is:host'],
  ['"https://call.example/a?b c"', '"https://call.example/a"'],
  ['"https://call.example/a b?code=4711"', '"https://call.example/a b"'],
  ['place:https://ada:secret@call.example/', 'place:https://call.example/'],
  ['https://ada:sec@ret@call.example/ is:host', 'https://call.example/ is:host'],
  ['place:https://call.example/a,b?code=4711', 'place:https://call.example/a,b'],
  ['origin:call.example/a#code=4711,jitsi', 'origin:call.example/a,jitsi'],
  ['//call.example/a?code=4711', '//call.example/a'],
  ['https:\\\\ada:secret@call.example\\a?code=4711', 'https:\\\\call.example\\a'],
  ['room?code=4711 -is:host', 'room -is:host'],
])('of the addresses in %j, query, fragment and password are left out', (filter, kept) => {
  expect(keptFilter(filter, rows)).toBe(kept);
});

test.each([
  '/https:\\/\\/call\\.example\\/a\\?code=4711/',
  'https%3A%2F%2Fcall.example%2Fa%3Fcode%3D4711',
  'https://ada:sec/ret@call.example/',
  'https://ada:sec?ret@call.example/',
  'https://ada:sec#ret@call.example/',
  `${'a '.repeat(60)}https://call.example/?code=4711`,
])('%j, in which an address cannot be cut, is not kept', (filter) => {
  expect(keptFilter(filter, rows)).toBeNull();
});

const id = rows.find(({ subject }) => subject.token.text === token)?.subject.token.id ?? '';
const inPieces = (text: string, length: number, mark: string) =>
  (text.match(new RegExp(`.{1,${length}}`, 'g')) ?? []).slice(0, 12).join(mark);
const spelled = (text: string, spell: (hex: string) => string) =>
  Array.from(text, (character) => spell(character.charCodeAt(0).toString(16))).join('');
test.each<[what: string, filter: string]>([
  ['a token', token],
  ['a token among other terms', `is:host ${token}`],
  ['a token behind a word', `room:${token}`],
  ['its beginning', token.slice(0, 12)],
  ['a short beginning of it', token.slice(0, 4)],
  ['its beginning in a pattern', `/^${token.slice(0, 10)}/`],
  ['its beginning that is left out', `-${token.slice(0, 10)}`],
  ['its beginning in quotes', `"${token.slice(0, 10)}"`],
  ['its beginning in other letters', token.slice(0, 10).toUpperCase()],
  ['a part of it', token.slice(40, 60)],
  ['its signature', token.split('.')[2] ?? ''],
  ['a token inside another', daily.guest({ u: 'Inner' })],
  ['its id', id],
  ['the beginning of its id', id.slice(0, 8)],
  ['its id behind a word', `id:${id.slice(0, 4)}`],
  ['its masked line', `${token.slice(0, 10)}…${id.slice(0, 6)}…(${token.length} characters)`],
  ['a token that nothing is known of', daily.host({ u: 'Nobody' })],
  ['a token of another kind', opentokT1()],
  ['one with a prefix of its own', agora007()],
  ['a token in base64', btoa(token)],
  ['a token that is percent-encoded', encodeURIComponent(`{"t":"${token}"}`)],
  ['a token in a path', `https://call.example/join/${token}`],
  ['a key', 'sk_live_4eC39HqLyjWDarjtT1zdp7dc'],
  ['a hash', 'd41d8cd98f00b204e9800998ecf8427e'],
  ['a long text', 'word '.repeat(100)],
  ['a token in pieces', inPieces(token.slice(20), 7, ' ')],
  ['a token in pieces that are values of a word', `room:${inPieces(token.slice(20), 6, ',')}`],
  ['a token in pieces between quotes', inPieces(token.slice(20), 5, '"')],
  ['a token in pieces that are left out', inPieces(token.slice(20), 7, ' -')],
  ['a signature in pieces', inPieces(token.split('.')[2] ?? '', 4, ' ')],
  ['an id in pieces', inPieces(id, 4, ' ')],
  ['an id in pairs', inPieces(id, 2, ':')],
  ['a part of an id', id.slice(10, 20)],
  ['a token with each character percent-encoded', spelled(token.slice(0, 40), (hex) => `%${hex}`)],
  ['the same twice', spelled(token.slice(30, 50), (hex) => `%25${hex}`)],
  ['a token nobody knows, percent-encoded', spelled(daily.host({ u: 'No' }).slice(0, 40), (hex) => `%${hex}`)],
  ['a token in an expression, each character in brackets', `/${token.slice(0, 30).replace(/./g, '[$&]')}/`],
  ['a token in an expression, in escapes', `/${spelled(token.slice(0, 20), (hex) => `\\x${hex}`)}/`],
  ['a token in an expression, in long escapes', `/${spelled(token.slice(30, 50), (hex) => `\\u00${hex}`)}/`],
  ['a token with what is not seen between', Array.from(token.slice(30, 60)).join('\u200b')],
  [
    'a token in wide letters',
    Array.from(token.slice(30, 60), (one) => String.fromCodePoint(one.charCodeAt(0) + 0xfee0)).join(''),
  ],
  ['the beginning of a token in base64', btoa(token).slice(0, 11)],
])('a filter that holds %s is not kept', (_, filter) => {
  expect(keptFilter(filter, rows)).toBeNull();
});

test('no ten characters of a token that is there are ever kept, wherever they begin and whatever stands around them', () => {
  const all = createRowMaker()(inspect(find(callPage()).sightings, { now, policy: standard, page: callPage().page }));
  const texts = all.map(({ subject }) => subject.token.text);
  fc.assert(
    fc.property(
      fc.constantFrom(...texts),
      fc.nat(),
      fc.integer({ min: 10, max: 80 }),
      fc.constantFrom('', 'room:', '-', '"', '/', 'is:host '),
      (text, at, length, before) => {
        const start = at % Math.max(1, text.length - 10);
        const part = text.slice(start, start + length);
        // In an address, what stands behind a mark is cut off.
        const kept = keptFilter(`${before}${part}`, all);
        if (kept !== null) expect(kept).not.toContain(part.slice(0, 10));
      },
    ),
    { seed: 20_261_127, numRuns: 400 },
  );
});

test('a filter that was kept is not kept any more once the token comes that it is a part of', () => {
  const capture = captureOf({ stores: [localStorageOf({ other: daily.host({ u: 'Bea' }) })] });
  const [more] = createRowMaker()(inspect(find(capture).sightings, { now, policy: standard, page: capture.page }));
  if (!more) throw new Error('no row');
  const [, , signature = ''] = more.subject.token.text.split('.');
  const other = `${signature.slice(2, 9)} ${signature.slice(9, 16)}`;
  expect(keptFilter(other, rows)).toBe(other);
  expect(keptFilter(other, [...rows, more])).toBeNull();
});
