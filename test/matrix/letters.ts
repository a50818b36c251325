/** A text around a token, as people write and programs wrap it. */
export interface Letter {
  kind: string;
  write(token: string): string;
}

const wrapped = (text: string, between: string, width = 76) =>
  (text.match(new RegExp(`.{1,${width}}`, 'gs')) ?? []).join(between);
const quotedPrintable = (text: string) => wrapped(text.replaceAll('=', '=3D').replaceAll('.', '=2E'), '=\n', 72);
const escaped = (text: string, prefix: string, digits: number) =>
  text.replace(/./gs, (one) => prefix + one.charCodeAt(0).toString(16).padStart(digits, '0'));
const head = 'From: Kim <kim@call.example>\nTo: Lee <lee@call.example>\nSubject: cannot join\nMIME-Version: 1.0\n';
const after = (text: string, at: number, what: string) => `${text.slice(0, at)}${what}${text.slice(at)}`;
const between = (text: string, what: string) => text.replace(/.{40}/g, `$&${what}`);

/** Texts of which the token comes back whole, without a place of traffic or storage. */
export const letters: Record<string, Letter> = {
  'a mail': { kind: 'mail', write: (token) => `${head}\nmy token: ${token}\n` },
  'a mail, answered': {
    kind: 'mail',
    write: (token) => `${head}\nKim wrote:\n> my token is\n> ${wrapped(token, '\n> ')}\n> thanks\n`,
  },
  'a mail, answered twice': {
    kind: 'mail',
    write: (token) => `${head}\nKim wrote:\n>> ${wrapped(token, '\n>> ')}\n> see above\n`,
  },
  'a mail in base64': {
    kind: 'mail',
    write: (token) => `${head}Content-Transfer-Encoding: base64\n\n${wrapped(btoa(`my token: ${token}\n`), '\n')}\n`,
  },
  'a mail in quoted-printable': {
    kind: 'mail',
    write: (token) =>
      `${head}Content-Transfer-Encoding: quoted-printable\n\n${quotedPrintable(`my token: ${token}`)}\n`,
  },
  'a mail in parts': {
    kind: 'mail',
    write: (token) =>
      `${head}Content-Type: multipart/alternative; boundary="b"\n\n--b\nContent-Type: text/plain\n\nsee below\n--b\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n${quotedPrintable(`<a href="https://call.example/?jwt=${token}">join</a>`)}\n--b--\n`,
  },
  'a log': { kind: 'text', write: (token) => `2026-11-20 12:00:00 INFO joined with ${token} by ada\n` },
  'a log of JSON': { kind: 'text', write: (token) => `{"level":"info","token":"${token}"}\n{"level":"info"}\n` },
  'a document of JSON': { kind: 'json', write: (token) => JSON.stringify({ a: [token] }) },
  'a member name': { kind: 'json', write: (token) => JSON.stringify({ by: { [token]: 1 } }) },
  'lines of 64': { kind: 'text', write: (token) => `my token:\n${wrapped(token, '\n', 64)}\n\nthanks\n` },
  'lines of 76 with carriage returns': {
    kind: 'text',
    write: (token) => `my token:\r\n${wrapped(token, '\r\n')}\r\n\r\nthanks\r\n`,
  },
  comments: { kind: 'text', write: (token) => `# my token:\n# ${wrapped(token, '\n# ')}\n# end\n` },
  'quoted-printable': { kind: 'text', write: (token) => quotedPrintable(`my token: ${token} is lost\n`) },
  'zero-width spaces': { kind: 'text', write: (token) => `token ${between(token, '\u200b')} there` },
  'soft hyphens': { kind: 'text', write: (token) => `token ${between(token, '\u00ad')} there` },
  'a byte order mark inside': { kind: 'text', write: (token) => `token ${after(token, 60, '\ufeff')} there` },
  'word joiners': { kind: 'text', write: (token) => `token ${between(token, '\u2060')} there` },
  'marks of Markdown': {
    kind: 'text',
    write: (token) => `token **\`${token}\`** and [it](https://call.example/?t=${token.replaceAll('_', '\\_')})`,
  },
  'smart punctuation': { kind: 'text', write: (token) => `token “${token}”, ‘really’` },
  entities: { kind: 'text', write: (token) => `<p>${token.replaceAll('.', '&#46;').replaceAll('-', '&#x2d;')}</p>` },
  'escapes of hex': { kind: 'text', write: (token) => `t = "${escaped(token, '\\x', 2)}"` },
  'escapes of Unicode': { kind: 'text', write: (token) => `t = "${escaped(token, '\\u', 4)}"` },
  'strings that are joined': { kind: 'text', write: (token) => `var t = "${wrapped(token, '" +\n  "', 60)}";\n` },
  'digits of hex': { kind: 'text', write: (token) => `token=${Buffer.from(token).toString('hex')}` },
  'UTF-16 in base64': { kind: 'text', write: (token) => `state=${Buffer.from(token, 'utf16le').toString('base64')}` },
  'a data URL': {
    kind: 'text',
    write: (token) => `<a href="data:application/json;base64,${btoa(JSON.stringify({ token }))}">`,
  },
  'a slash between two': { kind: 'text', write: (token) => `${token}/${token}` },
  base64: { kind: 'text', write: (token) => `state=${btoa(token)}` },
  'a query': { kind: 'text', write: (token) => `open https://call.example/?jwt=${token}&lang=en now` },
  'a query in a query': {
    kind: 'text',
    write: (token) =>
      `open https://login.example/?next=${encodeURIComponent(`https://call.example/?jwt=${token}`)} now`,
  },
};
