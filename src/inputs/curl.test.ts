import { gzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { placesIn, readInput } from '../../test/builders/read-input.ts';
import { daily } from '../../test/builders/tokens.ts';
import { redactText } from '../engine/redact/redact-text.ts';

const [host, guest] = [daily.host(), daily.guest()];
const origin = 'https://call.example';

/** Where both tokens stand: the first in a header, the other by what is asked. */
async function foundIn(text: string) {
  const { kind, sightings, failure } = await readInput(text);
  return {
    kind,
    failure,
    places: sightings.map(({ token, place, path }) =>
      [
        token === host ? 'host' : 'guest',
        place.exchange?.method,
        place.exchange?.status,
        place.source,
        place.key ?? path,
        place.url,
      ].join(' '),
    ),
  };
}

const verbose = `* Host call.example:443 was resolved.
*   Trying 192.0.2.1:443...
* ALPN: curl offers h2,http/1.1
* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384
* Connected to call.example (192.0.2.1) port 443
* [HTTP/2] [1] OPENED stream for https://call.example/me
* [HTTP/2] [1] [:path: /me]
* [HTTP/2] [1] [authorization: Bearer ${guest}]
> GET /me HTTP/2
> Host: call.example
> Authorization: Bearer ${guest}
>${' '}
* Request completely sent off
< HTTP/2 302${' '}
< location: https://call.example/next
<${' '}
* Connection #0 to host call.example left intact
* Issue another request to this URL: 'https://call.example/next'
* Re-using existing https: connection with host call.example
> GET /next HTTP/2
> Host: call.example
> Cookie: theme=dark; auth=${guest}
>${' '}
< HTTP/2 200${' '}
< content-type: application/json
<${' '}
{ [320 bytes data]
{"a":{"token":"${host}"}}* Connection #0 to host call.example left intact
`;

test.each([
  ['with line feeds', verbose],
  ['with carriage returns too', verbose.replaceAll('\n', '\r\n')],
  ['with times', verbose.replace(/^(?=[*<>])/gm, '12:00:01.123456 ')],
])('what curl -v prints has its places: %s', async (_, text) => {
  expect(await foundIn(text)).toEqual({
    kind: 'curl',
    failure: null,
    places: [
      'guest GET 302 request-header Authorization https://call.example/me',
      'guest GET 200 request-header auth https://call.example/next',
      'host GET 200 response-body $.a.token https://call.example/next',
    ],
  });
});

test.each([
  ['8080', '', 'http://call.example:8080'],
  ['80', '', 'http://call.example:80'],
  ['8443', '* SSL connection using TLSv1.3 / X\n', 'https://call.example:8443'],
])('the scheme is told by port %s and by TLS', async (port, tls, expected) => {
  const text = `*   Trying 192.0.2.1:${port}...\n* Connected to call.example (192.0.2.1) port ${port} (#0)\n${tls}> GET /me?jwt=${guest} HTTP/1.1\n> Host: call.example:${port}\n> \n`;
  expect((await readInput(text)).sightings).toMatchObject([
    { place: { source: 'request-url', origin: new URL(expected).origin } },
  ]);
});

test('a proxy is asked first, and an answer may come in two', async () => {
  const text = `*   Trying 192.0.2.9:3128...
* Connected to proxy.example (192.0.2.9) port 3128
> CONNECT call.example:443 HTTP/1.1
> Host: call.example:443
> Proxy-Authorization: Bearer ${guest}
>
< HTTP/1.1 200 Connection established
<
* SSL connection using TLSv1.3 / X
> POST /join HTTP/1.1
> Host: call.example
>
< HTTP/1.1 100 Continue
<
< HTTP/1.1 201 Created
< Set-Cookie: auth=${host}; HttpOnly; Secure
<
* a list
* of words
`;
  expect((await foundIn(text)).places).toEqual([
    'guest CONNECT 200 request-header Proxy-Authorization http://proxy.example:3128/',
    'host POST 201 response-header auth https://call.example/join',
  ]);
});

const redirects = `HTTP/1.1 301 Moved Permanently\r\nLocation: https://call.example/login\r\n\r\nHTTP/2 302 \r\nset-cookie: auth=${guest}; Path=/\r\nlocation: /me\r\n\r\nHTTP/2 200 \r\ncontent-type: application/json\r\n\r\n{"token":"${host}"}`;

test('heads one after the other lead to one another', async () => {
  expect(await foundIn(redirects)).toEqual({
    kind: 'curl',
    failure: null,
    places: [
      'guest  302 response-header auth https://call.example/login',
      'host  200 response-body $.token https://call.example/me',
    ],
  });
  const asked = `$ curl -siL -H 'X-Token: ${guest}' http://call.example/\n${redirects}`;
  expect((await foundIn(asked)).places).toEqual([
    'guest GET 301 request-header X-Token http://call.example/',
    'guest  302 response-header auth https://call.example/login',
    'host  200 response-body $.token https://call.example/me',
  ]);
  const two = `HTTP/1.1 200 OK\r\nA: b\r\n\r\nHTTP/1.1 200 OK\r\nA: b\r\n\r\n{"t":"${host}"}HTTP/1.1 200 OK\r\nX-T: ${guest}\r\n\r\n`;
  expect((await foundIn(two)).places).toEqual(['guest  200 response-header X-T ', 'host  200 response-body $.t ']);
});

test('one head alone is a message', async () => {
  expect((await placesIn(`HTTP/1.1 200 OK\r\nX-T: ${guest}\r\n\r\n\r\nno HTTP/1.1 200\r\n`)).kind).toBe('http-message');
});

const json = JSON.stringify({ a: { token: host }, it: "it's" });
const carets = (text: string) => text.replaceAll('"', '\\"').replace(/[^\w\s\-:=+~'/.',?;()*`]/g, '^$&');
const expected = [
  `guest POST  request-header authorization ${origin}/join?a=1&b=2`,
  `guest POST  request-header auth ${origin}/join?a=1&b=2`,
  `host POST  request-body $.a.token ${origin}/join?a=1&b=2`,
];
const copies: [how: string, text: string][] = [
  [
    'as cURL for bash',
    `curl '${origin}/join?a=1&b=2' \\\n  -H 'accept: */*' \\\n  -H 'authorization: Bearer ${guest}' \\\n  -H 'content-type: application/json' \\\n  -b 'theme=dark; auth=${guest}' \\\n  --data-raw $'${json.replace("'", "\\'").replaceAll('{', '\\u007b')}' ;\n`,
  ],
  [
    'as cURL for cmd',
    `curl ^"${carets(`${origin}/join?a=1&b=2`)}^" ^\r\n  -H ^"authorization: Bearer ${guest}^" ^\r\n  -H ^"content-type: application/json^" ^\r\n  -b ^"theme=dark; auth=${guest}^" ^\r\n  --data-raw ^"${carets(json)}^" &\r\n`,
  ],
  [
    'as cURL for cmd by Firefox',
    `curl.exe "${origin}/join?a=1&b=2" --compressed -X POST -H "authorization: Bearer ${guest}" -H "content-type: application/json" -H "Cookie: auth=${guest}" --data-raw "${json.replaceAll('"', '""')}"`,
  ],
  [
    'by hand',
    `# a comment\n$ curl -sS -XPOST "${origin}/join?a=1&b=2" -H"authorization: Bearer ${guest}" --cookie "auth=${guest}" --json "${json.replaceAll('"', '\\"')}"`,
  ],
  [
    'as fetch for Node.js',
    `fetch("${origin}/join?a=1&b=2", ${JSON.stringify({ headers: { authorization: `Bearer ${guest}`, 'content-type': 'application/json', cookie: `theme=dark; auth=${guest}` }, body: json, method: 'POST' }, null, 2)}); ;\nfetch("${origin}/other");`,
  ],
  [
    'as PowerShell',
    `$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession\n$session.UserAgent = "Mozilla/5.0"\n$session.Cookies.Add((New-Object System.Net.Cookie("theme", "dark", "/", "call.example")))\n$session.Cookies.Add((New-Object System.Net.Cookie("auth", "${guest}", "/", "call.example")))\nInvoke-WebRequest -UseBasicParsing -Uri "${origin}/join?a=1&b=2" \`\n-Method "POST" \`\n-WebSession $session \`\n-Headers @{\n"accept"="*/*"\n  "authorization"="Bearer ${guest}"\n  "sec-ch-ua"="\`"A\`";v=\`"1\`""\n} \`\n-ContentType "application/json" \`\n-Body "${json.replaceAll('"', '`"').replace('it', '$([char]105)t')}"`,
  ],
];

test.each(copies)('what is copied %s has its places', async (_, text) => {
  const { kind, failure, places } = await foundIn(text);
  expect([kind, failure]).toEqual(['curl', null]);
  expect(places.sort()).toEqual([...expected].sort());
});

test.each([
  ['-G and data', `curl -G ${origin}/join -d room=a --data-urlencode 'jwt=${guest}'`, 'GET', 'request-url', 'jwt'],
  ['a form', `curl ${origin}/join -d room=a -d 'jwt=${guest}'`, 'POST', 'request-body', 'jwt'],
  ['a multipart form', `curl ${origin}/join -F room=a -F 'jwt=${guest}'`, 'POST', 'request-body', 'jwt'],
  ['a user', `curl -u 'ada:${guest}' ${origin}/join`, 'GET', 'request-header', 'Authorization'],
  ['a bearer', `curl -I --oauth2-bearer ${guest} ${origin}/join`, 'HEAD', 'request-header', 'Authorization'],
  ['a referer', `curl -k -e '${origin}/?jwt=${guest}' ${origin}/join`, 'GET', 'request-header', 'Referer'],
  ['a proxy', `curl -x 'http://a:${guest}@proxy.example' ${origin}/join`, undefined, 'text', null],
  ['a command after it', `curl ${origin}/join; export TOKEN=${guest}`, undefined, 'text', null],
])('%s of a command', async (_, text, method, source, key) => {
  const { kind, sightings } = await readInput(text);
  expect(kind).toBe('curl');
  expect(sightings).toMatchObject([{ token: guest, place: { source, key } }]);
  expect(sightings[0]?.place.exchange?.method).toBe(method);
});

test('options of fetch that are no JSON are searched, and told', async () => {
  const { kind, sightings, problems } = await readInput(
    `fetch("${origin}/join", { headers: { 'x-token': '${guest}' } })`,
  );
  expect([kind, sightings.map(({ place }) => place.source)]).toEqual(['curl', ['text']]);
  expect(problems).toMatchObject([
    { code: 'places-not-told', message: expect.stringContaining('options are no JSON, of which places are not told') },
  ]);
});

test.each([
  'curl is a program that https://curl.se tells of',
  'fetch(address)',
  '> quoted\n> GET /a HTTP/1.1 is what we sent\n',
  '$session = 3',
])('prose and other programs are text: %s', async (text) => {
  expect((await readInput(`${text} ${guest}`)).kind).toBe('text');
});

test('what is hostile takes no longer than what is not', async () => {
  const starts = [
    `curl '${origin}' `,
    `curl ^"${origin}^" `,
    `fetch("${origin}", `,
    `Invoke-WebRequest -Uri "${origin}" -Headers @{`,
    '* a\n> GET / HTTP/1.1\n',
    'HTTP/1.1 200\n\nHTTP/1.1 200\n\n',
  ];
  for (const start of starts)
    for (const piece of [
      "'",
      '"',
      '^',
      '\\',
      '$',
      'fetch("',
      '`',
      '> ',
      '* Connection #',
      'HTTP/1.1 200\n\n',
      '@{',
      '-d x ',
    ])
      expect((await readInput(start + piece.repeat(20_000))).kind).toBe('curl');
});

/** Messages as `--trace` (in hex) and `--trace-ascii` write them (dump in tool_cb_dbg.c of curl 8.16). */
function trace(isHex: boolean, ...sections: [heading: string, text: string | Uint8Array][]): string {
  return sections
    .map(([heading, text]) => {
      const bytes = Buffer.from(text);
      const lines: string[] = [];
      for (let at = 0; at < bytes.length; ) {
        const start = at;
        const hex: string[] = [];
        let shown = '';
        for (; at < bytes.length && at - start < (isHex ? 16 : 64); at += 1) {
          if (!isHex && bytes[at] === 13 && bytes[at + 1] === 10) break;
          const byte = bytes[at] as number;
          hex.push(`${byte.toString(16).padStart(2, '0')} `);
          shown += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.';
        }
        if (!isHex && bytes[at] === 13 && bytes[at + 1] === 10) at += 2;
        lines.push(`${start.toString(16).padStart(4, '0')}: ${isHex ? hex.join('').padEnd(48) : ''}${shown}\n`);
      }
      return `${heading}, ${bytes.length} bytes (0x${bytes.length.toString(16)})\n${lines.join('')}`;
    })
    .join('');
}

const body = `{"a":{"token":"${host}"}}`;
const sections: [heading: string, text: string][] = [
  [
    '=> Send header',
    `POST /join?jwt=${guest} HTTP/1.1\r\nHost: call.example:8080\r\nAuthorization: Bearer ${guest}\r\nContent-Type: application/json\r\n\r\n`,
  ],
  ['=> Send data', `{"token":"${guest}"}`],
  ['<= Recv header', 'HTTP/1.1 100 Continue\r\n'],
  ['<= Recv header', '\r\n'],
  ['<= Recv header', 'HTTP/1.1 200 OK\r\n'],
  ['<= Recv header', 'Content-Type: application/json\r\n'],
  ['<= Recv header', 'Transfer-Encoding: chunked\r\n'],
  ['<= Recv header', `Set-Cookie: auth=${guest}; Secure\r\n`],
  ['<= Recv header', '\r\n'],
  ['<= Recv data', `9\r\n${body.slice(0, 9)}\r\n${(body.length - 9).toString(16)}\r\n`],
  ['<= Recv data', `${body.slice(9)}\r\n0\r\n\r\n`],
];

test.each([
  ['in hex', true, ''],
  ['as text', false, ''],
  ['as text with times and numbers', false, '12:00:01.123456 [0-0] '],
])('what curl --trace writes has its places: %s', async (_, isHex, before) => {
  const written = `${before}== Info: Connected to call.example (192.0.2.1) port 8080\n${trace(isHex, ...sections.map(([heading, text]): [string, string] => [before + heading, text]))}`;
  const url = `http://call.example:8080/join?jwt=${guest}`;
  expect(await foundIn(written)).toEqual({
    kind: 'curl',
    failure: null,
    places: [
      `guest POST 200 request-url jwt ${url}`,
      `guest POST 200 request-header Authorization ${url}`,
      `guest POST 200 request-body $.token ${url}`,
      `guest POST 200 response-header auth ${url}`,
      `host POST 200 response-body $.a.token ${url}`,
    ],
  });
  const { unread } = redactText(written);
  expect([...unread.keys()].join()).toContain('a trace of curl');
});

test('a trace that is cut off, or encrypted, is read as far as it goes', async () => {
  const written = trace(true, ['=> Send SSL data', '\u0016\u0003'], ...sections);
  const cut = written.slice(0, written.indexOf('=> Send data') + 900);
  expect((await foundIn(cut)).places.slice(0, 2)).toEqual([
    expect.stringContaining('guest POST  request-url jwt'),
    expect.stringContaining('guest POST  request-header Authorization'),
  ]);
  for (let end = 0; end < written.length; end += 97) await readInput(written.slice(0, end));
});

const talk = (headers: string, behind: string, note = '* Connection #0 to host call.example left intact\n') =>
  `*   Trying 192.0.2.1:443...
* SSL connection using TLSv1.3 / X
* Established connection to call.example (192.0.2.1 port 443)
> GET /me HTTP/1.1
> Host: call.example
>${' '}
< HTTP/1.1 200 OK
${headers}<${' '}
${behind}${note}`;
const invented = `> GET /a?jwt=${guest} HTTP/1.1\n> Host: evil.example\n> \n< HTTP/1.1 200 OK\n< \n`;
const noted = `* Connection #0 to host call.example left intact\n* Connected to evil.example (192.0.2.9) port 80\n${invented}`;

test.each([
  ['what curl sends', '', `a\n${invented}b\n`],
  ['all that curl says, where its length is told', `< Content-Length: ${noted.length + 4}\n`, `a\n${noted}b\n`],
])('a body that looks like %s is a body', async (_, headers, body) => {
  const { sightings, failure } = await readInput(talk(headers, body));
  expect(failure).toBeNull();
  expect(sightings.map(({ place }) => [place.source, place.origin])).toEqual([['response-body', origin]]);
});

test.each([
  ['its length', `< Content-Length: 13\n`, `{"a":"hello"}$ echo ${guest}\n`],
  ['its length, in another line', `< Content-Length: 14\n`, `{"a":"hello"}\n$ echo ${guest}\n`],
  ['its length, not in ASCII', `< Content-Length: 11\n`, `{"a":"öä"}\n$ echo ${guest}\n`],
  ['the note that ends it', '', `{"a":"hello"}* Connection #0 to host call.example left intact\n$ echo ${guest}\n`],
  ['its status', '', '', 'HTTP/1.1 204 No Content'],
])('what stands behind a body is text: known by %s', async (_, headers, body, status = 'HTTP/1.1 200 OK') => {
  const text = talk(headers, body, body ? '' : `* Connection #0 to host call.example left intact\n$ echo ${guest}\n`);
  const { sightings } = await readInput(text.replace('HTTP/1.1 200 OK', status));
  expect(sightings.map(({ place }) => place.source)).toEqual(['text']);
});

test('a body that was printed to a file may stand behind the note that ends it', async () => {
  const late = talk('< Content-Length: 400\n', '{ [400 bytes data]\n', undefined) + JSON.stringify({ t: guest });
  expect((await placesIn(late)).places).toEqual([`response-body entry 1: response body $.t of ${origin}`]);
});

test.each([
  ['in the head of an answer', `${talk('', '').split('200 OK')[0]}200 OK\n`],
  ['in the body of an answer', talk('< content-length: 900\n', `{"t":"${guest}"`, '')],
  [
    'in the head of a request',
    `* Connected to call.example (192.0.2.1) port 443\n> GET /me HTTP/1.1\n> X-T: ${guest}\n`,
  ],
  ['in the body of an answer', `HTTP/1.1 301 M\nLocation: /\n\nHTTP/1.1 200 OK\nContent-Length: 900\n\n{"t":"${guest}`],
])('what curl prints is said to be cut off %s', async (where, text) => {
  expect((await readInput(text)).failure).toMatchObject({
    code: 'input-truncated',
    message: `is cut off ${where}; what is there was read`,
  });
});

test('a connection that is not said to be done is told of', async () => {
  const codes = async (text: string) => (await readInput(text)).problems.map(({ code }) => code);
  expect(await codes(talk('', `{"t":"${guest}"`, ''))).toEqual(['input-truncated']);
  expect(await codes(talk('', `{"t":"${guest}"}`))).toEqual([]);
});

test('bodies in a trace are unpacked where all their bytes stand there, and said to be packed where they do not', async () => {
  const packed = gzipSync(new TextEncoder().encode(`{"a":{"token":"${host}"}}`));
  const head = 'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n'.split(/(?<=\r\n)/);
  const all: [string, string | Uint8Array][] = [
    ['=> Send header', 'GET /me HTTP/1.1\r\nHost: call.example\r\n\r\n'],
    ...head.map((line): [string, string] => ['<= Recv header', line]),
    ['<= Recv data', packed.subarray(0, 50)],
    ['<= Recv data', packed.subarray(50)],
  ];
  const whole = await foundIn(trace(true, ...all));
  expect([whole.failure, whole.places.map((place) => place.split(' ').slice(0, 5).join(' '))]).toEqual([
    null,
    ['host GET 200 response-body $.a.token'],
  ]);
  expect((await foundIn(trace(false, ...all))).failure).toMatchObject({ code: 'input-packed' });
  const written = trace(true, ...all);
  for (const end of [written.length - 90, written.length - 200])
    expect((await foundIn(written.slice(0, end))).failure).toMatchObject({ code: 'input-truncated' });
  const broken = all.map(([heading, text]): [string, string | Uint8Array] =>
    typeof text === 'string' ? [heading, text.replace('gzip', 'br')] : [heading, Uint8Array.of(11, 2, 128, 1, 2, 3)],
  );
  expect((await foundIn(trace(true, ...broken))).failure).toMatchObject({ code: 'input-packed' });
});

const wgetHead = `HTTP/1.1 302 Found\nset-cookie: auth=${guest}; HttpOnly\nlocation: /me?jwt=${guest}\n`;
const wget = (isWhole: boolean) => {
  const request = (path: string) =>
    isWhole
      ? `\n---request begin---\nGET ${path} HTTP/1.1\nHost: call.example\nAuthorization: Bearer ${guest}\n\n---request end---\n`
      : '';
  const response = (head: string) =>
    isWhole
      ? `\n---response begin---\n${head}\n---response end---\n302 Found\n`
      : `\n${head.replace(/^(?=.)/gm, '  ')}`;
  return `${isWhole ? 'DEBUG output created by Wget 1.21.3 on linux-gnu.\n\n' : ''}--2026-11-27 12:00:00--  https://call.example/r\nConnecting to call.example|192.0.2.1|:443... connected.\n${request('/r')}HTTP request sent, awaiting response... ${response(wgetHead)}Location: /me?jwt=${guest} [following]\n--2026-11-27 12:00:01--  https://call.example/me?jwt=${guest}\nReusing existing connection to call.example:443.\n${request(`/me?jwt=${guest}`)}HTTP request sent, awaiting response... ${response(`HTTP/1.1 200 OK\nx-token: ${host}\nContent-Length: 9\n`)}Length: 9 [application/json]\nSaving to: ‘me’\n`;
};

test.each([
  ['-d', true],
  ['-S', false],
])('what wget prints with %s has its places', async (_, isWhole) => {
  const { kind, failure, places } = await foundIn(wget(isWhole));
  expect([kind, failure]).toEqual(['curl', null]);
  const me = `https://call.example/me?jwt=${guest}`;
  const method = isWhole ? 'GET' : '';
  expect(places).toEqual(
    expect.arrayContaining([
      ...(isWhole ? ['guest GET 302 request-header Authorization https://call.example/r'] : []),
      `guest ${method} 302 response-header auth https://call.example/r`,
      `guest ${method} 302 response-header location https://call.example/r`,
      `guest ${method} 200 request-url jwt ${me}`,
      `host ${method} 200 response-header x-token ${me}`,
    ]),
  );
});

test('a request alone is read as curl prints it', async () => {
  const text = `> GET /join HTTP/2\n> Host: call.example\n> Authorization: Bearer ${host}\n>\n`;
  expect(await placesIn(text)).toEqual({
    kind: 'curl',
    places: ['request-header Authorization of https://call.example'],
  });
});
