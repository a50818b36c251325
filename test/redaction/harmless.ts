import { createHash } from 'node:crypto';
import { recording } from './cells.ts';

const hash = (text: string, algorithm = 'sha256', encoding: 'hex' | 'base64' | 'base64url' = 'hex') =>
  createHash(algorithm).update(text).digest(encoding);

/** A UUID that is the same in every run. */
const uuid = (seed: string) => hash(seed, 'md5').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** Headers that no credential is in. */
const headers: [string, string][] = [
  ['Accept', 'application/json, text/plain, */*'],
  ['Accept-Encoding', 'gzip, deflate, br, zstd'],
  ['Accept-Language', 'de-DE,de;q=0.9,en;q=0.8'],
  [
    'User-Agent',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
  ],
  ['Content-Type', 'multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW'],
  ['Content-Length', '18422'],
  ['Date', 'Thu, 26 Nov 2026 12:00:00 GMT'],
  ['Last-Modified', 'Wed, 25 Nov 2026 08:30:00 GMT'],
  ['ETag', `W/"${hash('etag').slice(0, 32)}"`],
  ['If-None-Match', `"${hash('etag', 'sha1')}"`],
  ['X-Request-Id', uuid('request')],
  ['X-Correlation-ID', hash('correlation', 'md5')],
  ['traceparent', `00-${hash('trace', 'md5')}-${hash('span').slice(0, 16)}-01`],
  ['CF-RAY', `${hash('ray').slice(0, 16)}-FRA`],
  ['X-Amz-Cf-Id', `${hash('cf', 'sha256', 'base64url')}==`],
  ['X-Amzn-Trace-Id', `Root=1-${hash('a').slice(0, 8)}-${hash('b').slice(0, 24)}`],
  ['X-Cache-Key', 'standup/v2/de'],
  ['Cache-Control', 'public, max-age=31536000, immutable'],
  ['Strict-Transport-Security', 'max-age=63072000; includeSubDomains; preload'],
  [
    'Content-Security-Policy',
    `default-src 'self'; script-src 'self' 'sha256-${hash('script', 'sha256', 'base64')}'; connect-src wss://call.example`,
  ],
  ['Sec-WebSocket-Key', hash('socket', 'md5', 'base64')],
  ['Sec-WebSocket-Accept', hash('socket', 'sha1', 'base64')],
  ['Sec-WebSocket-Protocol', 'graphql-transport-ws'],
  ['Sec-WebSocket-Extensions', 'permessage-deflate; client_max_window_bits'],
  ['Sec-CH-UA', '"Chromium";v="156", "Not(A:Brand";v="24"'],
  ['Sec-Fetch-Mode', 'cors'],
  ['Origin', 'https://call.example'],
  ['Referer', 'https://call.example/standup?lang=de'],
  ['Server-Timing', 'cdn-cache; desc=HIT, edge; dur=1'],
  ['Vary', 'Accept-Encoding, Origin'],
  ['Via', '1.1 0123456789abcdef0123456789abcdef.cloudfront.net (CloudFront)'],
  ['WWW-Authenticate', 'Bearer realm="call", error="invalid_token", error_description="The token expired"'],
  ['X-RateLimit-Remaining', '4999'],
  ['X-RateLimit-Reset', '1795176060'],
  ['X-Build', 'v2.14.3-rc.1+20261126.3f9c2a1'],
  ['X-Runtime', '0.012345'],
  ['Alt-Svc', 'h3=":443"; ma=86400'],
  ['Report-To', '{"group":"default","max_age":604800,"endpoints":[{"url":"https://reports.example/r"}]}'],
  ['Idempotency-Key', 'join-standup-2026-11-26'],
  ['Surrogate-Key', 'room-standup calls'],
  ['X-Api-Version', '2026-11-01'],
  ['Content-Disposition', 'attachment; filename="recording-2026-11-26.webm"'],
  ['Digest', `SHA-256=${hash('body', 'sha256', 'base64')}`],
  ['Location', `https://call.example/rooms/${uuid('room')}?tab=people`],
  ['Link', '</assets/app.3f9c2a1b.js>; rel=preload; as=script'],
];

/** Cookies of settings and consent. */
const cookies: [string, string][] = [
  ['theme', 'dark'],
  ['theme-mode', 'high-contrast'],
  ['lang', 'de'],
  ['locale', 'en-GB'],
  ['tz', 'Europe%2FBerlin'],
  ['consent', 'true'],
  ['cookie_consent', 'accepted'],
  ['sidebar', 'collapsed'],
  ['volume', '0.75'],
  ['lastVisit', '1795176000'],
  ['lastVisitMs', '1795176000123'],
  ['seen_tour', '2026-11-26'],
  ['device', 'desktop'],
  ['ab', 'variant-b'],
  ['layout', 'grid'],
];

