/** Thirty forms in which tokens occur, and thirteen texts that only look like one. */
import { createHmac } from 'node:crypto';
import { base64url } from '../builders/tokens.ts';

const key = 'your-256-bit-secret';
export const header = { alg: 'HS256', typ: 'JWT' };
export const payload = { sub: '1234567890', name: 'John Doe', iat: 1516239022 };

export function sign(head: string, body: string, algorithm = 'sha256'): string {
  const input = `${base64url(head)}.${base64url(body)}`;
  return `${input}.${createHmac(algorithm, key).update(input).digest('base64url')}`;
}

const H = JSON.stringify(header);
const P = JSON.stringify(payload);
export const plain = sign(H, P);
const [h, p, s] = plain.split('.') as [string, string, string];
const padded = [h, p, s].map((part) => part + '='.repeat((4 - (part.length % 4)) % 4)).join('.');
const noise = (bytes: number, seed = 7) => {
  const data = Buffer.alloc(bytes);
  for (let at = 0, value = seed; at < bytes; at += 1) {
    value = (Math.imul(value, 1103515245) + 12345) & 0x7fffffff;
    data[at] = value >> 16;
  }
  return data.toString('base64url');
};

const unsecured = `${base64url('{"alg":"none"}')}.${p}.`;
const dir = `${base64url('{"alg":"dir","enc":"A128GCM"}')}..${noise(12)}.${noise(60)}.${noise(16)}`;
const rsa = `${base64url('{"alg":"RSA-OAEP","enc":"A256GCM"}')}.${noise(256)}.${noise(12)}.${noise(60)}.${noise(16)}`;
const disclosures = ['["salt-one","given_name","John"]', '["salt-two","family_name","Doe"]'].map(base64url);
const sd = `${plain}~${disclosures.join('~')}~`;
const urlHeader = sign('{"alg":"HS256","kid":"?>~?>~ÿÿ"}', P);
const urlPayload = sign(H, '{"sub":"?>~?>~ÿÿ?>"}');
const nested = sign('{"alg":"HS256","cty":"JWT"}', plain);

export interface TokenForm {
  id: string;
  name: string;
  /** What a page holds. */
  text: string;
  /** The bare value, for tools that test one whole value. */
  value: string;
  /** The exact token, any one of these. */
  tokens: string[];
}

const form = (id: string, name: string, text: string, token: string, value = token): TokenForm => ({
  id,
  name,
  text,
  value,
  tokens: [token],
});
const flattened = JSON.stringify({ payload: p, protected: h, signature: s });

export const tokenForms: TokenForm[] = [
  form('F01', 'plain, inside JSON quotes', `{"token":"${plain}"}`, plain),
  form('F02', 'header containing - or _', `"${urlHeader}"`, urlHeader),
  form('F03', 'payload containing - or _', `"${urlPayload}"`, urlPayload),
  form('F04', 'pretty-printed header', ...twice(sign('{\n  "alg": "HS256",\n  "typ": "JWT"\n}', P))),
  form('F05', 'header with a space after the brace', ...twice(sign('{ "alg":"HS256","typ":"JWT" }', P))),
  form('F06', 'space before the header', ...twice(sign(` ${H}`, P))),
  form('F07', 'newline before the header', ...twice(sign(`\n${H}`, P))),
  form(
    'F08',
    'RFC 7515 A.1, CRLF after a comma',
    ...twice(
      sign(
        '{"typ":"JWT",\r\n "alg":"HS256"}',
        '{"iss":"joe",\r\n "exp":1300819380,\r\n "http://example.com/is_root":true}',
      ),
    ),
  ),
  form('F09', 'first claim numeric', ...twice(sign(H, '{"1":2}'))),
  form('F10', 'empty payload object', ...twice(sign(H, '{}'))),
  form('F11', 'alg none, trailing dot', ...twice(unsecured)),
  form('F12', 'alg none, two parts', ...twice(unsecured.slice(0, -1))),
  form('F13', 'JWE dir, empty second part', ...twice(dir)),
  form('F14', 'JWE RSA-OAEP', ...twice(rsa)),
  form('F15', 'SD-JWT, two disclosures', ...twice(sd)),
  form('F16', 'detached payload', ...twice(`${h}..${s}`)),
  form('F17', 'query parameter', `https://app.example/?token=${plain}&room=a`, plain),
  form('F18', 'cookie with a percent-encoded scheme', `auth=Bearer%20${plain}`, plain, `Bearer%20${plain}`),
  form(
    'F19',
    'percent-encoded JSON cookie',
    `session=%7B%22token%22%3A%22${plain}%22%7D`,
    plain,
    `%7B%22token%22%3A%22${plain}%22%7D`,
  ),
  form('F20', 'dots written %2E', `t=${plain.replaceAll('.', '%2E')}`, plain, plain.replaceAll('.', '%2E')),
  form('F21', 'JSON inside JSON', JSON.stringify({ state: JSON.stringify({ token: plain }) }), plain),
  form(
    'F22',
    'token base64-encoded again',
    `"${Buffer.from(plain).toString('base64')}"`,
    plain,
    Buffer.from(plain).toString('base64'),
  ),
  form(
    'F23',
    'base64- cookie with JSON',
    `base64-${base64url(JSON.stringify({ access_token: plain }))}`,
    plain,
    `base64-${base64url(JSON.stringify({ access_token: plain }))}`,
  ),
  form('F24', 'padding kept', ...twice(padded)),
  form('F25', 'flattened JWS JSON', flattened, flattened),
  form('F26', 'payload is itself a token', ...twice(nested)),
  form('F27', 'signature of five characters', ...twice(`${h}.${p}.abcde`)),
  form('F28', 'payload foo', ...twice(sign('{"alg":"HS256"}', 'foo'))),
  form('F29', 'name glued to the token', `jwt_${plain}`, plain, `jwt_${plain}`),
  form('F30', 'WebSocket sub-protocol', `access_token, ${plain}`, plain, `access_token, ${plain}`),
];

