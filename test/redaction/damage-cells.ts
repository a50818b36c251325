import { gzipSync } from 'node:zlib';

const json = JSON.stringify;
const wrap = (text: string, width = 76, between = '\r\n') =>
  text.replace(new RegExp(`.{${width}}(?=.)`, 'g'), `$&${between}`);
const base64 = (text: string) => Buffer.from(text).toString('base64');
const printable = (text: string) => wrap(text.replaceAll('=', '=3D'), 75, '=\r\n');

const head = 'From: ada@a.example\r\nTo: bob@a.example\r\nSubject: join\r\nMIME-Version: 1.0\r\n';
const part = (type: string, encoding: string, body: string) =>
  `--b1\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${body}\r\n`;
const many = (...parts: string[]) =>
  `${head}Content-Type: multipart/alternative; boundary="b1"\r\n\r\n${parts.join('')}--b1--\r\n`;

/** Mails and saved pages. */
export function mailCells(secret: string): Record<string, string> {
  const told = `Hello,\n\nopen https://a.example/?token=${secret}&room=standup and use\npassword: ${secret}\nthanks\n`;
  const settings = `Hello,\n\npassword: ${secret}\nroom: standup\n\nthanks, Ada\n`;
  const page = `<html><body><input name="csrf_token" value="${secret}"><a href="https://a.example/?token=${secret}">join</a></body></html>`;
  const plain = part('text/plain', 'quoted-printable', printable(told.replaceAll('\n', '\r\n')));
  const mime = (body: string) =>
    `From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/?token=${secret}\r\nSubject: join\r\nDate: Thu, 26 Nov 2026 12:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="b1"\r\n\r\n${body}--b1--\r\n`;
  const blink = (encoding: string, body: string) =>
    `--b1\r\nContent-Type: text/html\r\nContent-ID: <frame-1@mhtml.blink>\r\nContent-Transfer-Encoding: ${encoding}\r\nContent-Location: https://a.example/?token=${secret}\r\n\r\n${body}\r\n`;
  return {
    'mail, plain': `${head}\r\n${told}`,
    'mail, quoted-printable': `${head}Content-Transfer-Encoding: quoted-printable\r\n\r\n${printable(told.replaceAll('\n', '\r\n'))}`,
    'mail, quoted-printable in small letters': `${head}Content-Transfer-Encoding: quoted-printable\r\n\r\n${printable(told).replaceAll('=3D', '=3d')}`,
    'mail, base64': `${head}Content-Transfer-Encoding: base64\r\n\r\n${wrap(base64(told))}\r\n`,
    'mail, base64 of settings': `${head}Content-Transfer-Encoding: base64\r\n\r\n${wrap(base64(settings))}\r\n`,
    'mail, base64 in lines of 60': `${head}Content-Transfer-Encoding: base64\r\n\r\n${wrap(base64(told), 60, '\n')}\n`,
    'mail, parts': many(plain, part('text/html', 'quoted-printable', printable(page))),
    'mail, part in base64': many(part('text/html', 'base64', wrap(base64(page)))),
    'mail, attachment': many(
      part(
        'application/json; name="state.json"',
        'base64',
        wrap(base64(json({ origins: [], token: secret }, null as never, 2 as never))),
      ),
    ),
    'mail, attachment in gzip': many(
      part(
        'application/gzip',
        'base64',
        wrap(gzipSync(json({ token: secret, room: 'standup'.repeat(9) })).toString('base64')),
      ),
    ),
    'mail in a mail': many(
      `--b1\r\nContent-Type: message/rfc822\r\n\r\n${head}Content-Transfer-Encoding: base64\r\n\r\n${wrap(base64(settings))}\r\n`,
    ),
    'mail in parts in parts': many(
      `--b1\r\nContent-Type: multipart/mixed; boundary="b2"\r\n\r\n--b2\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${printable(told)}\r\n--b2--\r\n`,
    ),
    'mail, answered': `${head}\r\nWorks!\r\n\r\n> Hello,\r\n> password: ${secret}\r\n> thanks\r\n`,
    'mail, answered twice': `${head}\r\n>> password: ${secret}\r\n>> thanks\r\n> Works!\r\n`,
    'mail, answered with spaces': `${head}\r\n> > password: ${secret}\r\n> > thanks\r\n> Works!\r\n`,
    'mail, answered, in quoted-printable': `${head}Content-Transfer-Encoding: quoted-printable\r\n\r\n${printable(`> open https://a.example/?token=${secret}&room=standup and say hello`)}\r\n> thanks\r\n`,
    'mail, folded header': `${head}X-Auth-Token:\r\n ${secret}\r\n\r\nHello\r\n`,
    'mail, subject': `From: a@a.example\r\nTo: b@a.example\r\nSubject: password: ${secret}\r\n\r\nHello\r\n`,
    'mail, subject in base64': `From: a@a.example\r\nTo: b@a.example\r\nSubject: =?utf-8?B?${base64(`password: ${secret}`)}?=\r\n\r\nHello\r\n`,
    'mail, subject in quoted-printable': `From: a@a.example\r\nTo: b@a.example\r\nSubject: =?utf-8?Q?your_password=3A_${secret.replaceAll('_', '=5F')}?=\r\n\r\nHello\r\n`,
    mailbox: `From ada@a.example Thu Nov 26 12:00:00 2026\r\n${head}\r\n${told}\r\nFrom bob@a.example Thu Nov 26 12:01:00 2026\r\n${head}\r\n${told}`,
    'MHTML, quoted-printable': mime(blink('quoted-printable', printable(page))),
    'MHTML, base64': mime(blink('base64', wrap(base64(page)))),
    'MHTML, binary': mime(blink('binary', page)),
  };
}

