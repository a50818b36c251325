import { describe, expect, test } from 'vitest';
import { placesIn, readInput } from '../../test/builders/read-input.ts';
import { daily } from '../../test/builders/tokens.ts';

const value = daily.guest();
const usual = { name: 'auth', value, domain: 'call.example', path: '/', secure: true, httpOnly: false };

describe('a list of cookies keeps what each writer tells', () => {
  test.each<[writer: string, cookie: object, told: object]>([
    [
      'EditThisCookie',
      {
        ...usual,
        expirationDate: 1795780800.2325,
        hostOnly: true,
        sameSite: 'no_restriction',
        session: false,
        storeId: '0',
        id: 1,
      },
      { httpOnly: false, secure: true, sameSite: 'none', session: false, expiresAt: 1795780800.2325 },
    ],
    [
      'Cookie-Editor, of a session',
      { ...usual, domain: '.call.example', hostOnly: false, sameSite: 'unspecified', session: true, storeId: null },
      { sameSite: 'unspecified', session: true, expiresAt: null },
    ],
    [
      'Selenium',
      { ...usual, expiry: 1795780800, sameSite: 'Lax' },
      { sameSite: 'lax', session: false, expiresAt: 1795780800 },
    ],
    // https://developer.mozilla.org/en-US/docs/Web/WebDriver/Reference/Classic/Commands/GetAllCookies, read 2026-11: omitted for a session.
    ['Selenium, of a session', { ...usual, sameSite: 'Lax' }, { session: true, expiresAt: null }],
    // https://docs.cypress.io/api/commands/getcookies, read 2026-11.
    [
      'Cypress, of a session',
      { ...usual, hostOnly: true, sameSite: 'no_restriction' },
      { sameSite: 'none', session: true, expiresAt: null },
    ],
    // https://github.com/Moustachauve/cookie-editor/blob/master/interface/lib/jsonFormat.js, read 2026-11: null for unspecified.
    [
      'Cookie-Editor',
      { ...usual, expirationDate: 1795780800.5, hostOnly: true, sameSite: null, session: false, storeId: null },
      { sameSite: 'unspecified', session: false, expiresAt: 1795780800.5 },
    ],
    [
      'a script, in words and milliseconds',
      { ...usual, expires: 1795780800500 },
      { session: false, expiresAt: 1795780800.5 },
    ],
    [
      'WebDriver BiDi',
      { ...usual, value: { type: 'string', value }, sameSite: 'lax', size: 200 },
      { sameSite: 'lax', session: true },
    ],
    [
      'another, by names of its own',
      {
        key: 'auth',
        value,
        domain: 'call.example',
        path: '/',
        http_only: 'true',
        Secure: 1,
        SameSite: 'STRICT',
        hostonly: 'TRUE',
      },
      { httpOnly: true, secure: true, sameSite: 'strict' },
    ],
    // https://github.com/ysard/cookie-quick-manager/blob/master/src/api.js, read 2026-11.
    [
      'Cookie Quick Manager',
      {
        'Host raw': 'https://.call.example/',
        'Name raw': 'auth',
        'Path raw': '/',
        'Content raw': value,
        Expires: 'At the end of the session',
        'Expires raw': '0',
        'Send for': 'Encrypted connections only',
        'Send for raw': 'true',
        'HTTP only raw': 'false',
        'SameSite raw': 'no_restriction',
        'This domain only': 'Valid for subdomains',
        'This domain only raw': 'true',
        'Store raw': 'firefox-default',
        'First Party Domain': '',
      },
      { httpOnly: false, secure: true, sameSite: 'none', session: true, hostOnly: false },
    ],
    [
      'Puppeteer',
      {
        ...usual,
        expires: -1,
        size: 200,
        session: true,
        sameParty: false,
        sourceScheme: 'Secure',
        partitionKey: 'https://top.example',
      },
      { session: true, expiresAt: null, partitionedBy: 'https://top.example' },
    ],
    [
      'the DevTools protocol',
      {
        ...usual,
        expires: 1795780800.5,
        session: false,
        partitionKey: { topLevelSite: 'https://top.example', hasCrossSiteAncestor: true },
      },
      { expiresAt: 1795780800.5, partitionedBy: 'https://top.example' },
    ],
  ])('%s', async (_, cookie, told) => {
    const wrapped = { url: 'https://call.example', version: '3', cookies: [cookie] };
    for (const list of [[cookie], { cookies: [cookie] }, { id: 7, result: { cookies: [cookie] } }, wrapped, cookie]) {
      const { kind, failure, sightings } = await readInput(`\ufeff${JSON.stringify(list, null, 2)}`);
      expect([kind, failure]).toEqual(['cookie-list', null]);
      expect(sightings).toMatchObject([
        { place: { source: 'cookie', key: 'auth', origin: 'https://call.example', cookie: told } },
      ]);
    }
  });
});

