import { describe, expect, test } from 'vitest';
import { readInput } from '../../test/builders/read-input.ts';
import { daily } from '../../test/builders/tokens.ts';

const hidden = daily.guest();
const shown = daily.host();

const cookie = (value: string) => `{"name":"auth","value":"${value}","domain":"call.example","path":"/","secure":true}`;
const header = (value: string) => `[{"name":"Authorization","value":"Bearer ${value}"}]`;
const entry = (request: string, more = '') =>
  `{"startedDateTime":"2026-11-26T12:00:00.000Z",${more}"request":{"method":"GET","url":"https://call.example/api",${request}},"response":{"status":200}}`;
const log = (...entries: string[]) => `"log":{"version":"1.2","creator":{"name":"x"},"entries":[${entries.join(',')}]}`;
const charles = (request: string) =>
  `[{"method":"GET","scheme":"https","host":"call.example","path":"/api","actualPort":443,"request":${request}}]`;

describe('what JSON holds under the same name once more is found', () => {
  test.each<[string, string, string]>([
    [
      'cookies of a storage state',
      'storage-state',
      `{"cookies":[${cookie(hidden)}],"cookies":[${cookie(shown)}],"origins":[]}`,
    ],
    [
      'a member of a cookie of a storage state',
      'storage-state',
      `{"cookies":[${cookie(shown).replace('"value"', `"value":"${hidden}","value"`)}],"origins":[]}`,
    ],
    ['a cookie of a list', 'cookie-list', `[${cookie(shown).replace('"value"', `"value":"${hidden}","value"`)}]`],
    ['headers of an entry', 'har', `{${log(entry(`"headers":${header(hidden)},"headers":${header(shown)}`))}}`],
    [
      'headers of an entry, one name in escapes',
      'har',
      `{${log(entry(`"headers":${header(hidden)},"head\\u0065rs":${header(shown)}`))}}`,
    ],
    ['an entry that is no JSON', 'har', `{${log(entry(`"headers":${header(hidden)},"headers":${header(shown)},`))}}`],
    [
      'a header of more than 512 characters',
      'har',
      `{${log(entry(`"headers":${header(`${hidden} ${'x'.repeat(600)}`)},"headers":${header(shown)}`))}}`,
    ],
    [
      'a request of an entry',
      'har',
      `{${log(entry(`"headers":${header(shown)}`, `"request":{"headers":${header(hidden)}},`))}}`,
    ],
    [
      'an exchange of Charles',
      'charles-session',
      charles(`{"header":{"headers":${header(hidden)},"headers":${header(shown)}}}`),
    ],
    [
      'an event of a trace',
      'playwright-trace',
      `{"type":"resource-snapshot","snapshot":${entry(`"headers":${header(hidden)},"headers":${header(shown)}`)}}`,
    ],
  ])('%s', async (_, kind, content) => {
    const found = await readInput(content);
    expect(found).toMatchObject({ kind, failure: null });
    const tokens = found.sightings.map(({ token, place }) => [token, place.source === 'text']);
    expect(tokens).toEqual(expect.arrayContaining([[hidden, true]]));
    expect(tokens).toEqual(expect.arrayContaining([[shown, false]]));
    expect(tokens).toHaveLength(2);
    expect(found.problems).toContainEqual(
      expect.objectContaining({ code: 'member-twice', message: expect.stringMatching(/more than once/) }),
    );
  });

  test('logs, entries and pages of an archive are all read', async () => {
    const [one, other] = [entry(`"headers":${header(hidden)}`), entry(`"headers":${header(shown)}`)];
    const found = await readInput(`{${log(one)},${log(other)}}`);
    expect(found.sightings.map(({ token, place }) => [token, place.source])).toEqual([
      [hidden, 'request-header'],
      [shown, 'request-header'],
    ]);
    const page = `{"id":"page_1","title":"https://call.example/#jwt=${hidden}","title":"https://call.example/"}`;
    const paged = await readInput(`{${log(other).replace('"entries"', `"pages":[${page}],"entries"`)}}`);
    expect(new Set(paged.sightings.map(({ token }) => token))).toEqual(new Set([hidden, shown]));
  });
});

test('a member is named by its place, and not by a name that could be anything', async () => {
  const found = await readInput(`{"cookies":[${cookie(hidden)}],\n"cookies":[${cookie(shown)}],"origins":[]}`);
  expect(found.sightings.find(({ token }) => token === hidden)).toMatchObject({
    path: '$.cookies[0].value',
    lines: { line: 1, column: expect.any(Number) },
  });
  expect(found.problems.map(({ message }) => message)).toEqual([
    'In a the member "cookies" stands more than once; readers take the last, and what came before was searched as text.',
  ]);
  const odd = await readInput(`{"cookies":[],"origins":[],"${hidden}":1,"${hidden}":2}`);
  expect(odd.sightings.map(({ token }) => token)).toEqual([hidden]);
  expect(odd.problems.map(({ message }) => message).join()).not.toContain(hidden);
});

describe('a token that stands where no place is looked for is found, and that is said', () => {
  test.each([
    ['storage-state', `{"cookies":[${cookie(shown).replace('{', `{"note":"${hidden}",`)}],\n"origins":[]}`],
    ['storage-state', `{"cookies":[${cookie(shown)}],"origins":[],"session":{"jwt":"${hidden}"}}`],
    [
      'storage-state',
      `{"cookies":[${cookie(shown)}],"origins":[{"origin":"https://call.example","localStorage":[],"cacheStorage":[{"x":"${hidden}"}]}]}`,
    ],
    ['cookie-list', `[${cookie(shown).replace('{', `{"note":"${hidden}",`)}]`],
    ['charles-session', charles(`{"header":{"headers":${header(shown)}},"notes":"${hidden}"}`)],
  ])('%s', async (kind, content) => {
    const found = await readInput(content);
    expect(found).toMatchObject({ kind, failure: null });
    expect(found.sightings.map(({ token, place }) => [token, place.source === 'text'])).toEqual([
      [shown, false],
      [hidden, true],
    ]);
    expect(found.problems.map(({ code }) => code)).toEqual(['places-not-told']);
  });
});

test('what is hidden in what is hidden is told once', async () => {
  const inner = `{"a":"${hidden}","a":1}`;
  const found = await readInput(`{"cookies":${inner},"x":{"y":"${shown}","y":2},"cookies":[],"origins":[]}`);
  expect(found.sightings.map(({ token, path }) => [token, path])).toEqual([
    [hidden, '$.cookies.a'],
    [shown, '$.y'],
  ]);
});

test('members that are hidden many deep take time in proportion to their text', async () => {
  const depth = 20_000;
  const start = '{"cookies":[],"origins":[],"a":';
  const deep = `${'{"a":'.repeat(depth)}"${hidden}"${',"a":1}'.repeat(depth)}`;
  const found = await readInput(`${start}${deep}}`);
  expect(found.sightings.map(({ token }) => token)).toEqual([hidden]);
});
