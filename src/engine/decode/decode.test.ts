import { describe, expect, test } from 'vitest';
import { base64url, daily, jwt, rawJwt } from '../../../test/builders/tokens.ts';
import { detect } from '../find/detect.ts';
import type { Json } from '../text/json.ts';
import { decode } from './decode.ts';

/** A published sample of a Jitsi tutorial, whose typesetting swallowed characters in three places. */
const typeset = [
  'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9',
  'eyJjb250ZXh0Ijp7InVzZXIiOnsiYXZhdGFyIjoiaHR0cHM6Ly9lbi5ncmF2YXRhci5jb20vdXNlcmltYWdlLzMzE5MDY1LzA0MGEzOGVjMzI2YzZlZTJjY2JiOTFkMGM5ZWY3NjRkLnBuZz9zaXplPTQwMCIsIm5hbWUiOiJJYW0gTW9kZXJhdG9yIiwiZW1haWwiOiIifX0sIm1vZGVyYXRviI6dHJ1ZSwiYXVkIjoiaml0c2kCJpc3MiOiJtZWV0cml4X2FwcCIsInN1YiI6ImRldm1lZXQyLm1lZXRyaXguaW8iLCJyb29tIjoiKiIsImV4cCI6MTY0MzQ5ODgxNX0',
  'vnaAKUGk-6lBj7N8at4fPcN0NozLi4f4zpX_n9DA_bE',
].join('.');

describe('damaged tokens', () => {
  test('a sample that lost characters is found, read as far as possible and explained', () => {
    const text = `<p>For example <code>${typeset}</code></p>`;
    const { hits } = detect(text);
    expect(hits).toMatchObject([{ token: typeset, form: 'damaged', note: null, offset: text.indexOf('eyJ') }]);
    const token = decode(typeset, 'damaged');
    expect(token).toMatchObject({
      form: 'damaged',
      header: { alg: 'HS256', typ: 'JWT' },
      claims: { iss: 'meetrix_app', sub: 'devmeet2.meetrix.io', room: '*', exp: 1643498815 },
      problem: { code: 'characters-missing', offset: 122 },
    });
    expect(token.problem?.message).toBe(
      '2 characters seem to be missing near character 122, 1 character seems to be missing near character 254, ' +
        '2 characters seem to be missing near character 279. They were probably lost when the token was copied or typeset.',
    );
    expect(decode(typeset, 'jws')).toEqual(token);
  });

  const token = daily.host();
  const [header, payload, signature] = token.split('.') as [string, string, string];

  test.each<[what: string, header: string, says: string]>([
    ['empty', base64url('{"alg":"","typ":"JWT"}'), 'names no algorithm'],
    ['blank', base64url('{"alg":" \\t","typ":"JWT"}'), 'names no algorithm'],
    ['in UTF-16', Buffer.from('{"alg":"HS256"}', 'utf16le').toString('base64url'), 'is UTF-16'],
    [
      'in UTF-16, high bytes first',
      Buffer.from('{"alg":"HS256"}', 'utf16le').swap16().toString('base64url'),
      'is UTF-16',
    ],
  ])('a header that no reader takes is damaged, and what there is is read: %s', (_, none, says) => {
    const text = `${none}.${payload}.${signature}`;
    const [hit] = detect(text).hits;
    const read = decode(text, hit?.form ?? 'jws');
    expect(read).toMatchObject({ form: 'damaged', problem: { code: 'header-invalid', offset: 0 } });
    expect(read.problem?.message).toContain(says);
    expect([read.header?.alg, read.claims]).toEqual([expect.any(String), decode(token, 'jws').claims]);
  });

  test.each([1, 2, 3])('%d lost characters are located', (count) => {
    const at = header.length + 1 + 60;
    const { problem, claims } = decode(token.slice(0, at) + token.slice(at + count), 'jws');
    expect(problem).toMatchObject({ code: 'characters-missing' });
    expect(problem?.message).toContain(`${count} character`);
    expect(Math.abs((problem?.offset ?? 0) - at)).toBeLessThanOrEqual(4);
    expect(claims).toMatchObject({ o: true, exp: expect.any(Number) });
  });

  test('a payload that was cut off keeps what came before', () => {
    const { problem, claims } = decode(`${header}.${payload.slice(0, 40)}`, 'damaged');
    expect(problem).toMatchObject({ code: 'cut-short', offset: header.length + 1 + 40 });
    expect(claims).toMatchObject({ r: 'standup' });
  });

  test('a stray character is named', () => {
    const { problem, claims } = decode(`${header}.${payload.slice(0, 8)}\n${payload.slice(8)}.${signature}`, 'jws');
    expect(problem).toMatchObject({ code: 'stray-character', offset: header.length + 9 });
    expect(problem?.message).toContain('U+000A');
    expect(claims).toMatchObject({ r: 'standup', o: true });
  });

  test('a header alone says what is missing', () => {
    expect(decode(header, 'damaged')).toMatchObject({
      header: { alg: 'HS256' },
      claims: null,
      problem: { code: 'parts-missing' },
    });
  });

  test('nothing is made of noise', () => {
    expect(decode('', 'jws')).toMatchObject({ header: null, claims: null });
    expect(decode('\ud800.\udfff.', 'jws').header).toBeNull();
  });
});

