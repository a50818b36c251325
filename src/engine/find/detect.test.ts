import { deflateSync, gzipSync } from 'node:zlib';
import LZString from 'lz-string';
import { describe, expect, test } from 'vitest';
import {
  agora007,
  biscuit,
  branca,
  jwe,
  opentokT1,
  sdJwt,
  smartHealthCard,
  trtcUsersig,
  zego04,
} from '../../../test/builders/other-tokens.ts';
import { base64url, daily, jwt, now, rawJwt, unsecuredJwt } from '../../../test/builders/tokens.ts';
import { decode } from '../decode/decode.ts';
import { type DetectOptions, detect } from './detect.ts';

const token = daily.guest();
const [header, payload, signature] = token.split('.') as [string, string, string];
const base64 = (text: string) => Buffer.from(text).toString('base64');
const wrap = (text: string, width: number, by = '\n') => text.match(new RegExp(`.{1,${width}}`, 'g'))?.join(by) ?? '';

const tokensIn = (text: string, options?: DetectOptions) => detect(text, options).hits.map((hit) => hit.token);
const notesIn = (text: string, key: string | null = null) => detect(text, { key }).hits.map((hit) => hit.note);
const codesOf = (text: string) => {
  const [hit] = detect(text).hits;
  return hit ? decode(hit.token, hit.form).irregularities.map(({ code }) => code) : null;
};

