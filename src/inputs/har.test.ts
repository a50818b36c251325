import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { placesIn, readInput } from '../../test/builders/read-input.ts';
import { daily } from '../../test/builders/tokens.ts';

const headers = [{ name: 'Authorization', value: `Bearer ${daily.guest()}` }];
const log = {
  version: '1.2',
  creator: { name: 'test', version: '1' },
  entries: [{ request: { url: 'https://call.example/', headers } }],
};
const text = JSON.stringify({ log });

test.each<[what: string, text: string]>([
  ['with a mark', `\ufeff${text}`],
  [
    'with members before its log',
    JSON.stringify({ _comment: 'saved by hand {"a": 1}', _version: 2, options: { a: [1] }, log }),
  ],
  ['with commas too many', text.replace(/\}\]\}\}$/, '},],},}')],
  ['written over lines', JSON.stringify({ log }, null, 2)],
])('an archive is read %s', async (_, content) => {
  expect(await placesIn(content)).toEqual({
    kind: 'har',
    places: ['request-header Authorization of https://call.example'],
  });
});

test('a log of something else is searched whole', async () => {
  const settings = JSON.stringify({ log: { level: 'info', token: daily.guest() }, token: daily.host() });
  expect(await placesIn(settings)).toEqual({ kind: 'json', places: ['text a $.log.token', 'text a $.token'] });
});

const entry = (token: string, more: object = {}) => ({
  startedDateTime: '2026-11-26T12:00:00Z',
  request: {
    method: 'GET',
    url: 'https://call.example/',
    headers: [{ name: 'Authorization', value: `Bearer ${token}` }],
  },
  response: { status: 200, headers: [], content: {} },
  ...more,
});
const [host, guest] = [daily.host(), daily.guest()];
const two = [entry(host), entry(guest)];

test.each<[what: string, content: string]>([
  ['its log alone', JSON.stringify({ version: '1.2', creator: { name: 'a' }, entries: two })],
  ['its entries alone', JSON.stringify(two)],
  ['an entry a line', two.map((one) => JSON.stringify(one)).join('\n')],
  ['one after the other', two.map((one) => JSON.stringify({ log: { entries: [one] } })).join('\n')],
  [
    'comments between',
    `// saved by hand\n${JSON.stringify({ log: { entries: two } }).replace('"entries":', '/* all */ "entries": // two\n')}`,
  ],
])('%s is an archive, too', async (_, content) => {
  for (const piece of [Number.POSITIVE_INFINITY, 9]) {
    const { kind, failure, problems, sightings } = await readInput(content, piece);
    expect([kind, failure, problems]).toEqual(['har', null, []]);
    expect(sightings.map(({ token, place }) => [token, place.source, place.origin])).toEqual([
      [host, 'request-header', 'https://call.example'],
      [guest, 'request-header', 'https://call.example'],
    ]);
  }
});

test.each<[what: string, mend: (text: string) => string]>([
  ['NaN', (text) => text.replace('{"startedDateTime"', '{"time":NaN,"startedDateTime"')],
  ['undefined', (text) => text.replace('{"startedDateTime"', '{"time":undefined,"startedDateTime"')],
  ['commas too many', (text) => text.replace('"content":{}}', '"content":{,},},')],
  ['a comment', (text) => text.replace('"response"', '// it isn"t\n"response"')],
  ['a line break in a string', (text) => text.replace('"content":{}', '"content":{"text":"a\nb"}')],
])('an entry with %s keeps its places, and it is said', async (_, mend) => {
  const { failure, problems, sightings } = await readInput(mend(JSON.stringify({ log: { entries: two } })));
  expect(failure).toBeNull();
  expect(sightings.map(({ place }) => place.source)).toEqual(['request-header', 'request-header']);
  expect(problems).toMatchObject([
    { code: 'entry-invalid', message: 'entry 1 is not valid JSON, and read as far as it makes sense.' },
  ]);
});

