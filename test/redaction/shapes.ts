/**
 * How settings, tools, languages and documents write a name and its value. Each holds a secret under a name that tells, or in a form
 * that does.
 */
const json = JSON.stringify;
const b64 = (text: string) => Buffer.from(text).toString('base64');

export const shapes: Record<string, (s: string) => string> = {
  'charles chlsj': (s) =>
    json([
      {
        status: 'COMPLETE',
        method: 'GET',
        host: 'a.example',
        path: '/x',
        query: `token=${encodeURIComponent(s)}&a=1`,
        request: {
          sizes: { headers: 1 },
          header: {
            headers: [
              { name: ':method', value: 'GET' },
              { name: 'x-session', value: s },
            ],
            firstLine: 'GET /x',
          },
          body: { text: json({ password: s }), charset: 'utf-8' },
        },
      },
    ]),
  'fiddler saz raw': (s) =>
    `CONNECT a.example:443 HTTP/1.1\r\nHost: a\r\n\r\nGET /a HTTP/1.1\r\nX-Access-Token: ${s}\r\nCookie: .ASPXAUTH=${s}; ASP.NET_SessionId=${s}\r\n\r\n`,
  'mitmproxy dump text': (s) =>
    `127.0.0.1:5000: GET https://a.example/x HTTP/2.0\n    accept: */*\n    x-auth-token: ${s}\n    cookie: session=${s}\n << HTTP/2.0 200 OK 12b\n    set-cookie: session=${s}; Path=/\n`,
  'mitmproxy tnetstring': (s) => {
    const v = s;
    return `123:7:request;50:12:x-auth-token,${v.length}:${v},]`;
  },
  'postman auth': (s) =>
    json({
      info: { name: 'x' },
      item: [
        {
          request: {
            auth: { type: 'bearer', bearer: [{ key: 'token', value: s, type: 'string' }] },
            header: [{ key: 'X-Api-Key', value: s }],
            url: { raw: `https://a/?sid=${encodeURIComponent(s)}`, query: [{ key: 'sid', value: s }] },
          },
        },
      ],
    }),
  'postman basic': (s) =>
    json({
      auth: {
        type: 'basic',
        basic: [
          { key: 'password', value: s },
          { key: 'username', value: 'ada' },
        ],
      },
    }),
  'postman env': (s) =>
    json({
      values: [
        { key: 'authToken', value: s, enabled: true },
        { key: 'base', value: 'https://a' },
      ],
    }),
  'postman apikey': (s) =>
    json({
      auth: {
        type: 'apikey',
        apikey: [
          { key: 'value', value: s, type: 'string' },
          { key: 'key', value: 'x-api-key', type: 'string' },
        ],
      },
    }),
  'postman oauth1': (s) =>
    json({
      auth: {
        type: 'oauth1',
        oauth1: [
          { key: 'consumerSecret', value: s },
          { key: 'tokenSecret', value: s },
        ],
      },
    }),
  insomnia: (s) =>
    json({
      resources: [
        {
          _type: 'request',
          authentication: { type: 'bearer', token: s, prefix: '' },
          headers: [{ name: 'X-Token', value: s, id: 'pair_1' }],
        },
        { _type: 'environment', data: { api_key: s } },
      ],
    }),
  'insomnia yaml': (s) =>
    `type: collection.insomnia.rest/5.0\ncollection:\n  - url: https://a\n    authentication:\n      type: bearer\n      token: ${s}\n    headers:\n      - name: X-Api-Key\n        value: ${s}\n`,
  'yaml name/value pair': (s) => `headers:\n  - name: X-Auth-Token\n    value: ${s}\n`,
  'yaml value first': (s) => `headers:\n  - value: "${s}"\n    name: X-Auth-Token\n`,
  'k8s env': (s) => `env:\n  - name: API_SECRET\n    value: "${s}"\n  - name: MODE\n    value: dev\n`,
  'k8s secret data': (s) =>
    `apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\ntype: Opaque\ndata:\n  username: ${b64('ada')}\n  password: ${b64(s)}\n  whatever: ${b64(s)}\n`,
  'k8s secret stringData': (s) => `apiVersion: v1\nkind: Secret\nstringData:\n  config: ${json(s)}\n`,
  'k8s secret json': (s) => json({ apiVersion: 'v1', kind: 'Secret', data: { 'conf.txt': b64(s), password: b64(s) } }),
  bruno: (s) => `auth:bearer {\n  token: ${s}\n}\nheaders {\n  X-Api-Key: ${s}\n}\nvars:secret [\n  x\n]\n`,
  'bruno basic': (s) => `auth:basic {\n  username: ada\n  password: ${s}\n}\n`,
  'openapi example': (s) =>
    `components:\n  schemas:\n    Login:\n      properties:\n        password:\n          type: string\n          example: ${s}\n`,
  'openapi json example': (s) => json({ properties: { access_token: { type: 'string', example: s } } }),
  'json schema default': (s) => json({ properties: { apiKey: { type: 'string', default: s } } }),
  'playwright trace network': (s) =>
    json({
      type: 'resource-snapshot',
      snapshot: {
        request: { url: 'https://a', headers: [{ name: 'x-auth', value: s }], postData: { _sha1: 'aaa' } },
        response: { headers: [{ name: 'Set-Cookie', value: `a=${s}; Path=/` }] },
      },
    }) +
    '\n' +
    json({ type: 'event' }),
  'burp xml plain': (s) =>
    `<?xml version="1.0"?><items><item><url><![CDATA[https://a/?token=${encodeURIComponent(s)}]]></url><request base64="false"><![CDATA[GET / HTTP/1.1\r\nHost: a\r\nCookie: JSESSIONID=${s}\r\nX-Token: ${s}\r\n\r\n]]></request></item></items>`,
  'selenium cookies': (s) =>
    json([
      {
        domain: 'a.example',
        expiry: 1795180000,
        httpOnly: true,
        name: 'zz',
        path: '/',
        sameSite: 'Lax',
        secure: true,
        value: s,
      },
    ]),
  'cdp getAllCookies': (s) =>
    json({
      id: 1,
      result: {
        cookies: [
          {
            name: 'zz',
            value: s,
            domain: 'a',
            path: '/',
            expires: -1,
            size: 3,
            httpOnly: false,
            secure: false,
            session: true,
          },
        ],
      },
    }),
  'selenium repr': (s) => `[{'domain': 'a.example', 'httpOnly': True, 'name': 'sid', 'path': '/', 'value': '${s}'}]`,
  'selenium repr unknown': (s) =>
    `[{'domain': 'a.example', 'httpOnly': True, 'name': 'zz', 'path': '/', 'value': '${s}'}]`,
  'requests cookiejar repr': (s) => `<RequestsCookieJar[<Cookie sessionid=${s} for a.example/>]>`,
  'cookie repr py': (s) => `Cookie(version=0, name='sessionid', value='${s}', port=None, domain='a.example')`,
  'cookie repr toughcookie': (s) => `Cookie="sid=${s}; hostOnly=true; aAge=2ms; cAge=1ms"`,
  'tough cookie json': (s) =>
    json({
      version: 'tough-cookie@4',
      cookies: [{ key: 'zz', value: s, domain: 'a', path: '/', hostOnly: true, creation: '2026-11-26T12:00:00Z' }],
    }),
  'document.cookie assign': (s) => `document.cookie = "sid=${s}; path=/";`,
  'document.cookie string': (s) => `theme=dark; sid=${s}; _ga=GA1.2.3.4`,
  'document.cookie string unknown': (s) => `theme=dark; qz=${s}; lang=en`,
  'document.cookie quoted json': (s) => json(`theme=dark; sid=${s}; _ga=GA1.2.3.4`),
  'curl trace-ascii': (s) =>
    `=> Send header, 120 bytes (0x78)\n0000: GET / HTTP/1.1\n0010: Host: a.example\n0022: Authorization: Bearer ${s}\n0060: Cookie: sid=${s}\n<= Recv header, 20 bytes (0x14)\n0000: Set-Cookie: sid=${s}; Path=/\n`,
  'curl -v http2': (s) =>
    `* [HTTP/2] [1] [:method: GET]\n* [HTTP/2] [1] [authorization: Bearer ${s}]\n* [HTTP/2] [1] [x-api-key: ${s}]\n> GET / HTTP/2\n`,
  'curl -v server auth': (s) =>
    `* Server auth using Basic with user 'ada'\n> Authorization: Basic ${b64(`ada:${s}`)}\n* Added cookie sid="${s}" for domain a.example, path /, expire 0\n`,
  'wget debug': (s) =>
    `---request begin---\nGET / HTTP/1.1\nCookie: sid=${s}\n---request end---\nStored cookie a.example -1 (ANY) / <session> <insecure> [expiry none] sid ${s}\n`,
  'nginx access': (s) =>
    `192.0.2.1 - - [26/Nov/2026:12:00:00 +0000] "GET /join?token=${encodeURIComponent(s)}&x=1 HTTP/1.1" 200 12 "https://a/?sid=${encodeURIComponent(s)}" "curl/8"`,
  syslog: (s) => `Nov 26 12:00:00 host app[123]: login failed password=${s} user=ada`,
  'logfmt quoted': (s) => `level=info msg="joined" access_token="${s}" room=a`,
  'json log msg': (s) => json({ level: 'info', msg: `Authorization: Bearer ${s}`, err: `token=${s}` }),
  'json log headers string': (s) => json({ msg: 'req', headers: `x-auth-token: ${s}\r\naccept: */*` }),
  'docker inspect env': (s) => json([{ Config: { Env: ['PATH=/bin', `DB_PASSWORD=${s}`, `API_TOKEN=${s}`] } }]),
  'env dump': (s) =>
    `HOME=/root\nAWS_SECRET_ACCESS_KEY=${s}\nAWS_SESSION_TOKEN=${s}\nLIVEKIT_API_SECRET=${s}\nPATH=/bin\n`,
  'declare -x': (s) => `declare -x LIVEKIT_API_SECRET="${s}"\n`,
  'dockerfile ENV': (s) => `FROM node\nENV API_TOKEN ${s}\nENV DB_PASSWORD=${s}\nARG NPM_TOKEN=${s}\n`,
  'docker-compose': (s) =>
    `services:\n  a:\n    environment:\n      - API_SECRET=${s}\n      - "TOKEN=${s}"\n    command: --token ${s}\n`,
  'docker config auth': (s) => json({ auths: { 'https://index.docker.io/v1/': { auth: b64(`ada:${s}`) } } }),
  terraform: (s) => `provider "livekit" {\n  api_secret = "${s}"\n}\nvariable "password" {\n  default = "${s}"\n}\n`,
  tfvars: (s) => `db_password = "${s}"\ntokens = ["${s}", "x"]\n`,
  npmrc: (s) => `//registry.npmjs.org/:_authToken=${s}\n//r.example/:_password=${b64(s)}\n_auth=${b64(`ada:${s}`)}\n`,
  netrc: (s) => `machine a.example\n  login ada\n  password ${s}\n`,
  'netrc one line': (s) => `machine a.example login ada password ${s}\n`,
  pgpass: (s) => `db.example:5432:calls:app:${s}\n`,
  'git remote': (s) => `origin\thttps://x-access-token:${encodeURIComponent(s)}@github.com/a/b.git (fetch)\n`,
  'git remote token user': (s) => `[remote "origin"]\n\turl = https://${encodeURIComponent(s)}@github.com/a/b.git\n`,
  'git-credentials': (s) => `https://ada:${encodeURIComponent(s)}@github.com\n`,
  'git credential fill': (s) => `protocol=https\nhost=github.com\nusername=ada\npassword=${s}\n`,
  'aws creds': (s) =>
    `[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = ${s}\naws_session_token = ${s}\n`,
  'gha log': (s) =>
    `2026-11-26T12:00:00Z ##[group]Run x\n2026-11-26T12:00:00Z env:\n2026-11-26T12:00:00Z   API_TOKEN: ${s}\n`,
  'gha ansi': (s) => `\u001b[36;1mexport TOKEN=${s}\u001b[0m\n`,
  'gha add-mask': (s) => `::add-mask::${s}\n::set-output name=token::${s}\n`,
  'SIP register': (s) =>
    `REGISTER sip:a SIP/2.0\r\nAuthorization: Digest username="ada",realm="a",nonce="${'b'.repeat(8)}",uri="sip:a",response="${s}"\r\n\r\n`,
  SDP: (s) =>
    `a=ice-ufrag:${s.slice(0, 0)}abcd\r\na=ice-pwd:${s}\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${s}|2^20\r\n`,
  'SDP in json': (s) => json({ type: 'offer', sdp: `v=0\r\na=ice-pwd:${s}\r\n` }),
  turn: (s) => json({ iceServers: [{ urls: 'turn:a', username: 'u', credential: s }] }),
  'jwplayer turn uri': (s) => `turn:ada:${encodeURIComponent(s)}@turn.example:3478?transport=udp`,
  'SAML form html': (s) =>
    `<form method="post"><input type="hidden" name="SAMLResponse" value="${b64(`<samlp:Response><ds:SignatureValue>${s}</ds:SignatureValue></samlp:Response>`)}"/></form>`,
  'WS-Security': (s) =>
    `<soap:Envelope><wsse:UsernameToken><wsse:Username>ada</wsse:Username><wsse:Password Type="#PasswordText">${s}</wsse:Password></wsse:UsernameToken><wsse:BinarySecurityToken>${s}</wsse:BinarySecurityToken></soap:Envelope>`,
  'xml nested in secret elem': (s) => `<credentials><user>ada</user><value>${s}</value></credentials>`,
  'graphql vars': (s) =>
    json({
      operationName: 'L',
      variables: { input: { email: 'a@b', password: s } },
      query: 'mutation L($input: I!){login(input:$input){token}}',
    }),
  'graphql resp': (s) => json({ data: { login: { token: s, user: { id: 1 } } } }),
  stomp: (s) => `CONNECT\nlogin:ada\npasscode:${s}\naccept-version:1.2\n\n\0`,
  'stomp in sockjs': (s) => `a${json([`CONNECT\npasscode:${s}\n\n\u0000`])}`,
  signalr: (s) => `${json({ type: 1, target: 'join', arguments: [{ accessToken: s }] })}\x1e`,
  phoenix: (s) => json(['1', '1', 'room:lobby', 'phx_join', { token: s }]),
  'pusher auth': (s) => json({ event: 'pusher:subscribe', data: { auth: `app:${s}`, channel: 'private-x' } }),
  ably: (s) => `wss://realtime.ably.io/?accessToken=${encodeURIComponent(s)}&format=json`,
  'ably key': (s) => json({ keyName: 'xVLyHw.abc', key: `xVLyHw.abc:${s}`, mac: s, nonce: '1' }),
  'json-rpc': (s) => json({ jsonrpc: '2.0', method: 'login', params: { password: s } }),
  'xml-rpc': (s) =>
    `<methodCall><params><param><value><struct><member><name>password</name><value><string>${s}</string></value></member></struct></value></param></params></methodCall>`,
  plist: (s) => `<plist><dict><key>accessToken</key><string>${s}</string></dict></plist>`,
  'netscape extra field': (s) => `.a.example\tTRUE\t/\tTRUE\t1795180000\tsid\t${s}\textra\n`,
  'netscape spaces': (s) => `.a.example  TRUE  /  TRUE  1795180000  sid  ${s}\n`,
  'netscape indented': (s) => `  .a.example\tTRUE\t/\tTRUE\t1795180000\tsid\t${s}\n`,
  'netscape no secure': (s) => `.a.example\tTRUE\t/\tFALSE\t\tsid\t${s}\n`,
  'libwww lwp': (s) =>
    `#LWP-Cookies-2.0\nSet-Cookie3: sid="${s}"; path="/"; domain="a.example"; path_spec; expires="2027-01-01 00:00:00Z"; version=0\n`,
  'php serialized': (s) => `a:2:{s:4:"user";s:3:"ada";s:5:"token";s:${s.length}:"${s}";}`,
  'php session file': (s) => `user|s:3:"ada";csrf_token|s:${s.length}:"${s}";`,
  'php var_dump': (s) => `array(2) {\n  ["token"]=>\n  string(${s.length}) "${s}"\n}`,
  'php print_r': (s) => `Array\n(\n    [user] => ada\n    [password] => ${s}\n)\n`,
  'java properties': (s) => `db.password=${s}\nspring.datasource.password: ${s}\napi.token = ${s}\nx.secret\t${s}\n`,
  'java toString': (s) => `LoginRequest(user=ada, password=${s}, otp=null)`,
  'java map': (s) => `{user=ada, accessToken=${s}}`,
  'python repr': (s) => `Credentials(user='ada', token='${s}', scopes=[])`,
  'python bytes': (s) => `{b'token': b'${s}'}`,
  'python bytes headers': (s) => `[(b'authorization', b'Bearer ${s}'), (b'x-api-key', b'${s}')]`,
  'python tuple headers': (s) => `[('X-Api-Key', '${s}'), ('Accept', '*/*')]`,
  'ruby hash': (s) => `{:token=>"${s}", :user=>"ada"}`,
  'ruby hash new': (s) => `{token: "${s}", "password" => "${s}"}`,
  'rails params log': (s) => `Parameters: {"user"=>{"email"=>"a@b", "password"=>"${s}"}}`,
  'elixir map': (s) => `%{token: "${s}", "password" => "${s}"}`,
  'go struct': (s) => `{User:ada Token:${s} Expires:0}`,
  'go map': (s) => `map[Authorization:[Bearer ${s}] X-Api-Key:[${s}]]`,
  'go http.Header': (s) => `http.Header{"X-Api-Key":[]string{"${s}"}}`,
  'rust debug': (s) => `Login { user: "ada", password: "${s}" }`,
  'rust header map': (s) => `{"x-api-key": "${s}", "accept": "*/*"}`,
  'rust Some': (s) => `Config { token: Some("${s}") }`,
  swift: (s) => `["token": "${s}"]`,
  'objc nslog': (s) => `{\n    accessToken = "${s}";\n    user = ada;\n}`,
  'yaml block literal': (s) => `password: |\n  ${s}\nroom: a\n`,
  'yaml block folded': (s) => `token: >-\n    ${s}\nroom: a\n`,
  'yaml list under': (s) => `tokens:\n  - ${s}\n  - ${s}\nroom: a\n`,
  'yaml quoted key': (s) => `"api-token": '${s}'\n`,
  'yaml anchor': (s) => `password: &pw ${s}\n`,
  'yaml tag': (s) => `password: !vault ${s}\n`,
  'yaml nested value': (s) => `secret:\n  value: ${s}\n`,
  csv: (s) => `id,user,token,created\n1,ada,${s},2026-11-26\n2,bob,${s},2026-11-26\n`,
  'csv quoted': (s) => `"id","password"\n"1","${s}"\n`,
  'csv semicolon': (s) => `id;password\n1;${s}\n`,
  tsv: (s) => `id\ttoken\troom\n1\t${s}\ta\n`,
  'md table': (s) => `| name | token |\n| --- | --- |\n| ada | ${s} |\n`,
  'md table rows': (s) => `| key | value |\n|---|---|\n| password | ${s} |\n`,
  'md code': (s) => `Set \`token\` to \`${s}\` now`,
  'psql table': (s) => ` id | token\n----+------\n  1 | ${s}\n(1 row)\n`,
  'psql expanded': (s) => `-[ RECORD 1 ]---\nid       | 1\npassword | ${s}\n`,
  'mysql table': (s) => `+----+-------+\n| id | token |\n+----+-------+\n|  1 | ${s} |\n+----+-------+\n`,
  'mysql \\G': (s) => `*** 1. row ***\n   id: 1\ntoken: ${s}\n`,
  'html table th': (s) => `<table><tr><th>Token</th></tr><tr><td>${s}</td></tr></table>`,
  'html table row': (s) => `<table><tr><td>Password</td><td>${s}</td></tr></table>`,
  'html dl': (s) => `<dl><dt>API key</dt><dd>${s}</dd></dl>`,
  'html input value first': (s) => `<input value="${s}" name="csrf" type="hidden">`,
  'html input single q': (s) => `<input name='password' value='${s}'>`,
  'html input unquoted': (s) => `<input name=password value=${s}>`,
  'html type password': (s) => `<input type="password" name="p1" value="${s}">`,
  'html data attr': (s) => `<div data-token="${s}" data-room="a">`,
  'html textarea': (s) => `<textarea name="token">${s}</textarea>`,
  'html label': (s) => `<span class="label">Token:</span> <code>${s}</code>`,
  'js obj': (s) =>
    `const c = { apiKey: "${s}", token: '${s}', room };\nfunction a(){return 1}\n() => {}\nimport x from 'y'`,
  'js template': (s) =>
    'const u = `https://a/?token=' +
    s +
    '`;\nconst h = { Authorization: `Bearer ' +
    s +
    '` };\nfunction a(){return 1} () => 1;\nexport const b = 2',
  'js setItem': (s) => `localStorage.setItem('token', '${s}'); sessionStorage["sid"] = "${s}";`,
  'js headers.set': (s) =>
    `headers.append("X-Auth-Token", "${s}"); xhr.setRequestHeader('Authorization', 'Bearer ${s}');`,
  'js new Map': (s) => `new Map([["token", "${s}"]])`,
  'sql insert': (s) => `INSERT INTO users (id, name, password) VALUES (1, 'ada', '${s}');`,
  'sql update': (s) => `UPDATE users SET password = '${s}' WHERE id=1;`,
  'sql set password': (s) => `ALTER USER ada WITH PASSWORD '${s}'; CREATE USER a IDENTIFIED BY '${s}';`,
  'mysql -p': (s) => `mysql -u root -p${s} calls`,
  sshpass: (s) => `sshpass -p ${s} ssh ada@host`,
  'redis cli': (s) => `redis-cli -a ${s} ping\nAUTH ${s}\nrequirepass ${s}\n`,
  'openssl pass': (s) => `openssl rsa -passin pass:${s} -in a.pem`,
  'http pie': (s) => `http POST https://a X-Api-Key:${s} password=${s}`,
  'win reg': (s) => `"Password"="${s}"`,
  'JSON in a cell of CSV': (s) => `id,meta,token\n1,"{""a"":1}",${s}\n`,
  'JSON in a row of SQL': (s) => `INSERT INTO t (id, meta, password) VALUES (1, '{"a":1}', '${s}');`,
  'JSON above in YAML': (s) => `secret:\n  meta: {"a": 1}\n  value: ${s}\n`,
  'JSON in a Secret in YAML': (s) => `kind: Secret\nmetadata: {"a":1}\nstringData:\n  conf: ${s}\n`,
  'a Secret with its data first': (s) => json({ apiVersion: 'v1', data: { conf: b64(s) }, kind: 'Secret' }),
  'JSON in a cookie before': (s) => `GET / HTTP/1.1\r\nHost: a\r\nCookie: prefs={"a":1}; sid=${s}\r\n\r\n`,
  'a dump of PostgreSQL': (s) => `COPY public.users (id, encrypted_password) FROM stdin;\n1\t${s}\n\\.\n`,
  'a dump of MySQL': (s) => `CREATE TABLE users (id int, password varchar(60));\nINSERT INTO users VALUES (1,'${s}');`,
  'a head of CSV with signs': (s) => `,API key (new),#\n1,${s},2\n2,${s},3,4\n`,
  'lines in a cell of CSV': (s) => `id,note,token\n1,"two\nlines",${s}\n2,x,${s}\n`,
  colours: (s) => `\x1b[36mtoken\x1b[39m=\x1b[32m${s}\x1b[0m\n`,
  'columns of kubectl': (s) => `NAME   TOKEN   AGE\na      ${s}   2d\n`,
  'columns of vault': (s) => `====== Data ======\nKey         Value\n---         -----\npassword    ${s}\n`,
  'headers copied from Chrome': (s) => `x-api-key\n${s}1\nuser-agent\nMozilla/5.0\n`,
  'docker login': (s) => `docker login -u ada -p ${s} r.example`,
  'mysql with quotes': (s) => `mysql -u root -p'${s}' calls`,
  'parameters of CloudFormation': (s) => json({ ParameterKey: 'DbPassword', ParameterValue: s }),
  'a field filled by Playwright': (s) =>
    json({ method: 'fill', params: { selector: 'internal:label="Password"i', value: s } }),
  'an input recorded': (s) => json({ tagName: 'input', attributes: { type: 'password', value: s } }),
  'a certificate of Agora': (s) => json({ appId: 'x', appCertificate: s }),
  'full-width signs': (s) => `密码：${s}\n`,
  'a secure string': (s) =>
    `$token = ConvertTo-SecureString "${s}" -AsPlainText -Force\n$headers = @{ 'X-Api-Key' = '${s}' }`,
  'ini spaces': (s) => `[db]\npassword   =   ${s}\n; x\n`,
  'apache conf': (s) => `SetEnv API_TOKEN ${s}\nRequestHeader set X-Api-Key "${s}"\n`,
  'nginx conf': (s) => `proxy_set_header Authorization "Bearer ${s}";\nproxy_set_header X-Api-Key ${s};\n`,
  htpasswd: (s) => `ada:$apr1$${s}\n`,
  haproxy: (s) => `user ada insecure-password ${s}\n`,
  wifi: (s) => `network={\n ssid="home"\n psk="${s}"\n}`,
  toml: (s) => `[auth]\ntoken = "${s}"\npassword = '''${s}'''\n`,
  'toml multi': (s) => `token = """\n${s}\n"""\n`,
  'hcl heredoc': (s) => `token = <<EOT\n${s}\nEOT\n`,
  edn: (s) => `{:token "${s}" :room "a"}`,
  lisp: (s) => `((token . "${s}") (room . "a"))`,
  json5: (s) => `{token: '${s}', /* c */ room: 'a',}`,
  jsonc: (s) => `{\n  // token\n  "token": "${s}", // x\n}`,
  'json with comment between': (s) => `{"a":1,/* c */"token":/* x */"${s}"}`,
  'json single quoted': (s) => `{'token':'${s}'}`,
  'json names in languages': (s) =>
    json({
      passwort: s,
      contraseña: s,
      senha: s,
      mot_de_passe: s,
      パスワード: s,
      пароль: s,
      密码: s,
      kennwort: s,
      jeton: s,
      令牌: s,
    }),
  'json array of creds': (s) => json({ tokens: [s, s], apiKeys: { a: s, b: s }, secrets: [{ id: 1, value: s }] }),
  'json secret by id map': (s) => json({ secrets: { livekit: s } }),
  'token as url path': (s) => `https://a.example/reset-password/${encodeURIComponent(s)}`,
  'telegram bot': (s) => `https://api.telegram.org/bot123456789:${encodeURIComponent(s)}/sendMessage`,
  'slack webhook': (s) => `https://hooks.slack.com/services/T00000000/B00000000/${encodeURIComponent(s)}`,
};