describe('spellings of one token', () => {
  test('1. three parts whose first decodes to an object with a string alg', () => {
    expect(detect(token).hits).toMatchObject([{ token, form: 'jws', note: null, confidence: 'certain', offset: 0 }]);
    expect(tokensIn(rawJwt({ alg: 7 }, { sub: 'a' }))).toEqual([]);
    expect(tokensIn(rawJwt({ typ: 'JWT' }, { sub: 'a' }))).toEqual([]);
  });

  test.each([
    '{ "alg":"HS256"}',
    '{  "alg":"HS256"}',
    '{\n"alg":"HS256"}',
    '{\n  "alg": "HS256"\n}',
    '{\r\n"alg":"HS256"}',
    '{\t"alg":"HS256"}',
    ' {"alg":"HS256"}',
    ' \n{"alg":"HS256"}',
    '\n{"alg":"HS256"}',
    '\n\n{"alg":"HS256"}',
    '\t{"alg":"HS256"}',
    '\r\n{"alg":"HS256"}',
    '  {"alg":"HS256"}',
    '{"alg":"HS256"}\n',
    '{"alg":"HS256"} ',
    '{"kid":"é","alg":"HS256"}',
  ])('2. header spelled %j; only leading white space is odd', (text) => {
    const odd = rawJwt(text, { sub: 'ada' });
    expect(tokensIn(`x "${odd}" y`)).toEqual([odd]);
    expect(codesOf(odd)).toEqual(/^\s/.test(text) ? ['leading-whitespace'] : []);
  });

  test('3. a byte order mark or UTF-16 is read through and noted', () => {
    const marked = rawJwt('\ufeff{"alg":"HS256"}', { sub: 'ada' });
    expect(tokensIn(marked)).toEqual([marked]);
    expect(codesOf(marked)).toEqual(['bom']);
    for (const bytes of [Buffer.from('\ufeff{"alg":"HS256"}', 'utf16le'), Buffer.from('{"alg":"HS256"}', 'utf16le')]) {
      const wide = `${bytes.toString('base64url')}.${payload}.${signature}`;
      expect(tokensIn(`"${wide}"`)).toEqual([wide]);
      expect(codesOf(wide)).toEqual(['utf-16']);
      expect(decode(wide, 'jws').header).toEqual({ alg: 'HS256' });
    }
  });

  test('4. both alphabets and padding; odd when padded or plain', () => {
    const claims = '{"sub":"?>~?>~ÿÿ?>"}';
    const url = jwt({ sub: '?>~?>~ÿÿ?>' });
    expect(tokensIn(`"${url}"`)).toEqual([url]);
    expect(codesOf(url)).toEqual([]);
    const plain = `${base64('{"alg":"HS256","kid":"?>~?>~"}')}.${base64(claims)}.${base64('?>~?>~?>~?>~?>~?>~?>~?>~?>~?>~?>')}`;
    expect(plain).toMatch(/\+.*\/|\/.*\+/);
    expect(tokensIn(`"${plain}"`)).toEqual([plain]);
    expect(codesOf(plain)).toContain('plain-base64-alphabet');
    const padded = token
      .split('.')
      .map((part) => part + '='.repeat((4 - (part.length % 4)) % 4))
      .join('.');
    expect(tokensIn(`"${padded}"`)).toEqual([padded]);
    expect(codesOf(padded)).toContain('padding');
  });

  test('5. percent-encoding, twice too; the offset is that of the run', () => {
    const once = token.replaceAll('.', '%2E');
    expect(detect(`a b ${once} c`).hits).toMatchObject([{ token, offset: 4, encodings: ['percent'] }]);
    expect(detect(token.replaceAll('.', '%252E')).hits).toMatchObject([{ token, encodings: ['percent', 'percent'] }]);
    expect(tokensIn(encodeURIComponent(encodeURIComponent(JSON.stringify({ token }))))).toEqual([token]);
  });

  test('6. inside a parameter of another URL; the outer parameter is named', () => {
    const inner = encodeURIComponent(`https://call.example/room?jwt=${token}#top`);
    expect(detect(`https://app.example/?redirect_uri=${inner}&a=b`).hits).toMatchObject([
      { token, path: '?redirect_uri ?jwt', encodings: ['percent'] },
    ]);
    expect(detect(`https://app.example/#returnTo=${inner}`).hits).toMatchObject([{ token, path: '#returnTo ?jwt' }]);
  });

  test.each(['Bearer ', 'bearer ', 'Bearer%20', 'Bearer+', 'Token ', 'JWT ', 'DPoP ', 'Authorization: Bearer '])(
    '7. after the scheme %j',
    (scheme) => {
      expect(tokensIn(`${scheme}${token}`)).toEqual([token]);
    },
  );

  test('7. as the user of Basic credentials', () => {
    expect(detect(`Basic ${base64(`${token}:x-oauth-basic`)}`).hits).toMatchObject([{ token, encodings: ['base64'] }]);
  });

  test.each([
    `"${token}"`,
    `'${token}'`,
    `a,${token},b`,
    `a;${token};b`,
    `a\t${token}\tb`,
    `key=${token}`,
    `jwt_${token}`,
    `jwt-${token}`,
    `x.${token}`,
    `(${token})`,
    `<${token}>`,
    `https://call.example/room/${token}/join`,
    `See ${token}. Then go on.`,
    `[${token}]`,
    `\`${token}\``,
    `${token}\0`,
    `ключ:${token}é`,
  ])('8. among neighbours: %j', (text) => {
    expect(tokensIn(text)).toEqual([token]);
  });

  test('9. JSON string escapes inside and around', () => {
    expect(tokensIn(`{\\"token\\":\\"${token}\\"}`)).toEqual([token]);
    expect(tokensIn(`{"token":"${token.replaceAll('.', '\\u002e')}"}`)).toEqual([token]);
    expect(tokensIn(`var t = '${token.replaceAll('.', '\\x2e')}';`)).toEqual([token]);
    expect(tokensIn(`var t = '${token.replaceAll('.', '\\u002E')}';`)).toEqual([token]);
    const slashed = JSON.stringify({ url: `https:\\/\\/call.example\\/${token}` });
    expect(tokensIn(slashed)).toEqual([token]);
  });

  test('10. JSON in JSON in JSON; the path is told', () => {
    const twice = JSON.stringify({ a: JSON.stringify([{ 'odd key': JSON.stringify({ token }) }]) });
    expect(detect(twice).hits).toMatchObject([
      {
        token,
        path: '$.a $[0]["odd key"] $.token',
        encodings: ['json-string', 'json-string', 'json-string'],
        offset: twice.indexOf('[{'),
      },
    ]);
  });

  test.each([
    [64, '\n'],
    [76, '\n'],
    [76, '\r\n'],
    [64, '\n  '],
  ])('11. wrapped at %d characters by %j, as possible', (width, by) => {
    const long = jwt(
      { sub: 'ada', note: 'x'.repeat(300) },
      { kid: 'a-key-id-that-makes-the-header-longer-than-a-line' },
    );
    const text = `Hello,\n\nhere it is:\n\n${by.slice(by.lastIndexOf('\n') + 1)}${wrap(long, width, by)}\n\nBye`;
    expect(detect(text).hits).toMatchObject([{ token: long, confidence: 'possible', encodings: ['line-wrap'] }]);
  });

  test('11. lines that do not go on are not joined', () => {
    expect(tokensIn(`${token}\n${'-'.repeat(40)}\nnext line`)).toEqual([token]);
    expect(tokensIn(`${token}\n${daily.host()}\n`)).toEqual([token, daily.host()]);
  });

  test('12. HTML character references', () => {
    expect(tokensIn(`<a data-t="${token.replaceAll('.', '&#46;')}">`)).toEqual([token]);
    expect(tokensIn(`<a data-t="${token.replaceAll('.', '&#x2e;')}">`)).toEqual([token]);
    expect(tokensIn(`<a data-t="${token.replaceAll('.', '&period;')}">`)).toEqual([token]);
    expect(tokensIn(`<a data-t="{&quot;token&quot;:&quot;${token}&quot;}">`)).toEqual([token]);
  });

  test('13. base64 of the token, at any place in it', () => {
    for (const before of ['', 'x', 'xy', '{"token":"']) {
      expect(tokensIn(`"${base64(`${before}${before && ' '}${token}`)}"`)).toEqual([token]);
    }
    expect(detect(base64(base64(token))).hits).toMatchObject([{ token, encodings: ['base64', 'base64'] }]);
  });

  test('14. base64url JSON behind a prefix', () => {
    expect(detect(`base64-${base64url(JSON.stringify({ access_token: token }))}`).hits).toMatchObject([
      { token, path: '$.access_token', encodings: ['base64', 'json-string'] },
    ]);
  });

  test.each([
    ['gzip in base64', gzipSync(JSON.stringify({ token })).toString('base64')],
    ['zlib in base64', deflateSync(JSON.stringify({ token })).toString('base64')],
    ['gzip, a character a byte', gzipSync(JSON.stringify({ token })).toString('latin1')],
    ['LZ-string', LZString.compress(JSON.stringify({ token }))],
    ['LZ-string in UTF-16', LZString.compressToUTF16(JSON.stringify({ token }))],
    ['LZ-string in base64', LZString.compressToBase64(JSON.stringify({ token }))],
    ['LZ-string for URLs', LZString.compressToEncodedURIComponent(JSON.stringify({ token }))],
  ])('16. compressed storage: %s', (_, text) => {
    expect(detect(text).hits).toMatchObject([{ token, path: '$.token' }]);
    expect(tokensIn(JSON.stringify({ state: text }))).toEqual([token]);
  });

  test('16. compressed text without a token is nothing', () => {
    expect(tokensIn(LZString.compressToUTF16('just some text, not JSON'))).toEqual([]);
    expect(tokensIn(gzipSync('nothing here').toString('base64'))).toEqual([]);
  });

  test('17. reversed tokens are ignored', () => {
    expect(tokensIn([...token].reverse().join(''))).toEqual([]);
  });

  test.each([
    `${header}...`,
    `${header}.…`,
    `${header}.****`,
    `${header}.${payload.slice(0, 20)}...`,
    `${header}.${payload.slice(0, 21)}…`,
    `${header}.${payload.slice(0, 19)}****`,
  ])('18. cut or masked: %s', (text) => {
    expect(notesIn(`token: ${text}`)).toEqual(['token-truncated']);
  });

  test('18. a signature that was taken out', () => {
    expect(notesIn(`${header}.${payload}.redacted`)).toEqual(['token-redacted']);
    expect(notesIn(`${header}.${payload}.${signature.slice(0, 5)}****`)).toEqual(['token-redacted']);
  });

  test('19. a header alone is noted under a token-like key only', () => {
    expect(notesIn(header, 'access_token')).toEqual(['token-truncated']);
    expect(notesIn(header, 'theme')).toEqual([]);
    expect(notesIn(header)).toEqual([]);
  });

  test('20. two parts are noted under a token-like key only', () => {
    expect(notesIn(`${header}.${payload}`, 'jwt-head')).toEqual(['split-signature']);
    expect(notesIn(`${header}.${payload}`, 'theme')).toEqual([]);
  });
});

