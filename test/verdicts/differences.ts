/** Alterations in which a judge says otherwise than the one that its family follows, and why. */
interface Difference {
  judge: string;
  families: readonly string[];
  alterations: readonly string[];
  because: string;
}

const types = ['text', 'an empty text', 'null', 'true', 'false', 'a list', 'an object'];
const issuedAt = types.map((type) => `iat: ${type}`);
const padding = ['padding in the payload', 'padding in the header', 'padding of the signature'];
const critical = [
  'crit that nobody knows',
  'crit that is empty',
  'crit that is a text',
  'crit of a claim',
  'b64 false and critical',
];
const twice = ['a claim twice, the right one last', 'a claim twice, the right one first', 'alg twice'];
const unusedBits = ['unused bits of the payload', 'unused bits of the signature'];
const beyondDates = ['exp in milliseconds', 'exp beyond all numbers'];
const oddHeader = ['typ: a number', 'kid: a number'];

const told: readonly Difference[] = [
  {
    judge: 'jsonwebtoken',
    families: ['livekit', 'general'],
    alterations: issuedAt,
    because: 'it does not look at `iat`, of which RFC 7519 §4.1.6 says that it must be a number',
  },
  {
    judge: 'jsonwebtoken',
    families: ['livekit'],
    alterations: ['exp absent'],
    because: 'it has no way to require an expiry',
  },
  {
    judge: 'jsonwebtoken',
    families: ['livekit', 'general'],
    alterations: [...padding, 'unused bits of the signature', 'a line break at the end'],
    because: 'it takes the letters of base64url only, and compares an HMAC as text',
  },
  {
    judge: 'jsonwebtoken',
    families: ['livekit'],
    alterations: ['the alphabet of plain base64'],
    because: 'it takes the letters of base64url only',
  },
  {
    judge: 'jsonwebtoken',
    families: ['livekit', 'general'],
    alterations: ['a byte order mark'],
    because: 'it hands the mark to `JSON.parse`, which takes none',
  },
  {
    judge: 'jsonwebtoken',
    families: ['livekit', 'general'],
    alterations: ['a text as claims'],
    because: 'it reads the JSON inside of the text',
  },
  {
    judge: 'jsonwebtoken',
    families: ['general'],
    alterations: ['bytes that are no UTF-8'],
    because: 'it replaces such bytes, where RFC 7515 §2 wants UTF-8',
  },
  {
    judge: 'jsonwebtoken',
    families: ['livekit', 'general'],
    alterations: critical,
    because: 'it passes over `crit`, which RFC 7515 §4.1.11 forbids',
  },
  {
    judge: 'jose',
    families: ['livekit'],
    alterations: ['the alphabet of plain base64', 'bytes that are no UTF-8'],
    because: 'livekit-server-sdk brings an earlier `jose`, which read both alphabets and replaced what is no UTF-8',
  },
  {
    judge: 'server',
    families: ['general', 'vonage'],
    alterations: beyondDates,
    because: 'a time beyond the year 9999 was meant in another unit, and would hold for ever',
  },
  {
    judge: 'server',
    families: ['general'],
    alterations: [...padding, 'a byte order mark'],
    because: 'a standard forbids it and other readers refuse it',
  },
  {
    judge: 'server',
    families: ['general', 'vonage'],
    alterations: [...unusedBits, ...twice],
    because: 'readers differ in what it says, or another text says the same',
  },
  {
    judge: 'server',
    families: ['general', 'vonage'],
    alterations: ['b64 false', 'zip'],
    because: 'some readers would take the payload as it stands, or inflate it',
  },
  {
    judge: 'server',
    families: ['general', 'vonage'],
    alterations: oddHeader,
    because: 'RFC 7515 §4.1 says that they are texts',
  },
  {
    judge: 'server',
    families: ['general'],
    alterations: ['a line break at the end'],
    because: 'the text is more than the token',
  },
  {
    judge: 'server',
    families: ['general'],
    alterations: ['the JSON form'],
    because: 'it takes both forms of RFC 7515 §7, and `jwtVerify` of `jose` the compact one only',
  },
  {
    judge: 'jose',
    families: ['vonage'],
    alterations: issuedAt,
    because: '@vonage/jwt goes by jsonwebtoken, which does not look at `iat`',
  },
  {
    judge: 'jose',
    families: ['vonage'],
    alterations: [...padding, 'a byte order mark', 'a line break at the end'],
    because: '@vonage/jwt goes by jsonwebtoken, which takes the letters of base64url only, and no mark',
  },
  {
    judge: 'jose',
    families: ['vonage'],
    alterations: [...critical, 'bytes that are no UTF-8', 'a list as claims', 'a text as claims'],
    because: '@vonage/jwt goes by jsonwebtoken, which passes over `crit` and takes any payload',
  },
  {
    judge: 'server',
    families: ['vonage'],
    alterations: [...issuedAt, 'jti: a number', 'no claims', 'a list as claims', 'a text as claims'],
    because: '@vonage/jwt looks at signature and expiry; Vonage’s documents require `application_id`, `iat` and `jti`',
  },
  {
    judge: 'server',
    families: ['vonage'],
    alterations: [...critical, 'bytes that are no UTF-8'],
    because: 'RFC 7515 forbids it, and whether Vonage’s servers take it is not known',
  },
  {
    judge: 'verify',
    families: ['livekit', 'general', 'vonage'],
    alterations: [
      'a line break in a text of the JSON',
      'a comment in the JSON',
      'an empty payload',
      'half a payload',
      'a line break at the end',
    ],
    because: '`compactVerify` looks at bytes; what is damaged, or more than the token, is none to us',
  },
  {
    judge: 'verify',
    families: ['livekit', 'general', 'vonage'],
    alterations: ['the JSON form'],
    because: '`compactVerify` takes the compact form only',
  },
];

/** `roomkey verify --profile` judges by what the server judges by. */
export const differences: readonly Difference[] = [
  ...told,
  ...told.filter(({ judge }) => judge === 'server').map((one) => ({ ...one, judge: 'profile' })),
];