describe('irregularities', () => {
  const codes = (text: string) => decode(text, 'jws').irregularities.map(({ code, subject }) => [code, subject]);

  test('duplicate members are told by path, at any depth; the last one is read', () => {
    const token = rawJwt('{"alg":"HS256","alg":"none"}', '{"exp":1,"a":{"b":[{"exp":1,"exp":2}]},"exp":3}');
    expect(codes(token)).toEqual([
      ['duplicate-member', 'header.alg'],
      ['duplicate-member', 'claims.a.b.0.exp'],
      ['duplicate-member', 'claims.exp'],
    ]);
    expect(decode(token, 'jws').claims).toMatchObject({ exp: 3 });
  });

  test('the same name in sibling objects or spelled inside a string is no duplicate', () => {
    expect(
      codes(rawJwt('{"alg":"HS256"}', '{"a":{"x":1},"b":{"x":1},"c":[{"x":1},{"x":1}],"d":"{\\"x\\":1,\\"x\\":2}"}')),
    ).toEqual([]);
  });

  test('an escaped name is the same name', () => {
    expect(codes(rawJwt('{"alg":"HS256"}', '{"exp":1,"\\u0065xp":2}'))).toEqual([['duplicate-member', 'claims.exp']]);
  });

  test('numbers that JavaScript cannot hold', () => {
    expect(
      codes(rawJwt('{"alg":"HS256"}', '{"id":12345678901234567890,"iat":1712345678.123,"x":{"y":-9007199254740993}}')),
    ).toEqual([
      ['number-precision', 'claims.id'],
      ['number-precision', 'claims.x.y'],
    ]);
  });

  test('invalid UTF-8 and set trailing bits', () => {
    const latin = Buffer.from('{"name":"Ren\xe9"}', 'latin1').toString('base64url');
    expect(codes(`${base64url('{"alg":"HS256"}')}.${latin}.c2ln`)).toEqual([['invalid-utf8', 'claims']]);
    expect(codes(`${base64url('{"alg":"HS256"}')}.${base64url('{"a":1}').slice(0, -1)}R.c2ln`)).toContainEqual([
      'trailing-bits',
      'claims',
    ]);
  });
});

