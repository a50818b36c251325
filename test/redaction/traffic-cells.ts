const json = JSON.stringify;
const base64 = (text: string) => Buffer.from(text).toString('base64');
const sized = (text: string) => `${text.length}:${text}`;

/** A flow of mitmproxy. */
const flow = (part: string, members: string) => `${sized(`7:version;2:20#${sized(part)};${sized(members)}}`)}}`;
const headers = (name: string, value: string) => `7:headers;${sized(`${sized(`${sized(name)},${sized(value)},`)}]`)}]`;

/** Traffic as tools write it, each with a secret in it. */
export function trafficCells(secret: string): Record<string, string> {
  return {
    'burp cookie plain': `<items burpVersion="1"><item><request base64="false"><![CDATA[GET / HTTP/1.1\r\nHost: a.example\r\nCookie: theme=dark; sid=${secret}\r\n\r\n]]></request></item></items>`,
    'burp body': `<items burpVersion="1"><item><request base64="true"><![CDATA[${base64(`POST / HTTP/1.1\r\nHost: a.example\r\nContent-Type: application/json\r\n\r\n{"password":"${secret}"}`)}]]></request></item></items>`,
    'burp url': `<items burpVersion="1"><item><url><![CDATA[https://a.example/?token=${secret}]]></url><path><![CDATA[/?token=${secret}]]></path></item></items>`,
    'curl -v header': `* Connected to a.example (192.0.2.1) port 443\n> GET / HTTP/2\n> Host: a.example\n> X-Api-Key: ${secret}\n> \n< HTTP/2 200 \n< \n{}`,
    'curl -v auth': `* Connected to a.example (192.0.2.1) port 443\n> GET / HTTP/2\n> Host: a.example\n> Authorization: Bearer ${secret}\n> \n< HTTP/2 200 \n< \n{}`,
    'curl -v cookie': `* Connected to a.example (192.0.2.1) port 443\n> GET / HTTP/2\n> Host: a.example\n> Cookie: qx=${secret}; theme=dark\n> \n< HTTP/2 200 \n< \n{}`,
    'curl -v set-cookie': `* Connected to a.example (192.0.2.1) port 443\n> GET / HTTP/2\n> Host: a.example\n> \n< HTTP/2 200 \n< set-cookie: qx=${secret}; Path=/\n< \n{}`,
    'curl -v added cookie': `* Added cookie qx="${secret}" for domain a.example, path /, expire 0\n> GET / HTTP/2\n> Host: a.example\n> \n< HTTP/2 200 \n< \n{}`,
    'curl -v h2 note': `* [HTTP/2] [1] [authorization: Bearer ${secret}]\n> GET / HTTP/2\n> Host: a.example\n> \n`,
    'curl -v h2 cookie note': `* [HTTP/2] [1] [cookie: qx=${secret}]\n> GET / HTTP/2\n> Host: a.example\n> \n`,
    'curl -v timed': `12:00:01.123456 > GET / HTTP/2\n12:00:01.123456 > Host: a.example\n12:00:01.123456 > Cookie: qx=${secret}\n12:00:01.123456 > X-Api-Key: ${secret}\n`,
    'curl -iL set-cookie': `HTTP/1.1 302 Found\r\nSet-Cookie: qx=${secret}; Path=/\r\nLocation: /a?token=${secret}\r\n\r\nHTTP/1.1 200 OK\r\nSet-Cookie: qx=${secret}\r\n\r\n{"access_token":"${secret}"}`,
    'curl -b': `curl 'https://a.example/' -b 'qx=${secret}; theme=dark' --data-raw 'password=${secret}'`,
    'curl -F': `curl https://a.example/ -F 'password=${secret}'`,
    'curl -d': `curl https://a.example/ -d user=ada -d password=${secret}`,
    'curl --json': `curl https://a.example/ --json '{"password":"${secret}"}'`,
    'curl -u': `curl -u 'ada:${secret}' https://a.example/`,
    'curl urlenc': `curl -G https://a.example/ --data-urlencode 'token=${secret}'`,
    'curl cmd cookie': `curl ^"https://a.example/^" ^\r\n  -b ^"theme=dark; qx=${secret}^" ^\r\n  --data-raw ^"^{^\\^"password^\\^":^\\^"${secret}^\\^"^}^"`,
    'curl.exe ff': `curl.exe "https://a.example/" -H "Cookie: qx=${secret}" --data-raw "{""password"":""${secret}""}"`,
    'fetch cookie': `fetch("https://a.example/", {\n  "headers": {\n    "cookie": "theme=dark; qx=${secret}"\n  },\n  "body": "{\\"password\\":\\"${secret}\\"}",\n  "method": "POST"\n});`,
    'powershell cookie': `$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession\n$session.Cookies.Add((New-Object System.Net.Cookie("qx", "${secret}", "/", "a.example")))\nInvoke-WebRequest -Uri "https://a.example/" -Headers @{\n"x-api-key"="${secret}"\n}`,
    'powershell body': `Invoke-WebRequest -Uri "https://a.example/" \`\n-Body "{\`"password\`":\`"${secret}\`"}"`,
    'powershell body bytes': `Invoke-WebRequest -Uri "https://a.example/" \`\n-Body ([System.Text.Encoding]::UTF8.GetBytes("{\`"password\`":\`"${secret}\`"}"))`,
    'zap cookie': `==== 1 ==========\nGET https://a.example/ HTTP/1.1\nCookie: qx=${secret}\nX-Api-Key: ${secret}\n\n`,
    'zap report': `<OWASPZAPReport><site name="https://a.example"><instance><uri>https://a.example/?token=${secret}</uri><requestheader>GET / HTTP/1.1&#xd;\nCookie: qx=${secret}</requestheader></instance></site></OWASPZAPReport>`,
    'mitm header': flow('request', headers('X-Api-Key', secret)),
    'mitm cookie': flow('request', headers('Cookie', `qx=${secret}`)),
    'mitm set-cookie': flow('response', headers('set-cookie', `qx=${secret}; Path=/`)),
    'mitm path': flow('request', `4:path;${sized(`/a?token=${secret}`)},`),
    'mitm body': flow('request', `7:content;${sized(json({ password: secret }))},`),
    'mitm form': flow('request', `7:content;${sized(`user=ada&password=${secret}`)},`),
    'postman header': json({
      info: { _postman_id: 'a' },
      item: [
        {
          request: { header: [{ key: 'X-Api-Key', value: secret, type: 'text' }], url: { raw: 'https://a.example/' } },
        },
      ],
    }),
    'postman header value first': json({
      info: { _postman_id: 'a' },
      item: [{ request: { header: [{ value: secret, key: 'X-Api-Key' }], url: { raw: 'https://a.example/' } } }],
    }),
    'postman cookie': json({
      info: { _postman_id: 'a' },
      item: [{ request: { header: [{ key: 'Cookie', value: `qx=${secret}` }], url: { raw: 'https://a.example/' } } }],
    }),
    'postman auth': json({
      info: { _postman_id: 'a' },
      item: [{ request: { auth: { type: 'bearer', bearer: [{ key: 'token', value: secret, type: 'string' }] } } }],
    }),
    'postman basic': json({
      info: { _postman_id: 'a' },
      item: [
        {
          request: {
            auth: {
              type: 'basic',
              basic: [
                { key: 'password', value: secret, type: 'string' },
                { key: 'username', value: 'ada', type: 'string' },
              ],
            },
          },
        },
      ],
    }),
    'postman apikey': json({
      info: { _postman_id: 'a' },
      item: [
        {
          request: {
            auth: {
              type: 'apikey',
              apikey: [
                { key: 'value', value: secret, type: 'string' },
                { key: 'key', value: 'X-Api-Key', type: 'string' },
              ],
            },
          },
        },
      ],
    }),
    'postman body': json({
      info: { _postman_id: 'a' },
      item: [{ request: { body: { mode: 'raw', raw: json({ password: secret }) } } }],
    }),
    'postman form': json({
      info: { _postman_id: 'a' },
      item: [{ request: { body: { mode: 'urlencoded', urlencoded: [{ key: 'password', value: secret }] } } }],
    }),
    'postman query': json({
      info: { _postman_id: 'a' },
      item: [
        { request: { url: { raw: `https://a.example/?token=${secret}`, query: [{ key: 'token', value: secret }] } } },
      ],
    }),
    'postman env': json({
      id: 'a',
      values: [{ key: 'password', value: secret, type: 'secret', enabled: true }],
      _postman_variable_scope: 'environment',
    }),
    'postman env secret of any name': json({
      id: 'a',
      values: [{ key: 'qx', value: secret, type: 'secret', enabled: true }],
      _postman_variable_scope: 'environment',
    }),
    'postman saved cookie': json({
      info: { _postman_id: 'a' },
      item: [
        {
          response: [
            {
              cookie: [{ key: 'qx', value: secret, path: '/', domain: 'a.example' }],
              header: [{ key: 'Set-Cookie', value: `qx=${secret}; Path=/` }],
            },
          ],
        },
      ],
    }),
    'insomnia header': json({
      _type: 'export',
      __export_format: 4,
      resources: [
        {
          url: 'https://a.example',
          headers: [{ name: 'X-Api-Key', value: secret }],
          authentication: { type: 'bearer', token: secret },
        },
      ],
    }),
    'insomnia basic': json({
      _type: 'export',
      __export_format: 4,
      resources: [{ url: 'https://a.example', authentication: { type: 'basic', username: 'ada', password: secret } }],
    }),
    'insomnia apikey': json({
      _type: 'export',
      __export_format: 4,
      resources: [{ url: 'https://a.example', authentication: { type: 'apikey', key: 'X-Api-Key', value: secret } }],
    }),
    'insomnia cookie jar': json({
      _type: 'export',
      __export_format: 4,
      resources: [
        { _type: 'cookie_jar', cookies: [{ key: 'qx', value: secret, domain: 'a.example', path: '/', id: '1' }] },
      ],
    }),
    'insomnia env': json({
      _type: 'export',
      __export_format: 4,
      resources: [{ _type: 'environment', data: { access_token: secret } }],
    }),
    'insomnia yaml header': `type: collection.insomnia.rest/5.0\ncollection:\n  - url: https://a.example\n    headers:\n      - name: X-Api-Key\n        value: ${secret}\n`,
    'insomnia yaml auth': `type: collection.insomnia.rest/5.0\ncollection:\n  - url: https://a.example\n    authentication:\n      type: bearer\n      token: ${secret}\n      password: "${secret}"\n`,
    'insomnia yaml cookie': `type: collection.insomnia.rest/5.0\ncookieJar:\n  cookies:\n    - key: qx\n      value: ${secret}\n      domain: a.example\n      path: /\n`,
    'insomnia yaml body': `type: collection.insomnia.rest/5.0\ncollection:\n  - url: https://a.example\n    body:\n      mimeType: application/json\n      text: |-\n        {\n          "password": "${secret}"\n        }\n`,
    'netlog cookie': `{"constants":{"logEventTypes":{}},\n"events": [\n${json({ params: { headers: [`Cookie: qx=${secret}`, `X-Api-Key: ${secret}`, `Authorization: Bearer ${secret}`] }, source: { id: 1 } })},\n]}`,
    'netlog h2': `{"constants":{"logEventTypes":{}},\n"events": [\n${json({ params: { headers: [`:path: /?token=${secret}`, `cookie: qx=${secret}`, `set-cookie: qx=${secret}; path=/`] }, source: { id: 1 } })},\n]}`,
    'netlog bytes': `{"constants":{"logEventTypes":{}},\n"events": [\n${json({ params: { byte_count: 40, bytes: base64(`GET / HTTP/1.1\r\nCookie: qx=${secret}\r\nX-Api-Key: ${secret}\r\n\r\n`) }, source: { id: 1 } })},\n]}`,
    'http file': `### a\nGET https://a.example/?token=${secret}\nX-Api-Key: ${secret}\nCookie: qx=${secret}\n\n{"password":"${secret}"}\n`,
    'http file var': `@token = ${secret}\n@password=${secret}\n\nGET https://a.example/\nAuthorization: Bearer {{token}}\n`,
  };
}