describe('serializations', () => {
  test('unsecured, with and without the last dot', () => {
    const unsecured = unsecuredJwt({ sub: 'ada' });
    expect(detect(`"${unsecured}"`).hits).toMatchObject([{ token: unsecured, form: 'jws-unsecured', note: null }]);
    const bare = unsecured.slice(0, -1);
    expect(detect(`"${bare}"`).hits).toMatchObject([{ token: bare, form: 'jws-unsecured', note: null }]);
  });

  test('signature removed', () => {
    const empty = `${header}.${payload}.`;
    expect(detect(`"${empty}"`).hits).toMatchObject([{ token: empty, form: 'jws', note: null }]);
    expect(decode(empty, 'jws').signature).toEqual({ text: '', bytes: 0 });
  });

  test('detached payload is a note', () => {
    expect(detect(`"${header}..${signature}"`).hits).toMatchObject([
      { form: 'jws-detached', note: 'detached-payload' },
    ]);
  });

  test('unencoded payload is kept as text', () => {
    const head = base64url('{"alg":"HS256","b64":false,"crit":["b64"]}');
    const text = `${head}.$02 plain.${signature}`;
    expect(tokensIn(`"${text}"`)).toEqual([text]);
    expect(decode(text, 'jws')).toMatchObject({ opaquePayload: '$02 plain', claims: null, problem: null });
  });

  test('JWE with and without an encrypted key', () => {
    const direct = jwe();
    const wrapped = direct.replace('..', `.${base64url('a'.repeat(64))}.`);
    expect(detect(`"${direct}" "${wrapped}"`).hits).toMatchObject([
      { token: direct, form: 'jwe' },
      { token: wrapped, form: 'jwe' },
    ]);
  });

  test('nested tokens are one hit, both are read', () => {
    const outer = rawJwt({ alg: 'RS256', cty: 'JWT' }, token);
    expect(tokensIn(outer)).toEqual([outer]);
    expect(decode(outer, 'jws').inner[0]?.token.text).toBe(token);
  });

  test('SD-JWT, compact and JSON', () => {
    const compact = sdJwt({ name: 'Ada' });
    expect(detect(`"${compact}"`).hits).toMatchObject([{ token: compact, form: 'sd-jwt', note: null }]);
    const [issued = '', disclosure = ''] = compact.split('~');
    const [h, p, s] = issued.split('.');
    const json = JSON.stringify({ payload: p, protected: h, signature: s, header: { disclosures: [disclosure] } });
    expect(detect(json).hits).toMatchObject([{ token: json, form: 'jws-json' }]);
    expect(decode(json, 'jws-json').disclosures).toMatchObject([{ name: 'name', value: 'Ada', bound: true }]);
  });

  test('DPoP proofs, requests and responses in parameters', () => {
    const proof = rawJwt({ alg: 'ES256', typ: 'dpop+jwt', jwk: { kty: 'EC' } }, { htm: 'GET' });
    expect(tokensIn(`DPoP: ${proof}`)).toEqual([proof]);
    expect(detect(`https://app.example/cb?response=${token}`).hits).toMatchObject([{ token, path: '?response' }]);
    expect(detect(`state=1&vp_token=${token}`).hits).toMatchObject([{ token, path: '?vp_token' }]);
  });

  test('SMART Health Cards are a note', () => {
    const card = smartHealthCard({ iss: 'https://health.example' });
    expect(detect(`"${card}"`).hits).toMatchObject([{ token: card, note: 'smart-health-card' }]);
  });

  test('join tokens that are not JWTs', () => {
    for (const join of [opentokT1(), agora007(), trtcUsersig(), zego04()]) {
      expect(detect(`"${join}"`).hits).toMatchObject([{ token: join, note: null }]);
      expect(tokensIn(`https://call.example/?token=${encodeURIComponent(join)}`)).toEqual([join]);
      expect(tokensIn(base64(JSON.stringify({ join })))).toEqual([join]);
    }
  });
});