describe('hostile content', () => {
  test('__proto__ is a claim like any other', () => {
    const { claims } = decode(rawJwt('{"alg":"HS256"}', '{"__proto__":{"o":true},"constructor":1}'), 'jws');
    expect(Object.keys(claims ?? {})).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(claims)).toBe(Object.prototype);
  });

  test('deep nesting and ten megabytes are survived', () => {
    const deep = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect(decode(rawJwt('{"alg":"HS256"}', deep), 'jws').header).toEqual({ alg: 'HS256' });
    const long = decode(rawJwt('{"alg":"HS256"}', JSON.stringify({ a: 'x'.repeat(10_000_000) })), 'jws');
    // A regular expression of all of it may fill the stack of the platform.
    const { a } = long.claims as { a: string };
    expect([a.slice(0, 1), /[^x]/.test(a)]).toEqual(['x', false]);
  });

  test('nesting of tokens ends', () => {
    let token = jwt({ sub: 'innermost' });
    for (let depth = 0; depth < 8; depth += 1) token = rawJwt({ alg: 'HS256', cty: 'JWT' }, token);
    let depth = 0;
    for (let inner = decode(token, 'jws').inner[0]; inner; inner = inner.token.inner[0]) depth += 1;
    expect(depth).toBe(4);
  });
});

describe('names and nesting that are meant to stop a reader', () => {
  const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

  test.each([
    ['claims', rawJwt('{"alg":"HS256"}', `{"a":${deep(100_000)}}`)],
    ['header', rawJwt(`{"alg":"HS256","a":${deep(10_000)}}`, '{}')],
  ] as const)('what is nested too deeply in the %s is left out, and that is said', (part, text) => {
    const token = decode(text, 'jws');
    expect(JSON.stringify(token)).toContain('…(nested deeper)');
    expect(structuredClone(token)).toEqual(token);
    expect(token.irregularities).toMatchObject([{ code: 'read-in-part', subject: part }]);
  });

  test('ordinary nesting is left as it is', () => {
    const claims = { a: JSON.parse(deep(150)) as Json };
    expect(decode(jwt(claims), 'jws')).toMatchObject({ claims, irregularities: [] });
  });

  test('a payload of a million values is not read, and that is no damage', () => {
    const token = decode(rawJwt('{"alg":"HS256"}', `{"a":[${'[],'.repeat(1_000_000)}0]}`), 'jws');
    expect(token).toMatchObject({ header: { alg: 'HS256' }, claims: null, problem: { code: 'too-long' } });
  });

  test('a member named __proto__ is a claim like any other', () => {
    const token = decode(
      rawJwt('{"alg":"HS256","__proto__":{"kid":"x"}}', '{"__proto__":{"exp":1},"constructor":2}'),
      'jws',
    );
    expect(Object.keys(token.claims ?? {})).toEqual(['__proto__', 'constructor']);
    expect(token.claims?.exp).toBeUndefined();
    expect(token.header?.kid).toBeUndefined();
    const opentok = decode(
      `T1==${Buffer.from('partner_id=1&sig=ab:session_id=s&__proto__=x').toString('base64')}`,
      'opentok-t1',
    );
    expect(Object.keys(opentok.claims ?? {})).toContain('__proto__');
  });

  test('of a million disclosures the first thousand are read, and that is said', () => {
    const disclosure = base64url('["salt","name",1]');
    const text = `${daily.guest()}~${`${disclosure}~`.repeat(300_000)}`;
    const { hits } = detect(`x ${text}`);
    expect(hits.map(({ token }) => token === text)).toEqual([true]);
    const token = decode(text, 'sd-jwt');
    expect(token.disclosures).toHaveLength(1000);
    expect(token.irregularities).toMatchObject([{ code: 'read-in-part', subject: 'disclosures' }]);
  });

  test('an algorithm that is no text is no reason to overlook the token', () => {
    for (const alg of ['{"toString":1}', '[]', '7', 'null', '"valueOf"']) {
      const text = rawJwt(`{"alg":${alg},"typ":"JWT"}`, '{"sub":"u1"}', 'c'.repeat(43));
      const { hits, problems } = detect(text, { key: 'token' });
      expect(problems).toEqual([]);
      expect(hits).toMatchObject([{ token: text }]);
    }
  });
});
