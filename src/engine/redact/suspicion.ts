import { decodePercent } from '../find/encodings/percent.ts';

/** What a name says of its value: surely a credential; one if it looks like one; nothing. */
export type Suspicion = 'certain' | 'likely' | null;

/** What kind of thing the name names. */
export type Held = 'header' | 'cookie' | 'parameter' | 'member' | 'text';

/** Stems that speak of a credential wherever they stand in a name, however its words are joined. */
const stems = new RegExp(
  [
    'token(?!i[sz])|passw|passphrase|passcode|secret(?!ar)|apikey|jwt|credential|sess(?:ion)?ids?$|(?<!un)authoriz|csrf|xsrf|signature',
    'appcertificate|statehandle|^dpop$|saml(?:re|art|as)|codeverifier|assertion|bearer|clientdata|usersig|icepwd|mnemonic|pwd$|passwd|connectionstring',
    '(?:access|room|private|master|signing|encryption|session|shared|sdk|client|stream|server|auth|account|licen[cs]e|host|moderator|admin|ingest|join|user|meeting|secret|service|subscription|functions|storage)key$',
    // As people elsewhere write them in their settings and forms.
    'kennwort|contrase[nñ]|motdepasse|palavrapasse|wachtwoord|lösenord|lozinka|salasana|adgangskode|jelszó|parolă|пароль|токен|密[码碼]|パスワード|비밀번호|令牌|トークン',
    '^(?:senha|clave|mdp|jeton|hasło|haslo|heslo|parola|parole|şifre|sifre|пин|暗号|토큰)$',
    '(?:auth|authorization|device|verification|security|sms|recovery|backup|invite|access|mfa|login|grant)code$',
  ].join('|'),
);

/** Words that speak of a credential only as the last of a name: `sid`, `user_pin`, but not `pin_color`. */
const lastCertain = words(
  'sid jsid sessid otp totp pin sig hmac cvv cvc zak dpop jws jwe saml cookie cookies passkey pat zat tgt pass pw psw pswd psk requirepass masterauth',
);

/** The same, for a value that looks random. */
const lastLikely = words(
  'key auth session sess code ticket access refresh login grant invite challenge verifier seed salt ufrag resume mac authentication authenticate credential hdnea hdnts tok tk sk ssid',
);

/** Headers, cookies and parameters of these names are credentials whatever they look like. */
const certainAlone = words('auth session sess authentication refresh access ticket');

/** Last words with which a name speaks about a credential instead of holding it: `token_type`, `passwordPolicy`. */
const about = words(
  'type types name names count counts limit limits length len size ttl expires expire expiry expiration exp at in until url uri urls uris endpoint path method methods status format version alg algs algorithm algorithms prefix enabled required valid kind scheme policy field fields label mode issuer audience scope scopes class usage budget time timestamp date age duration supported mechanism provider strategy error errors message description placeholder domain lifetime location enc file filename dir directory suffix separator selector handler callback factory algo regex regexp pattern rule rules title text hint button input placeholder store storage provider cache stream cost costs price index map parser reader',
);

/** `public_key`, `cacheKey`, `Sec-WebSocket-Key`: keys that open nothing. */
const openKeys = words(
  'public primary foreign sort query cache storage i18n translation message event object partition row index group hot short map react idempotency websocket socket surrogate publishable site anon application unique data sec locale label dedupe routing lookup',
);

const harmlessCodes = words(
  'error status country zip postal currency language lang exit response result reason area phone color colour locale event promo tax http iso close key char scan',
);

/**
 * What the name of a header, cookie, parameter or member says of its value. Understands any spelling: `X-Auth-Token`,
 * `accessToken`, `access%5Ftoken`, `user[password]`.
 */
export function suspicionOf(name: string, held: Held): Suspicion {
  const known = spelled.get(`${held} ${name}`);
  if (known !== undefined) return known;
  const suspicion = judge(name, held);
  if (spelled.size > 5000) spelled.clear();
  spelled.set(`${held} ${name}`, suspicion);
  return suspicion;
}

/** A recording repeats a few names many times. */
const spelled = new Map<string, Suspicion>();

function judge(name: string, held: Held): Suspicion {
  const all = wordsOf(name);
  const last = all[all.length - 1] ?? '';
  if (last === '') return held === 'cookie' ? 'likely' : null;
  const before = all[all.length - 2] ?? '';
  const glued = all.join('');
  if (/^(?:www|proxy)authenticate$/.test(glued)) return null;
  const isAbout = all.length > 1 && about.has(last);
  if (stems.test(glued)) {
    if (last === 'id' && !/(?:sess(?:ion)?|secret)id$/.test(glued)) return null;
    if (name === 'roomkey') return 'likely';
    return isAbout ? 'likely' : 'certain';
  }
  if (lastCertain.has(last)) return 'certain';
  if (isAbout) return fallback(held);
  if (held !== 'member' && held !== 'text' && all.length <= 2 && certainAlone.has(last)) return 'certain';
  if (last === 'key' && openKeys.has(before)) return fallback(held);
  if (last === 'code' && harmlessCodes.has(before)) return fallback(held);
  if (liveKitKey.test(name) || lastLikely.has(last) || /(?:^|[a-z])key$/.test(glued)) return 'likely';
  return fallback(held);
}

/** The name of a key, by which LiveKit lists its secrets: https://docs.livekit.io/home/self-hosting/deployment/ (2026-11-26). */
const liveKitKey = /^API[A-Za-z0-9]{3,20}$/;

/** A cookie of unknown name is what servers know a visitor by. */
function fallback(held: Held): Suspicion {
  return held === 'cookie' ? 'likely' : null;
}

/** The words of a name in lower case, numbers and separators left out. */
export function wordsOf(name: string): string[] {
  return decodePercent(name.slice(0, 200))
    .replace(/([\p{Ll}0-9])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '' && word !== 'x');
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