/** Shapes in which nothing but nearness tells, so that words, which could be anything, stay. */
export const loose: ReadonlySet<string> = new Set([
  'columns of vault',
  'JSON above in YAML',
  'headers copied from Chrome',
  'md table',
  'psql table',
  'mysql table',
  'htpasswd',
  'a secure string',
  'telegram bot',
  'slack webhook',
  'fiddler saz raw',
  'mitmproxy tnetstring',
  'postman apikey',
  'openapi example',
  'openapi json example',
  'json schema default',
  'playwright trace network',
  'selenium cookies',
  'cdp getAllCookies',
  'selenium repr unknown',
  'requests cookiejar repr',
  'cookie repr py',
  'tough cookie json',
  'document.cookie string unknown',
  'wget debug',
  'terraform',
  'tfvars',
  'git remote token user',
  'SDP',
  'xml nested in secret elem',
  'pusher auth',
  'ably key',
  'xml-rpc',
  'plist',
  'netscape spaces',
  'netscape indented',
  'php var_dump',
  'python bytes headers',
  'python tuple headers',
  'go map',
  'go http.Header',
  'yaml list under',
  'yaml nested value',
  'md table rows',
  'md code',
  'psql expanded',
  'html table th',
  'html table row',
  'html dl',
  'html textarea',
  'html label',
  'js setItem',
  'js new Map',
  'redis cli',
  'openssl pass',
  'edn',
  'lisp',
  'json array of creds',
  'json secret by id map',
  'token as url path',
  'telegram bot',
  'slack webhook',
]);
