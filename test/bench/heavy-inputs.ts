/** Inputs of ten megabytes, each made to take more memory than it has characters. */
import { base64url, daily, jwt, now } from '../builders/tokens.ts';

export interface HeavyInput {
  /** File name; the ending does not matter, because inputs are recognised by their content. */
  name: string;
  write(characters: number): string;
}

const token = daily.guest();
const disclosure = base64url('["c2FsdA","given_name","Ada"]');
const own = (index: number) => jwt({ sub: String(index), iat: now });
/** Signed anew every hundredth time, because signing takes longer than scanning does. */
const distinct = (index: number) => `${own(0).slice(0, -6)}${String(index).padStart(6, '0')}`;

function repeated(piece: string | ((index: number) => string), characters: number): string {
  if (typeof piece === 'string') return piece.repeat(Math.ceil(characters / piece.length));
  const pieces: string[] = [];
  for (let index = 0, length = 0; length < characters; index += 1) {
    const next = piece(index);
    pieces.push(next);
    length += next.length;
  }
  return pieces.join('');
}

const entry = (index: number) => ({
  startedDateTime: '2026-11-20T12:00:00.000Z',
  time: 1,
  request: {
    method: 'GET',
    url: `https://a.example/?t=${index}`,
    httpVersion: 'h2',
    headers: [],
    cookies: [],
    queryString: [],
  },
  response: { status: 200, headers: [], cookies: [], content: { size: 0, mimeType: '' } },
});

const har = (entries: string) =>
  `{"log":{"version":"1.2","creator":{"name":"a","version":"1"},"pages":[],"entries":[${entries}]}}`;
const state = (items: string) => `{"cookies":[],"origins":[{"origin":"https://a.example","localStorage":[${items}]}]}`;
const list = (piece: (index: number) => string, characters: number) =>
  repeated((index) => `${index > 0 ? ',' : ''}${piece(index)}`, characters);
const signed = (payload: string) => `${base64url('{"alg":"HS256"}')}.${base64url(payload)}.${'c'.repeat(43)}`;
const of = (share: number, characters: number) => Math.floor(characters * share);