describe('kin and look-alikes', () => {
  const noise = (length: number) =>
    base64url(sdJwt({ a: 1 }))
      .replace(/[^A-Z]/g, '')
      .repeat(9)
      .slice(0, length);

  test.each([
    ['PASETO', `v4.public.${base64url('{"sub":"ada"}')}${noise(86)}`, 'paseto'],
    ['PASETO local', `v3.local.${noise(120)}`, 'paseto'],
    [
      'Macaroon',
      base64url(`0014location x\n001bidentifier y\n002fsignature ${'z'.repeat(32)}`),
      'opaque-token',
      'token',
    ],
    ['Fernet', `gAAAAAB${noise(90)}`, 'opaque-token', 'auth_token'],
    ['Biscuit', biscuit(), 'opaque-token', 'biscuit_token'],
    ['Biscuit with the number of its key', biscuit(3), 'opaque-token', 'auth'],
    ['Branca', branca(), 'opaque-token', 'token'],
    ['Django', `${base64url('{"user":1,"cart":[]}')}:1tHb2Q:${noise(43)}`, 'signed-cookie'],
    ['Flask', `${base64url('{"user_id":1}')}.Zz8bCQ.${noise(27)}`, 'signed-cookie'],
    [
      'Flask, compressed',
      `.${deflateSync('{"user_id":1,"padding":"aaaaaaaaaaaaaaaaa"}').toString('base64url')}.Zz8bCQ.${noise(27)}`,
      'signed-cookie',
    ],
    ['Rails', `${base64('{"session_id":"abc"}')}--${'0123456789abcdef'.repeat(3).slice(0, 40)}`, 'signed-cookie'],
    ['Mapbox public', `pk.${base64url('{"u":"ada","a":"abcdefghijklmnop"}')}.${noise(22)}`, 'vendor-key'],
    ['Mapbox secret', `sk.${base64url('{"u":"ada","a":"abcdefghijklmnop"}')}.${noise(22)}`, 'vendor-key'],
    ['Sentry', `sntrys_${base64('{"iat":1,"url":"https://sentry.io","org":"a"}')}_${noise(43)}`, 'vendor-key'],
    ['Grafana', `glc_${base64('{"o":"1","n":"name","k":"0123456789"}')}`, 'vendor-key'],
    ['1Password', `ops_${base64url('{"signInAddress":"x.1password.com"}')}`, 'vendor-key'],
    ['Supabase secret', `sb_secret_${noise(32)}`, 'vendor-key'],
    ['Google access token', `ya29.${noise(120)}`, 'vendor-key'],
    ['GitHub token', `gho_${noise(36)}`, 'vendor-key'],
    ['opaque refresh token', 'v1.MjQ0NzY4Nw-Zx81hU7qWe', 'opaque-refresh', 'refresh_token'],
    ['Chime join token', base64(noise(60)), 'opaque-token', 'JoinToken'],
    ['ticket', base64(noise(60)), 'opaque-token', 'ticket'],
    ['ticket, as it is answered', base64(noise(60)), 'opaque-token', 'cert'],
  ])('%s is a note', (_, text, note, key?: string) => {
    expect(notesIn(text, key ?? null)).toEqual([note]);
  });

  test.each([
    ['Fernet outside a token-like key', `gAAAAAB${noise(90)}`],
    ['Biscuit outside a token-like key', biscuit()],
    ['Branca outside a token-like key', branca()],
    ['ticket that is told by words and a number', 'TKT-2026-000123-follow-up-of-the-first-one', 'ticket'],
    ['certificate', `MIIB${base64(noise(60))}`, 'cert'],
    ['ticket that is short', 'Zx81hU7qWeZx81hU7qWe', 'ticket'],
    ['Biscuit that is cut', biscuit().slice(0, 200), 'token'],
    ['base62 of another version', branca(now, 0xbb), 'token'],
    ['base62 of a time before Branca', branca(1_000_000_000), 'token'],
    ['Supabase publishable key', `sb_publishable_${noise(32)}`],
    [
      'AWS SigV4',
      `X-Amz-Credential=AKIDEXAMPLE%2F20261120%2Fus-east-1&X-Amz-Signature=${'0123456789abcdef'.repeat(4)}`,
    ],
    ['Azure SAS', 'sv=2024-11-04&se=2026-11-20T12%3A00Z&sr=b&sig=Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE%3D'],
    ['OAuth code and state', `https://app.example/cb?code=${noise(43)}&state=${noise(32)}`],
    ['host, version, class path', 'www.a.b 1.2.3-beta.4 com.example.ClassName e.exports.default 4a5b6c.chunk.js'],
    ['dotted JSON without alg', `${base64url('{"typ": "TCV2"}')}.${noise(60)}`],
    ['base64 JSON cursor', base64url('{"id":123456,"direction":"next"}')],
    [
      'inline source map',
      `//# sourceMappingURL=data:application/json;charset=utf-8;base64,${base64(JSON.stringify({ version: 3, sourcesContent: [token] }))}`,
    ],
    ['data URL', `url(data:font/woff2;base64,${base64(noise(500))})`],
    ['integrity', `integrity="sha384-${base64(noise(48))}"`],
    ['a refresh flag', '{"refresh_token_enabled":"when-the-user-wants"}'],
  ])('%s is ignored', (_, text, key?: string) => {
    expect(detect(text, { key: key ?? null }).hits).toEqual([]);
  });

  test('development tokens are reported', () => {
    const stream = rawJwt({ alg: 'HS256', typ: 'JWT' }, { user_id: 'ada' }, 'devtoken');
    expect(detect(`"${stream}"`).hits).toMatchObject([{ token: stream, note: null }]);
  });
});