test('what stands in the list and is no cookie is searched, too', async () => {
  const { kind, places } = await placesIn(JSON.stringify([usual, { note: daily.host() }, daily.host({ r: 'retro' })]));
  expect(kind).toBe('cookie-list');
  expect(places).toEqual([expect.stringMatching(/^cookie auth/), 'text a $.note', 'text a $']);
});

test('what stands beside the list is searched, too', async () => {
  const { kind, places } = await placesIn(JSON.stringify({ cookies: [usual], localStorage: { call: daily.host() } }));
  expect(kind).toBe('cookie-list');
  expect(places).toEqual([expect.stringMatching(/^cookie auth/), 'text a $.localStorage.call']);
});

test('a list that is cut off is searched as text, which is said', async () => {
  const text = JSON.stringify([usual, usual]);
  const { failure, sightings } = await readInput(text.slice(0, -20));
  expect(failure?.message).toMatch(/is not valid JSON; it was searched as text/);
  expect(sightings).toMatchObject([{ token: value }, { token: value }]);
});

test.each<[what: string, value: unknown, kind: string]>([
  ['rows of names and values', [{ name: 'auth', value, domain: 'call.example' }], 'json'],
  ['a storage state', { cookies: [usual], origins: [] }, 'storage-state'],
  ['a name that stands deeper', [{ id: 1, cookie: '"name": "value": "domain": "path":', token: value }], 'json'],
  ['an empty list', [], 'json'],
])('%s are no list of cookies', async (_, given, kind) => {
  expect((await readInput(JSON.stringify(given))).kind).toBe(kind);
});

const table = daily.host();
test.each<[what: string, text: string]>([
  [
    'commas',
    `name,value,domain,path,expires,secure,httpOnly,sameSite\nauth,${table},.call.example,/,1795699999,true,false,Lax\n`,
  ],
  [
    'semicolons, and quotes',
    `"Domain";"Name";"Value";"Path";"Expires";"Secure";"HttpOnly";"SameSite"\r\n".call.example";"auth";"${table}";"/";"1795699999";"TRUE";"FALSE";"lax"\r\n`,
  ],
  [
    'tabs, and other names',
    `host_key\tname\tvalue\tpath\texpires_utc\tis_secure\tis_httponly\tsame_site\n.call.example\tauth\t${table}\t/\t1795699999\t1\t0\tlax`,
  ],
])('a table of cookies is read: with %s', async (_, text) => {
  const { kind, failure, problems, sightings } = await readInput(text);
  expect([kind, failure, problems]).toEqual(['cookie-list', null, []]);
  expect(sightings).toMatchObject([
    {
      token: table,
      place: {
        source: 'cookie',
        key: 'auth',
        origin: 'https://call.example',
        cookie: { domain: 'call.example', httpOnly: false, secure: true, sameSite: 'lax', expiresAt: 1_795_699_999 },
      },
    },
  ]);
});

test('a quoted value may have lines, and what stands in a column of its own is found', async () => {
  const other = daily.guest();
  const text = `name,value,domain,path,note\na,"x\n""y""",call.example,/,${other}\nauth,${table},call.example,/,\n`;
  const { sightings, problems } = await readInput(text);
  expect(sightings.map(({ token, place }) => [token, place.source])).toEqual([
    [table, 'cookie'],
    [other, 'text'],
  ]);
  expect(problems.map(({ code }) => code)).toEqual(['places-not-told']);
});

test('another table is text', async () => {
  expect((await readInput(`name,value,unit\nauth,${table},none\n`)).kind).toBe('text');
});