/** Members of bodies: ids, hashes, names, times, sizes, switches, and names that speak about credentials. */
const members: Record<string, unknown> = {
  id: uuid('id'),
  userId: 'f81d4fae',
  roomId: uuid('room'),
  room: 'standup',
  roomName: 'Daily stand-up, Berlin',
  meetingId: '2026-11-26-standup-04',
  displayName: 'Grace Hopper',
  email: 'grace@call.example',
  sha: hash('commit', 'sha1'),
  sha256: hash('file'),
  md5: hash('file', 'md5'),
  integrity: `sha384-${hash('lib', 'sha384', 'base64')}`,
  etag: hash('body', 'md5'),
  checksum: hash('data', 'sha1'),
  commit: hash('x', 'sha1').slice(0, 7),
  createdAt: '2026-11-26T12:00:00.123Z',
  updatedAt: 1795176000.25,
  expiresIn: 3600,
  ttl: 86_400,
  size: 18_422_113,
  bitrate: 2_500_000,
  width: 1280,
  status: 'active',
  code: 'ROOM_NOT_FOUND',
  errorCode: 'ERR_CONNECTION_REFUSED',
  statusCode: 401,
  countryCode: 'DE',
  message: 'The token has expired; ask for another.',
  error: 'invalid_token',
  token_type: 'Bearer',
  tokenType: 'participant',
  token_endpoint: 'https://id.example/oauth/token',
  authorization_endpoint: 'https://id.example/oauth/authorize',
  jwks_uri: 'https://id.example/.well-known/jwks.json',
  grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'private_key_jwt'],
  passwordPolicy: 'strong',
  passwordRequired: true,
  hasToken: false,
  max_tokens: 4096,
  usage: { prompt_tokens: 812, completion_tokens: 24 },
  tokenizer: 'cl100k_base',
  secretName: 'calls-production',
  keyCode: 13,
  key: 'Enter',
  primaryKey: 'room_id',
  sortKey: 'createdAt',
  publicKey: 'MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=',
  keywords: ['call', 'video', 'meeting'],
  session: 'weekly',
  author: 'Ada Lovelace',
  authority: 'call.example',
  authenticated: true,
  authMethod: 'password',
  signatureAlgorithm: 'ECDSA-P256',
  pinned: true,
  pinColor: 'teal',
  assignee: 'sig-video',
  design: 'compact',
  url: `https://files.example/${hash('path', 'sha1')}/photo.jpg?w=640&h=480&v=${hash('v').slice(0, 20)}`,
  href: '/rooms/standup?lang=de#people',
  ua: 'Chrome/156.0.0.0',
  ip: '192.0.2.17',
  mac: '00:1a:2b:3c:4d:5e',
  candidate: 'candidate:842163049 1 udp 1677729535 192.0.2.17 46154 typ srflx raddr 0.0.0.0 rport 0 generation 0',
  fingerprint: `sha-256 ${hash('cert')
    .toUpperCase()
    .replace(/(..)(?=.)/g, '$1:')}`,
  codec: 'video/VP9;profile-id=0',
  thumbnail: `data:image/png;base64,${Buffer.from(Array.from({ length: 90 }, (_, at) => (at * 73 + 11) % 256)).toString('base64')}`,
  version: '2.14.3',
  build: '20261126.4',
  locale: 'de_DE',
  timezone: 'Europe/Berlin',
  tags: ['alpha', 'beta', uuid('tag'), hash('tag', 'md5')],
  cursor: 'page:2',
  color: '#1f6feb',
  phone: '+49 30 123456',
  iban: 'DE02120300000000202051',
  isbn: '978-3-16-148410-0',
  trackId: `{${uuid('track')}}`,
  streamId: hash('stream', 'sha256', 'base64url').slice(0, 36),
  html: '<p class="note">Ask <b>Ada</b> for the password.</p>',
  markdown: '# Sign in\n\nEnter your password, then press *Join*.',
  sql: 'select id, name from rooms where password is null',
  empty: '',
  nothing: null,
};