describe('exactness', () => {
  test('a signature that ends in "-" or "_" is whole', () => {
    for (const last of ['-', '_', '--', '__', '-_']) {
      const odd = `${header}.${payload}.${'a'.repeat(64 - last.length)}${last}`;
      for (const text of [`"${odd}"`, `${odd} `, odd, `${odd},`]) expect(tokensIn(text)).toEqual([odd]);
    }
  });

  test('every occurrence is listed with its offset', () => {
    const text = `a ${token} b ${token} c`;
    expect(detect(text).hits.map(({ offset }) => offset)).toEqual([2, 2 + token.length + 3]);
  });

  test('offsets inside JSON are those of the token where nothing was escaped', () => {
    const text = JSON.stringify({ a: [1, 'two', { token }] });
    expect(detect(text).hits).toMatchObject([{ offset: text.indexOf(token), path: '$.a[2].token' }]);
  });

  test('a signature ends where a path goes on, unless the algorithm says otherwise', () => {
    expect(tokensIn(`/${token}/join`)).toEqual([token]);
    const plain = `${header}.${payload}.${'ab+/'.repeat(11).slice(0, 43)}`;
    expect(tokensIn(`"${plain}"`)).toEqual([plain]);
  });
});

describe('long texts', () => {
  const code = 'const answer = values.map((value) => value + 1);\n';

  test.each([1000, 100_000, 1_000_000])('a tiny token is found in %d characters', (size) => {
    const tiny = unsecuredJwt({});
    expect(tiny.length).toBeLessThan(64);
    const text = `${code.repeat(size / 2 / code.length)}x = "${tiny}";\n${code.repeat(size / 2 / code.length)}`;
    expect(detect(text).hits).toMatchObject([{ token: tiny, offset: text.indexOf(tiny) }]);
  });

  test.each([1000, 100_000, 3_000_000])('an ordinary token is found anywhere in %d characters', (size) => {
    const short = rawJwt({ alg: 'HS256' }, {}, 'a'.repeat(43));
    for (let shift = 0; shift < 64; shift += 7) {
      const before = code.repeat(size / 2 / code.length) + ' '.repeat(shift);
      expect(detect(`${before}"${short}"${before}`).hits).toMatchObject([{ token: short, offset: before.length + 1 }]);
    }
  });

  test('tokens next to long noise are found', () => {
    const noisy = 'Qx7/'.repeat(50_000);
    for (const by of ['"', ',', '&', '\n', '.', '%22'])
      expect(tokensIn(`"${noisy}${by}${token}${by}${noisy}"`)).toEqual([token]);
  });
});