function twice(token: string): [string, string, string] {
  return [`"${token}"`, token, token];
}

export const decoys: { id: string; name: string; text: string }[] = [
  { id: 'N01', name: 'host name', text: 'www.example.com' },
  { id: 'N02', name: 'version', text: '1.2.3' },
  { id: 'N03', name: 'property path', text: 'e.exports.default' },
  { id: 'N04', name: 'method call', text: 'foreignKeyJsonObject.get(' },
  { id: 'N05', name: 'option name', text: 'options.exclude_editable' },
  { id: 'N06', name: 'letters after eyJ', text: 'eyJAAAA.eyJBBB eyJBB.eyJCC.eyJDDDD' },
  { id: 'N07', name: 'header and an ellipsis', text: `${h}...` },
  {
    id: 'N08',
    name: 'base64 JSON cursor',
    text: base64url('{"id":12345,"direction":"next","createdAt":"2026-11-20"}'),
  },
  { id: 'N09', name: '.NET view state, no alg', text: `${base64url('{"typ": "TCV2"}')}.${noise(40)}` },
  { id: 'N10', name: 'Fernet', text: `gAAAAAB${noise(90)}` },
  { id: 'N11', name: 'PASETO v4.public', text: `v4.public.${base64url(`${P}`)}${noise(64)}` },
  { id: 'N12', name: 'Django signed cookie', text: `${base64url('{"user":1}')}:1tHb2Q:${noise(32)}` },
  { id: 'N13', name: 'Flask session', text: `${base64url('{"user_id":1,"fresh":true}')}.Zz8bCQ.${noise(20)}` },
  { id: 'N14', name: 'Mapbox key', text: `pk.${base64url('{"u":"ada","a":"ck1abc"}')}.${noise(22)}` },
  {
    id: 'N15',
    name: 'Sentry token',
    text: `sntrys_${base64url('{"iat":1700000000.1,"url":"https://sentry.io"}')}_${noise(43)}`,
  },
  {
    id: 'N16',
    name: 'webpack chunk',
    text: '(self.webpackChunk=self.webpackChunk||[]).push([[7],{1234:(e,t,n)=>{n.d(t,{Z:()=>r})}}]);e.b.c',
  },
  { id: 'N17', name: 'integrity hash', text: `sha512-${noise(86)}==` },
  { id: 'N18', name: 'class path', text: 'org.springframework.security.oauth2.jwt.JwtDecoder' },
  {
    id: 'N19',
    name: 'source map',
    text: `//# sourceMappingURL=data:application/json;base64,${base64url('{"version":3,"mappings":"AAAA"}')}`,
  },
  { id: 'N20', name: 'font in a data URL', text: `url(data:font/woff2;base64,d09GMgABAAAAA${noise(200)})` },
  { id: 'N21', name: 'joined words', text: '"eyJ" + "not.a.token" + ".at.all"' },
  { id: 'N22', name: 'hash in hex', text: `token=${'deadbeef'.repeat(8)}` },
];