/** Texts of other kinds that speak of credentials and hold none. */
export const harmlessTexts: Record<string, string> = {
  'generic types':
    'export function sign(): Promise<SignInToken>;\nconst all: Array<SessionToken> = [];\nlet one: Map<string, AuthToken>;\n',
  'types of members':
    'export interface Login {\n    sessionId: string;\n    /**\n     * The API secret\n     */\n    api_key: string;\n    token: TokenResponse;\n}\n',
  'types without much around': 'session_id: string;\napiKey?: string;\npassword: string,\n',
  comparisons: "if (typeof tokenOrOptions === 'object' && token == null && session !== 'closed-by-peer') return;\n",
  ternaries:
    "const method = isProved ? 'attest_jwt_client_auth_dpop' : 'attest_jwt_client_auth';\nexport const a = () => {};\nfunction b() { return 1; }\n",
  'switches of fetch':
    "fetch('/api/rooms', { credentials: 'include' });\nfetch('/api/rooms', { credentials: 'same-origin' });\n",
  constants:
    'export const REFRESH_TOKEN = "refresh_token";\nexport const CODE_VERIFIER = "code_verifier";\nexport const ACQUIRE_TOKEN_START = "msal:acquireTokenStart";\nexport class PasswordRequiredResult {}\n',
  references:
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of a shell
    'API_TOKEN=${API_TOKEN}\npassword: {{ vault_password }}\nexport SECRET=$MY_SECRET\nsecret = "%s"\ntoken: <your token>\nkey = process.env.API_KEY\n',
  'a manifest of packages':
    '{"dependencies":{"jwt-decode":"^4.0.0","jsonwebtoken":"~9.0.2","csrf-token":">=1.2.0 <2.0.0","opentok-token":"1.x"}}',
  sentences:
    'The token expired. True if cookie is http-only. Your password is required. The session was closed by the server.\n',
  'messages of a form':
    '{"password":"Enter your password.","passwordHint":"At least 12 characters","forgot_password":"Forgot password?","pass":"tudo está em ordem aqui"}',
  'answers of a server': 'HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Bearer\r\n\r\nUnauthorized: 401\n',
  'an alphabet': "const code = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';\n",
  'a list of header names':
    "const unique = ['age', 'authorization', 'content-length', 'cookie', 'cookie2', 'date', 'set-cookie', 'user-agent'];\n",
  'calls by name':
    'const secret = getSecret(name);\nconst token = await client.createToken({ room });\nthis.session = new Session(options.session);\nexport default token;\n',
  'a schema':
    'components:\n  schemas:\n    Login:\n      properties:\n        password:\n          type: string\n        room:\n          type: string\n',
  'a list of names': '["id","token","createdAt","password","updatedAt"]',
  'a table of names': '| claim | meaning |\n| --- | --- |\n| exp | when it expires |\n| room | the room |\n',
  'a table of rooms': 'id,room,size\n1,standup,12\n2,planning,8\n',
  'a stylesheet': '.password-field{color:#1f6feb;width:100%}.token::after{content:"token"}\n',
  'namespaces of SAML': '<saml:Assertion ID="_a"><saml:Issuer>x</saml:Issuer></saml:Assertion>\n',
  'lines with commas': 'connected, fetching token\nconnected, publishing tracks\n',
  'a lock file': `{"node_modules/js-tokens":{"version":"4.0.0","integrity":"sha512-${hash('js-tokens', 'sha512', 'base64')}"},"agora-token":"2.0.4"}`,
  'ids of LiveKit, Twilio and AWS': `{"sid":"PA_abcDEF123456","room_sid":"RM_q7Rk2vX9mB4n","Sid":"AllowRead","callSid":"CA${hash('call', 'md5')}"}`,
  'flags of programs':
    'git push -u origin main\nrsync -a src/ host:/dst\nsudo -u postgres psql\ndocker ps -a --format json\ndate -u +%s\n',
  headings: 'Basic Information\nBasic TypeScript setup\n',
  'codes of errors': 'code=1006 reason=abnormal1x\nexit code 137: OOMKilled\nError code: 0x80070005\n',
  'its own summary': 'roomkey: nothing to remove\n',
  'a colour under a telling name': ':root{--primary-token: #1f6feb;}',
  'a table that explains': '| Token | Meaning |\n| --- | --- |\n| identifier | a name |\n',
  'a media type':
    'Content-Type: multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW\r\nCache-Control: public; max-age=31536000; foo=bar\r\n',
};

/** A recording without a secret, and every value in it that must stay. */
export function harmlessRecording(): { text: string; values: string[] } {
  const text = JSON.stringify(
    recording({
      url: `https://call.example/rooms/${uuid('room')}?lang=de&v=${hash('v').slice(0, 16)}&page=2&utm_source=mail`,
      requestHeaders: [
        ...headers.map(([name, value]) => ({ name, value })),
        { name: 'Cookie', value: cookies.map((pair) => pair.join('=')).join('; ') },
      ],
      responseHeaders: [
        { name: 'Set-Cookie', value: 'theme=dark; Expires=Fri, 26 Nov 2027 12:00:00 GMT; Path=/; SameSite=Lax' },
      ],
      requestCookies: cookies.map(([name, value]) => ({
        name,
        value,
        path: '/',
        domain: 'call.example',
        httpOnly: false,
        secure: true,
      })),
      queryString: [
        { name: 'lang', value: 'de' },
        { name: 'page', value: '2' },
      ],
      postData: { mimeType: 'application/json', text: JSON.stringify(members, null, 2) },
      content: { mimeType: 'application/json', text: JSON.stringify([members]) },
      messages: [
        { type: 'send', time: 1795176001.5, opcode: 1, data: '42["room",{"id":"standup","seq":12}]' },
        {
          type: 'receive',
          time: 1795176001.75,
          opcode: 2,
          data: Buffer.from([0, 1, 2, 250, 251, 10, 4, 116, 101, 115, 116]).toString('base64'),
        },
      ],
    }),
    null,
    2,
  );
  const values = [
    ...headers.map(([, value]) => value),
    ...cookies.map((pair) => pair.join('=')),
    ...Object.values(members).flatMap((value) => (typeof value === 'string' && value !== '' ? [value] : [])),
  ];
  return { text, values };
}