describe('headers without an algorithm', () => {
  const without = rawJwt({ typ: 'JWT' }, { sub: 'ada' }, 'a'.repeat(43));
  const vivox = rawJwt({}, { vxa: 'join', f: 'sip:.ada.@mt1s.vivox.com' }, 'a'.repeat(43));

  test('are tokens under a name that speaks of tokens, and after Bearer', () => {
    expect(detect(without, { key: 'access_token' }).hits).toMatchObject([
      { token: without, form: 'jws', confidence: 'likely' },
    ]);
    for (const text of [`{"token":"${without}"}`, `?jwt=${without}&a=1`, `Authorization: Bearer ${without}`])
      expect(tokensIn(text)).toEqual([without]);
    const numeric = rawJwt({ alg: 7 }, { sub: 'ada' }, 'a'.repeat(43));
    expect(tokensIn(numeric, { key: 'token' })).toEqual([numeric]);
  });

  test('are nothing elsewhere', () => {
    expect(tokensIn(without)).toEqual([]);
    expect(tokensIn(`{"theme":"${without}"}`, { key: 'settings' })).toEqual([]);
    expect(tokensIn(rawJwt({ typ: 'JWT' }, 'no claims', 'a'.repeat(43)), { key: 'token' })).toEqual([]);
    expect(tokensIn(rawJwt({ typ: 'JWT' }, { sub: 'ada' }, 'short'), { key: 'token' })).toEqual([]);
  });

  test('mark Vivox tokens anywhere', () => {
    expect(tokensIn(`join("${vivox}")`)).toEqual([vivox]);
    expect(tokensIn(`join("x${vivox}")`)).toEqual([]);
    expect(tokensIn(`"${rawJwt({}, { sub: 'ada' }, 'a'.repeat(43))}"`)).toEqual([]);
  });
});