export const heavyInputs: readonly HeavyInput[] = [
  ...[
    'a',
    'eyJ',
    '007eJ',
    'T1==',
    '.',
    '~',
    '%25',
    '\\',
    '&amp;',
    '\n',
    '--',
    '=',
    '{',
    '[',
    '[{"a":',
    '{"a":',
    '"',
    'é',
  ].map((piece): HeavyInput => ({ name: `run of ${JSON.stringify(piece)}`, write: (size) => repeated(piece, size) })),
  { name: 'one token over and over', write: (size) => repeated(`${token}\n`, size) },
  { name: 'one token glued', write: (size) => repeated(token, size) },
  { name: 'distinct tokens', write: (size) => repeated((index) => `${distinct(index)}\n`, size) },
  { name: 'glued headers', write: (size) => repeated(`${base64url('{"alg":"HS256"}')}.`, size) },
  { name: 'one long token', write: (size) => signed(JSON.stringify({ a: 'x'.repeat(of(0.75, size)) })) },
  { name: 'one token of small values', write: (size) => signed(`{"a":[${'[],'.repeat(of(0.25, size))}0]}`) },
  { name: 'one token of members', write: (size) => signed(`{${list((index) => `"${index}":0`, of(0.75, size))}}`) },
  {
    name: 'one nested token',
    write: (size) => signed(`{"a":${'['.repeat(of(0.37, size))}${']'.repeat(of(0.37, size))}}`),
  },
  { name: 'one token cut short', write: (size) => signed(repeated('{"a":', of(0.75, size))) },
  { name: 'one token with a long signature', write: (size) => `${token}${'a'.repeat(size)}` },
  {
    name: 'one JWE',
    write: (size) =>
      `${base64url('{"alg":"dir","enc":"A256GCM"}')}..${'a'.repeat(16)}.${'a'.repeat(size)}.${'a'.repeat(22)}`,
  },
  { name: 'disclosures', write: (size) => `${token}~${repeated(`${disclosure}~`, size)}` },
  { name: 'tildes', write: (size) => `${token}${'~'.repeat(size)}` },
  { name: 'a list of empty lists', write: (size) => `[${list(() => '[]', size)}]` },
  { name: 'members', write: (size) => `{${list((index) => `"${index}":0`, size)}}` },
  { name: 'members with tokens', write: (size) => `{${list((index) => `"token${index}":"${token}"`, size)}}` },
  {
    name: 'escaped JSON',
    write: (size) => JSON.stringify(JSON.stringify(JSON.stringify([repeated(`${token}"`, of(0.5, size))]))),
  },
  { name: 'recording of many entries', write: (size) => har(list((index) => JSON.stringify(entry(index)), size)) },
  {
    name: 'recording of many headers',
    write: (size) => {
      const one = entry(0);
      return har(
        JSON.stringify(one).replace(
          '"headers":[]',
          `"headers":[${list((index) => `{"name":"x${index}","value":"y"}`, size)}]`,
        ),
      );
    },
  },
  { name: 'message of empty headers', write: (size) => `HTTP/1.1 200 OK\r\n${repeated('a:\n', size)}` },
  {
    name: 'cookie file of empty cookies',
    write: (size) => `# Netscape HTTP Cookie File\n${repeated('\t\t\t\t\t\t\n', size)}`,
  },
  { name: 'state of empty cookies', write: (size) => `{"cookies":[${list(() => '{}', size)}],"origins":[]}` },
  { name: 'state of empty origins', write: (size) => `{"cookies":[],"origins":[${list(() => '{}', size)}]}` },
  { name: 'state of empty entries', write: (size) => state(list(() => '{}', size)) },
  {
    name: 'recording of empty headers',
    write: (size) => har(JSON.stringify(entry(0)).replace('"headers":[]', `"headers":[${list(() => '{}', size)}]`)),
  },
  {
    name: 'recording of many parameters',
    write: (size) => har(JSON.stringify(entry(0)).replace('?t=0', `?${repeated('a=b&', size)}`)),
  },
  { name: 'cookie header', write: (size) => `GET / HTTP/1.1\r\nCookie: ${repeated('a=b; ', size)}\r\n\r\n` },
  {
    name: 'form of many fields',
    write: (size) =>
      `POST / HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n${repeated('a=b&', size)}`,
  },
  {
    name: 'recording of a long body',
    write: (size) =>
      har(
        JSON.stringify(entry(0)).replace(
          '"mimeType":""',
          `"mimeType":"text/plain","text":${JSON.stringify(repeated(`${token} `, size))}`,
        ),
      ),
  },
  {
    name: 'storage state of many keys',
    write: (size) => state(list((index) => `{"name":"key${index}","value":"${index}"}`, size)),
  },
  {
    name: 'storage state of many tokens',
    write: (size) => state(list((index) => `{"name":"token${index}","value":"${distinct(index)}"}`, size)),
  },
  {
    name: 'storage state of many cookies',
    write: (size) =>
      `{"cookies":[${list((index) => `{"name":"a.${index}","value":"b","domain":"a.example","path":"/","expires":-1,"httpOnly":true,"secure":true,"sameSite":"Lax"}`, size)}],"origins":[]}`,
  },
  {
    name: 'cookie jar',
    write: (size) =>
      `# Netscape HTTP Cookie File\n${repeated((index) => `a.example\tTRUE\t/\tTRUE\t0\ts${index}\tv${index}\n`, size)}`,
  },
  {
    name: 'HTTP message of many headers',
    write: (size) => `GET / HTTP/1.1\r\nHost: a.example\r\n${repeated((index) => `X-${index}: y\r\n`, size)}\r\n`,
  },
  {
    name: 'HTTP message with a long cookie',
    write: (size) =>
      `GET / HTTP/1.1\r\nHost: a.example\r\nCookie: ${repeated((index) => `a${index}=b; `, size)}\r\n\r\n`,
  },
];