/** A secret that something was done to on its way, under a name that tells. */
export function damageCells(secret: string): Record<string, string> {
  const middle = Math.floor(secret.length / 2);
  const between = (sign: string) => `${secret.slice(0, middle)}${sign}${secret.slice(middle)}`;
  const pieces = [secret.slice(0, middle), secret.slice(middle)];
  const hidden = {
    'zero-width space': '\u200b',
    'zero-width joiner': '\u200d',
    'word joiner': '\u2060',
    'soft hyphen': '\u00ad',
    'byte order mark': '\ufeff',
    'left-to-right mark': '\u200e',
    'variation selector': '\ufe0f',
    'several of them': '\u200b\u200c\u200b',
  };
  return {
    ...Object.fromEntries(
      Object.entries(hidden).flatMap(([name, sign]) => [
        [`${name}, in a setting`, `password: ${between(sign)}\nroom: standup\n`],
        [`${name}, in JSON`, json({ token: between(sign), room: 'standup' })],
        [`${name}, in a header`, `X-Api-Key: ${between(sign)}\r\nAccept: */*\r\n`],
        [`${name}, in a cookie`, `Cookie: theme=dark; sid=${between(sign)}\r\n`],
        [`${name}, in an address`, `https://a.example/?token=${between(sign)}&room=standup`],
        [
          `${name}, escaped in JSON`,
          json({ token: between(sign) }).replace(
            /[^ -~]/g,
            (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
          ),
        ],
      ]),
    ),
    'zero-width space between all': `password: ${[...secret].join('\u200b')}\n`,
    'zero-width space around': `password: \u200b${secret}\u200b\nroom: standup\n`,
    'zero-width space in the name': `pass\u200bword: ${secret}\nroom: standup\n`,
    'break of a word': `<p>password: ${between('<wbr>')}</p>`,
    'break of a word, by reference': `<td>password</td><td>${between('&shy;')}</td>`,
    'comment of a shell': `# password: ${secret}\n# room: standup\n`,
    'comment of a shell, an address': `# open https://a.example/?token=${secret}\n`,
    'comment of a shell, a command': `# curl -H 'X-Api-Key: ${secret}' https://a.example/\n`,
    'comment of a shell, a header': `# GET / HTTP/1.1\n# X-Api-Key: ${secret}\n# Cookie: qx=${secret}\n`,
    'comment of a program': `// X-Api-Key: ${secret}\n// const password = "${secret}";\n`,
    'comment of a program, in lines': `/*\n * X-Api-Key: ${secret}\n * password: ${secret}\n */\n`,
    'comment of SQL': `-- password: ${secret}\n`,
    'line of a difference': `-  "password": "${secret}",\n+  "password": "${secret}",\n-X-Api-Key: ${secret}\n+TOKEN=${secret}\n`,
    'joined by +': `const token = "${pieces.join('" + "')}";`,
    'joined by + over lines': `const password =\n  '${pieces.join("' +\n  '")}';\nnext();\n`,
    'joined by . of PHP': `$password = '${pieces.join("' . '")}';`,
    'joined by nothing, as in C and Python': `password = ("${pieces.join('"\n            "')}")\n`,
    'joined by & of Basic': `password = "${pieces.join('" & _\n  "')}"\n`,
    'joined by .. of Lua': `local password = "${pieces.join('" .. "')}"`,
    'joined from a list': `const token = [${pieces.map((one) => json(one)).join(', ')}].join("");`,
    'a line that a backslash continues': `export TOKEN="${pieces.join('\\\n')}"\n`,
    'quoted-printable alone': `${printable(`open https://a.example/?token=${secret}&room=standup and say hello to all who are there`)}\n`,
    'marked in Markdown': `**token:** \`${secret}\` and **password**: ${secret}\n`,
    'escaped for Markdown': `token: ${secret.replace(/[_.-]/g, '\\$&')}\n`,
    'smart quotes': `password: \u201c${secret}\u201d\n`,
    'no-break space': `password:\u00a0${secret}\nX-Api-Key:\u00a0${secret}\n`,
    'tabs around': `password\t:\t${secret}\n`,
    'full-width colon': `password\uff1a${secret}\n`,
    'j: cookie': `Cookie: auth=j%3A${encodeURIComponent(json({ token: secret }))}; theme=dark\r\n`,
    's: cookie': `Cookie: connect.sid=s%3A${secret}.${'aB3'.repeat(14)}; theme=dark\r\n`,
    hex: `password: ${Buffer.from(secret).toString('hex')}\n`,
    'hex with \\x': `password = "${[...secret].map((char) => `\\x${char.charCodeAt(0).toString(16)}`).join('')}"\n`,
    'data URL': `<a href="data:application/json;base64,${base64(json({ token: secret }))}">x</a>`,
    'data URL, percent': `<a href="data:application/json,${encodeURIComponent(json({ token: secret }))}">x</a>`,
    'gzip in base64': json({ SAMLRequest: gzipSync(json({ password: secret })).toString('base64') }),
    'gzip in base64 under any name': json({ d: gzipSync(json({ password: secret })).toString('base64') }),
    'behind a mark of a log': `[2026-11-26 12:00:00] app.INFO: login {"password":"${secret}"} []\n`,
  };
}

/** Damage that only the form of a token sees through. */
export function damagedTokens(token: string): Record<string, string> {
  const [header = '', claims = '', signature = ''] = token.split('.');
  const bare = {
    ...Object.fromEntries(
      ['\u200b', '\u00ad', '\ufeff', '\u2060'].flatMap((sign) => {
        const code = sign.charCodeAt(0).toString(16);
        return [
          [`U+${code} in the header`, `see ${token.slice(0, 8)}${sign}${token.slice(8)} there\n`],
          [
            `U+${code} in the claims`,
            `see ${header}.${claims.slice(0, 20)}${sign}${claims.slice(20)}.${signature} there\n`,
          ],
          [
            `U+${code} in the signature`,
            `see ${header}.${claims}.${signature.slice(0, 20)}${sign}${signature.slice(20)} there\n`,
          ],
          [`U+${code} at the dots`, `see ${header}${sign}.${sign}${claims}.${sign}${signature} there\n`],
        ];
      }),
    ),
    answered: `> my token is\n> ${wrap(token, 64, '\n> ')}\n> thanks\n`,
    'answered, lines of Windows': `> my token is\r\n> ${wrap(token, 64, '\r\n> ')}\r\n> thanks\r\n`,
    'answered twice': `>> ${wrap(token, 60, '\n>> ')}\n>> thanks\n> welcome\n`,
    'answered by hand': `| ${wrap(token, 60, '\n| ')}\n| thanks\n`,
    'answered, a long line last': `> ${wrap(token, 70, '\n> ')}\n> thanks a lot for looking into this, it breaks since Monday\n`,
    'commented out': `# ${wrap(token, 64, '\n# ')}\n# thanks\n`,
    'commented out in a program': `// ${wrap(token, 64, '\n// ')}\n// thanks\n`,
    'commented out in lines': `/*\n * ${wrap(token, 64, '\n * ')}\n * thanks\n */\n`,
    'joined by +': `send("${wrap(token, 50, '" + "')}");`,
    'joined by + over lines': `send(\n  '${wrap(token, 50, "' +\n  '")}'\n);\nnext();\n`,
    'joined at its dots': `send('${token.split('.').join(".' + '")}');`,
    'parts joined by +': `send('${header}' + '.' + '${claims}' + '.' + '${signature}');`,
    'parts of a list': `send([${[header, claims, signature].map((one) => json(one)).join(', ')}].join('.'));`,
    'parts in lines of their own': `header: ${header}\npayload: ${claims}\nsignature: ${signature}\n`,
    'parts as members': json({ protected: header, payload: claims, signature }),
    'in lines of a difference': `+${wrap(token, 64, '\n+')}\n+thanks\n`,
    'numbered lines': wrap(token, 64, '\n')
      .split('\n')
      .map((line, at) => `${at + 1}: ${line}`)
      .join('\n'),
    'name of a member': json({ sessions: { [token]: { room: 'standup' } } }),
    'two joined by a slash': `https://a.example/${token}/${token}`,
    'cut by entities': token.replaceAll('.', '&#46;').replaceAll('-', '&#x2d;'),
    'escaped for Markdown': `see ${token.replace(/[_.-]/g, '\\$&')} there\n`,
    'smart dashes': `see ${token.replaceAll('-', '\u2013')} there\n`,
    'escaped throughout': `"${[...token].map((char) => `\\x${char.charCodeAt(0).toString(16)}`).join('')}"`,
    hex: `see ${Buffer.from(token).toString('hex')} there\n`,
    'gzip in base64': `see ${gzipSync(json({ a: token })).toString('base64')} there\n`,
    'gzip in base64 in lines': `see\n${wrap(gzipSync(json({ a: token })).toString('base64'), 76, '\n')}\nthere\n`,
    'data URL': `see data:text/plain;base64,${base64(`it is ${token}`)} there\n`,
    'with spaces for breaks': `see ${wrap(token, 64, ' ')} there\n`,
    'with an ellipsis before': `see …${token} there\n`,
    'brackets around': `see <${token}> [${token}] (${token}) there\n`,
    'base64 twice': `see ${base64(base64(token))} there\n`,
    'base64 in lines that are quoted': `> ${wrap(base64(json({ a: token })), 64, '\n> ')}\n> thanks\n`,
    'percent twice': `https://a.example/?x=${encodeURIComponent(encodeURIComponent(`{"a":"${token}"}`))}`,
    table: `| name | value |\n| --- | --- |\n| a | ${token} |\n`,
    'reversed JSON string of JSON string': json(json(json({ a: token }))),
  };
  return bare;
}