describe('budgets', () => {
  test('encodings below the deepest layer are told, not searched', () => {
    let text = token;
    for (let layer = 0; layer < 6; layer += 1) text = base64(text);
    const { hits, problems } = detect(text);
    expect(hits).toEqual([]);
    expect(problems.map(({ code }) => code)).toContain('limit-layers');
  });

  test('four layers are searched', () => {
    let text = token;
    for (let layer = 0; layer < 4; layer += 1) text = base64(text);
    expect(tokensIn(text)).toEqual([token]);
  });

  test('too many encoded texts are told', () => {
    const text = Array.from({ length: 300 }, (_, index) => base64(`nothing to see here, number ${index}`)).join(' ');
    expect(detect(text).problems.map(({ code }) => code)).toEqual(['limit-candidates']);
  });

  test('a bomb is stopped', () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000, 0x61)).toString('base64');
    expect(detect(bomb).hits).toEqual([]);
  });

  test('more tokens than the limit are told', () => {
    const { hits, problems } = detect(`${token} `.repeat(30), { limits: { hits: 10 } });
    expect(hits).toHaveLength(10);
    expect(problems.map(({ code }) => code)).toEqual(['limit-hits']);
  });
});

test('a token that is the name of a member of JSON is found where the member stands', () => {
  const token = daily.host();
  const { hits } = detect(JSON.stringify({ a: { [token]: { b: 1 } }, c: 2 }));
  expect(hits).toMatchObject([{ token, path: '$.a' }]);
});

test.each([
  ['percent-encoding', (text: string) => encodeURIComponent(text).replaceAll('.', '%2E')],
  ['percent-encoding that leaves dots as they are', encodeURIComponent],
  [
    'escapes of scripts',
    (text: string) => text.replace(/[^\w-]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`),
  ],
  ['character references', (text: string) => text.replace(/[^\w-]/g, (char) => `&#${char.charCodeAt(0)};`)],
] as const)('each of many tokens is listed once from a long text without an end: %s', (name, encode) => {
  const tokens = Array.from({ length: 900 }, (_, index) => jwt({ sub: `user-${index}`, exp: now + 60 }));
  const text = encode(tokens.map((token, index) => `"member ${index}": "${token}"`).join());
  expect(text.length, name).toBeGreaterThan(140_000);
  const { hits, problems } = detect(text);
  expect(problems).toEqual([]);
  // The first may be listed as it stands, too, before its neighbours show how it is encoded.
  expect([...new Set(hits.map((hit) => hit.token))]).toEqual(tokens);
  expect(hits.length).toBeLessThan(tokens.length + 2);
});

test('lines of a whole message in base64 are decoded together', () => {
  const tokens = Array.from({ length: 9000 }, (_, index) => jwt({ sub: `user-${index}`, exp: now + 60 }));
  const message = wrap(base64(tokens.map((one, index) => `"member ${index}": "${one}"`).join()), 76);
  expect(message.length).toBeGreaterThan(1 << 20);
  const { hits, problems } = detect(message);
  expect(problems).toEqual([]);
  expect(hits.map((hit) => hit.token)).toEqual(tokens);
});

test.each([
  ['base64', (text: string) => base64(text)],
  ['hexadecimal digits', (text: string) => Buffer.from(text).toString('hex')],
  ['gzip', (text: string) => gzipSync(text).toString('base64')],
  ['zlib', (text: string) => deflateSync(text).toString('base64')],
  ['lz-string', (text: string) => LZString.compressToBase64(text)],
] as const)('what is not decoded to its end is told of: %s', (_, encode) => {
  const text = JSON.stringify({ filling: 'lorem ipsum dolor '.repeat(300_000), token });
  expect(text.length).toBeGreaterThan(5 << 20);
  const { hits, problems } = detect(encode(text).slice(0, 7 << 20), { limits: { decodedCharacters: 100_000 } });
  expect(hits).toEqual([]);
  expect(problems.map(({ code }) => code)).toContain('limit-decoded-characters');
});