test('an entry that is cut off is read as far as it goes, and nothing twice', async () => {
  const whole = JSON.stringify({ log: { entries: two } });
  for (const back of [5, 20, 60]) {
    const { failure, sightings } = await readInput(whole.slice(0, -back));
    expect(failure).toMatchObject({ code: 'input-truncated' });
    expect(sightings.map(({ token, place }) => [token, place.source])).toEqual([
      [host, 'request-header'],
      [guest, 'request-header'],
    ]);
  }
  const { failure, sightings } = await readInput(whole.slice(0, -200));
  expect(failure?.message).toBe('is cut off in entry 2; what is there was read');
  expect(sightings).toHaveLength(2);
  expect(sightings[0]).toMatchObject({ token: host });
});

test('what stands beside its entries, in members of a writer and in comments is searched', async () => {
  const log = {
    comment: `as ${guest}`,
    pages: [{ id: 'a', title: 'Call', _url: `https://call.example/?jwt=${guest}` }],
  };
  const own = {
    _note: guest,
    request: { ...entry(host).request, comment: guest },
    cache: { afterRequest: { eTag: guest } },
  };
  const content = JSON.stringify({ _by: guest, log: { ...log, entries: [{ ...entry(host), ...own }] } });
  const { places } = await placesIn(`${content.slice(0, -1)}} // ${guest}`);
  expect(places).toEqual(
    [
      'text member _by',
      'text member comment',
      'text a page $._url',
      'request-header Authorization of https://call.example',
      'text entry 1 $._note of https://call.example',
      'text entry 1 $.cache.afterRequest.eTag of https://call.example',
      'text entry 1 $.request.comment of https://call.example',
      'text comments',
    ].map((place) => expect.stringContaining(place.split(' $')[0] ?? place)),
  );
});

test('what follows an archive and is none is searched, and said', async () => {
  const { failure, sightings } = await readInput(`${JSON.stringify({ log: { entries: [entry(host)] } })} ${guest}`);
  expect(failure?.code).toBe('input-invalid');
  expect(sightings.map(({ token }) => token)).toEqual([host, guest]);
});

test.each<[what: string, members: object]>([
  [
    'in a body that is called base64 and is none',
    { response: { content: { encoding: 'base64', text: JSON.stringify({ token: host }) } } },
  ],
  [
    'in base64 with line breaks',
    { response: { content: { encoding: 'base64', text: btoa(host).replace(/.{60}/g, '$&\r\n') } } },
  ],
  [
    'in base64 of UTF-16',
    { response: { content: { encoding: 'base64', text: Buffer.from(`\ufeff${host}`, 'utf16le').toString('base64') } } },
  ],
  [
    'in a field beside the text of a body',
    { request: { postData: { text: 'a=b', params: [{ name: 'jwt', value: host }] } } },
  ],
  ['in the name of a file that was sent', { request: { postData: { params: [{ name: 'f', fileName: host }] } } }],
  ['in headers of one text', { request: { headers: `Host: call.example\r\nX-Token: ${host}` } }],
])('a token is found %s', async (_, members) => {
  const { request, response } = members as Record<string, object | undefined>;
  const whole = {
    request: { method: 'GET', url: 'https://call.example/', ...request },
    response: { status: 200, ...response },
  };
  const { kind, failure, sightings } = await readInput(JSON.stringify({ log: { entries: [whole] } }));
  expect([kind, failure, sightings.map(({ token }) => token)]).toEqual(['har', null, [host]]);
});

test('what stands in no place of an exchange tells no time', async () => {
  const { sightings } = await readInput(JSON.stringify({ log: { entries: [entry(guest, { _note: host })] } }));
  expect(sightings.find(({ token }) => token === host)).toMatchObject({ place: { source: 'text' }, seenAt: null });
});

test('entries that are no list are searched as text', async () => {
  const { sightings } = await readInput(JSON.stringify({ log: { version: '1.2', entries: { a: entry(host) } } }));
  expect(sightings.map(({ token }) => token)).toContain(host);
});

test('it is said which bodies are archives', async () => {
  const text = Buffer.from(zipSync({ 'a.txt': new TextEncoder().encode(host) })).toString('base64');
  const packed = entry(guest, { response: { status: 200, headers: [], content: { encoding: 'base64', text } } });
  const { problems } = await readInput(JSON.stringify({ log: { entries: [entry(guest), packed] } }));
  expect(problems.map(({ message }) => message)).toContainEqual(expect.stringContaining('a zip archive (in entry 2)'));
});
