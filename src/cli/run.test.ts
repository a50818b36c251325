import { createHmac, generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import jsonwebtoken from 'jsonwebtoken';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { planted, plantedSecrets } from '../../test/builders/reports.ts';
import { daily, jwt, now, unsecuredJwt } from '../../test/builders/tokens.ts';
import { roomkey } from '../../test/doubles/fake-terminal.ts';
import { rules } from '../engine/audit/rules/index.ts';
import type { Rule } from '../engine/audit/rules/rule.ts';
import type { Form } from '../engine/decode/forms/form.ts';
import { forms } from '../engine/decode/forms/index.ts';
import { sources } from '../engine/find/sources/index.ts';
import type { Source } from '../engine/find/sources/source.ts';
import { providers } from '../engine/recognise/providers/index.ts';
import type { Provider } from '../engine/recognise/providers/provider.ts';
import { formats } from '../engine/report/formats/index.ts';
import { commands } from './commands/index.ts';

const host = daily.host();
let folder = '';
let good = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'roomkey-run-'));
  chmodSync(folder, 0o755);
  good = file('good.txt', host);
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const cutHar = `{"log":{"entries":[{"request":{"url":"https://call.example/?t=${host}"}},{"request":{"url":"https://call`;

describe('an input that cannot be used gets one line and exit code 2, and the others are reported', () => {
  test.each<[string, () => string, RegExp]>([
    ['a missing file', () => join(folder, 'none.har'), /none\.har does not exist$/],
    ['an empty file', () => file('empty.har', ''), /empty\.har is empty$/],
    ['an empty folder', () => mkdtempSync(join(folder, 'void')), /void\w+ is an empty folder$/],
    [
      'a binary file',
      () => file('a.png', Buffer.from([0x89, 0x50, 0, 1, 2])),
      /a\.png is a binary file; its bytes were searched as text$/,
    ],
    [
      'a truncated HAR',
      () => file('cut.har', cutHar),
      /cut\.har is cut off in entry 2; what is there was read \(byte \d+\)$/,
    ],
    [
      'a HAR that is not JSON',
      () => file('bad.har', '{"log":{"entries":[{"a":1}} nonsense'),
      /bad\.har is not valid JSON after entry 1; what came before was read \(byte \d+\)$/,
    ],
    [
      'JSON that is none',
      () => file('bad.json', '{"a": 1,, "b": 2}'),
      /bad\.json is not valid JSON; it was searched as text \(byte 8\)$/,
    ],
    [
      'a truncated storage state',
      () => file('state.json', '{"cookies": [{"name": "a"'),
      /state\.json is not valid JSON; it was searched as text \(byte \d+\)$/,
    ],
    [
      'a truncated heap snapshot',
      () => file('a.heapsnapshot', '{"snapshot":{"meta":{}},"nodes":[1,2'),
      /a\.heapsnapshot is cut off; what came before was read/,
    ],
  ])('%s', async (_, make, line) => {
    const { code, out, complaints } = await roomkey(['scan', make(), good, '--format', 'json']);
    expect(code).toBe(2);
    expect(complaints).toEqual([expect.stringMatching(/^roomkey: /)]);
    expect(complaints[0]).toMatch(line);
    const report = JSON.parse(out);
    expect(
      report.tokens.some(({ sightings }: { sightings: { input: string }[] }) =>
        sightings.some(({ input }) => input === good),
      ),
    ).toBe(true);
    expect(report.inputs[0].problems[0].code).toMatch(/^input-/);
  });

  test('a folder without access', async () => {
    const closed = join(folder, 'closed');
    mkdirSync(closed, { recursive: true });
    file('closed/a.txt', host);
    chmodSync(closed, 0);
    // Root may read everything, so the test steps down for a moment.
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) process.seteuid?.(65_534);
    try {
      const { code, complaints, out } = await roomkey(['scan', closed, good]);
      expect([code, complaints]).toEqual([2, [`roomkey: ${closed} may not be read by this user`]]);
      expect(out).toContain('room standup');
    } finally {
      if (isRoot) process.seteuid?.(0);
      chmodSync(closed, 0o755);
    }
  });

  test('a cut-off recording still gives what is in it', async () => {
    const { out } = await roomkey(['scan', file('cut2.har', cutHar), '--format', 'json']);
    expect(JSON.parse(out)).toMatchObject({ summary: { tokens: 1, unreadableInputs: 0 } });
  });
});

describe('a command that cannot be carried out gets one line and exit code 2', () => {
  test.each<[string, string[], RegExp]>([
    ['an unknown command', ['scam', 'a'], /^roomkey: unknown command "scam"/],
    [
      'an unknown option',
      ['scan', 'a', '--formatt', 'x'],
      /^roomkey: unknown option '--formatt'.*roomkey scan --help$/,
    ],
    ['an option without its value', ['scan', 'a', '--now'], /^roomkey: option '--now <value>' argument missing/],
    ['no input', ['scan'], /needs a file, a folder or -/],
    [
      'an unknown format',
      ['scan', 'a', '--format', 'xml'],
      /unknown format "xml"; known are text, json, markdown, csv, html, sarif/,
    ],
    ['an unknown severity', ['scan', 'a', '--fail-on', 'bad'], /--fail-on takes critical/],
    ['a clock that is none', ['scan', 'a', '--now', 'noon'], /--now takes a time/],
    ['an unknown policy', ['scan', 'a', '--policy', 'lenient'], /the policy "lenient" is neither/],
    [
      'a missing expectation file',
      ['scan', 'a', '--expect', '/nonexistent.json'],
      /\/nonexistent\.json does not exist$/,
    ],
    ['text without a token', ['decode', 'hello'], /there is no token/],
    ['two tokens to decode', ['decode', 'a', 'b'], /takes one token/],
    ['no key', ['verify', host], /exactly one of --key/],
    ['an unset variable', ['verify', host, '--secret-env', 'NOPE'], /NOPE is not set/],
    ['a list in an unknown format', ['rules', '--format', 'xml'], /takes text or json/],
    ['nothing to redact', ['redact'], /needs one file/],
    ['a missing file to redact', ['redact', '/nonexistent'], /\/nonexistent does not exist/],
  ])('%s', async (_, args, line) => {
    const { code, out, complaints } = await roomkey(args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(complaints).toHaveLength(1);
    expect(complaints[0]).toMatch(line);
    expect(complaints[0]).not.toContain('\n');
  });

  test('an unreadable expectation names the file and the member', async () => {
    const expectations = file('wrong.json', '{"expect": [{"name": "x", "none": {"rooms": 1}}]}');
    const empty = file('nothing.json', '{"steps":[{"name":"x","open":"/","expect":[]}]}');
    expect(await roomkey(['scan', good, '--expect', empty])).toMatchObject({
      code: 2,
      complaints: [expect.stringMatching(/nothing\.json: nothing is expected, which would hold whatever is found$/)],
    });
    const { code, complaints } = await roomkey(['scan', good, '--expect', expectations]);
    expect([code, complaints]).toEqual([
      2,
      [`roomkey: ${expectations}: expect[0].none.rooms is not known (line 1, column 36).`],
    ]);
  });

  test('every mistake in a policy file is named, with its place', async () => {
    const policy = file('policy.json', '{"extends": "strict", "lifetime": {},\n "off": ["no-such-rule"]}');
    const { code, complaints } = await roomkey(['scan', good, '--policy', policy]);
    expect(code).toBe(2);
    expect(complaints).toEqual([
      expect.stringMatching(/^roomkey: \S+policy\.json: \$\.lifetime is not known; .*\(line 1, column 23\)\.$/),
      `roomkey: ${policy}: $.off[0] is no rule of this version (line 2, column 10).`,
    ]);
  });
});

describe('scan', () => {
  test('exits with 0 or 1 by the severity of what it finds', async () => {
    const state = file(
      's.json',
      JSON.stringify({
        cookies: [],
        origins: [
          {
            origin: 'https://call.example',
            localStorage: [{ name: 'a', value: jwt({ r: 'standup', d: daily.domain, o: true }) }],
          },
        ],
      }),
    );
    const { out } = await roomkey(['scan', state, '--format', 'json', '--fail-on', 'never']);
    const { summary } = JSON.parse(out);
    for (const severity of ['critical', 'high', 'medium', 'low', 'info']) {
      const { code } = await roomkey(['scan', state, '--quiet', '--fail-on', severity]);
      const order = ['critical', 'high', 'medium', 'low', 'info'];
      const reached = order.slice(0, order.indexOf(severity) + 1).some((one) => summary[one] > 0);
      expect([severity, code]).toEqual([severity, reached ? 1 : 0]);
    }
    expect((await roomkey(['scan', state, '--quiet', '--fail-on', 'never'])).code).toBe(0);
  });

  test('checks expectations', async () => {
    const held = file('held.json', '{"expect": [{"name": "one host", "count": 1, "tokens": {"role": "host"}}]}');
    const failed = file('failed.json', '{"expect": [{"name": "guests only", "none": {"role": "host"}}]}');
    expect((await roomkey(['scan', good, '--fail-on', 'never', '--expect', held])).code).toBe(0);
    const { code, out } = await roomkey(['scan', good, '--fail-on', 'never', '--expect', failed, '--format', 'json']);
    expect(code).toBe(1);
    expect(JSON.parse(out).expectations).toEqual([
      {
        name: 'guests only',
        held: false,
        says: expect.stringMatching(/^expected no host token, found one in .*good\.txt: Daily, room standup, owner\.$/),
      },
    ]);
  });

  test.each(['text', 'json', 'markdown', 'html', 'sarif', 'csv'])(
    'an expectation about what nobody looked at fails, and %s says so in its own words',
    async (format) => {
      const name = 'guests only on their page';
      const listOf = (one: object) => JSON.stringify({ expect: [{ name, none: { role: 'server' }, ...one }] });
      const unchecked = [
        [{ where: { origin: 'https://nowhere.example' } }, 'nothing of https://nowhere.example was looked at'],
        [{ on: 'https://call.example/guest/*' }, 'no page like https://call.example/guest/* was looked at'],
        [{ where: { input: 'other.har' } }, 'nothing in input other.har was looked at'],
        [{ every: { role: 'viewer' }, have: { room: 'a' } }, 'no viewer token was seen'],
      ] as const;
      for (const [one, says] of unchecked) {
        const list = file('unchecked.json', listOf(one));
        const args = ['scan', good, '--fail-on', 'never', '--expect', list, '--format', format];
        const { code, out } = await roomkey(args);
        expect(code).toBe(1);
        const said = out.replaceAll('\\', '').replaceAll('&#58;', ':').replace(/\s+/g, ' ');
        // A table of tokens tells of nothing else.
        if (format !== 'csv') expect(said).toContain(says);
        if (format === 'json') expect(JSON.parse(out).expectations).toMatchObject([{ name, held: null }]);
        if (format === 'text') expect(said).toContain(`NOT CHECKED ${name}: ${says}`);
        if (format === 'html') expect(said).toContain(`not checked</span> ${name}: ${says}`);
        if (format === 'markdown') expect(said).toContain(`- [ ] ${name}: not checked: ${says}`);
        if (format === 'sarif')
          expect(JSON.parse(out).runs[0].results.at(-1)).toMatchObject({
            ruleId: 'expectation-not-checked',
            level: 'error',
            message: { text: `${name}: not checked: ${says}.` },
          });
      }
    },
  );

  describe('a run of several steps', () => {
    const entry = (pageref: string, url: string, token: string, response: object = { status: 200 }) => ({
      pageref,
      startedDateTime: new Date(now * 1000).toISOString(),
      request: { method: 'GET', url, headers: [{ name: 'Authorization', value: `Bearer ${token}` }] },
      response,
    });
    const origin = 'https://call.example';
    const page = (id: string, path: string) => ({ id, title: origin + path, startedDateTime: '2026-11-20T12:00:00Z' });
    const noHost = { name: 'no host token', none: { role: ['host', 'server'] } };
    const steps = [
      {
        name: 'the host’s page',
        open: '/host/standup',
        expect: [{ name: 'one host', count: 1, tokens: { role: 'host' } }],
      },
      { name: 'the guest’s page', open: `${origin}/guest/standup`, expect: [noHost] },
      { name: 'after logout', action: 'log out', expect: [noHost] },
    ];
    const walk = (guestToken: string, guestAnswer?: object) =>
      file(
        'walk.har',
        JSON.stringify({
          log: {
            pages: [page('a', '/host/standup'), page('b', '/guest/standup')],
            entries: [
              entry('a', `${origin}/host/standup`, host),
              entry('a', `${origin}/api`, host),
              entry('b', `${origin}/guest/standup`, guestToken, guestAnswer),
              entry('b', `${origin}/api`, guestToken),
            ],
          },
        }),
      );
    const ran = async (har: string, list: object[], format = 'json') => {
      const args = ['scan', har, '--expect', file('run.json', JSON.stringify({ steps: list })), '--fail-on', 'never'];
      return roomkey([...args, '--format', format]);
    };
    const guest = daily.guest();

    test('that open pages holds, fails for what another page does not have, and is not shown where a page led elsewhere', async () => {
      const open = steps.slice(0, 2);
      const good = await ran(walk(guest), open);
      expect(JSON.parse(good.out).expectations).toMatchObject([
        { step: 'the host’s page', name: 'one host', held: true },
        { step: 'the guest’s page', name: 'no host token', held: true },
      ]);
      expect(good.code).toBe(0);
      const leaked = await ran(walk(host), open);
      expect(leaked.code).toBe(1);
      expect(JSON.parse(leaked.out).expectations.map(({ held }: { held: unknown }) => held)).toEqual([true, false]);
      const led = await ran(walk(guest, { status: 302, redirectURL: '/login' }), open);
      expect(led.code).toBe(1);
      expect(JSON.parse(led.out).expectations[1]).toMatchObject({
        held: null,
        says: 'not checked: the page https://call.example/guest/standup was not looked at.',
      });
    });

    test.each(['text', 'markdown', 'html', 'sarif', 'junit'])(
      'where something was done before, nothing is shown, and %s says so with the name of the step',
      async (format) => {
        const { code, out } = await ran(walk(guest), steps, format);
        expect(code).toBe(1);
        const said = out.replaceAll('\\', '').replaceAll('&#34;', '"').replaceAll('&quot;', '"').replace(/\s+/g, ' ');
        expect(said).toContain('nothing shows what was there after "log out"');
        if (format === 'junit')
          expect(said).toMatch(/<testsuite name="after logout" tests="1" failures="0" errors="1"/);
        else expect(said).toContain('after logout: no host token');
      },
    );
  });

  test('expectations about pages and places that were looked at are checked, though no token lies there', async () => {
    const state = file(
      'empty-state.json',
      JSON.stringify({ cookies: [], origins: [{ origin: 'https://call.example', localStorage: [] }] }),
    );
    const list = file(
      'places.json',
      JSON.stringify({
        expect: [
          { name: 'a', where: { origin: 'https://call.example' }, none: { role: 'host' } },
          { name: 'b', where: { origin: 'https://call.example', source: 'local-storage' }, count: 0 },
          { name: 'c', where: { input: { like: '*good.txt' } }, count: 1 },
          { name: 'd', where: { input: { like: '*empty-state.json' } }, none: {} },
        ],
      }),
    );
    const args = ['scan', state, good, '--fail-on', 'never', '--expect', list, '--format', 'json'];
    const { code, out } = await roomkey(args);
    const report = JSON.parse(out);
    expect(report.expectations.map(({ held, says }: { held: boolean; says: string }) => [held, says])).toEqual(
      Array.from({ length: 4 }, () => [true, expect.stringMatching(/^As expected/)]),
    );
    expect(code).toBe(0);
    expect(report.inputs.map(({ origins }: { origins: string[] }) => origins)).toEqual([['https://call.example'], []]);
  });

  test('judges by the clock and the policy given', async () => {
    const at = async (...args: string[]) =>
      JSON.parse((await roomkey(['scan', good, '--format', 'json', ...args])).out);
    expect((await at('--now', String(now + 86_400))).tokens[0].times.status).toBe('expired');
    expect((await at('--now', '2026-11-20T12:00:00Z')).now).toBe(now);
    expect((await at('--policy', 'strict')).policy).toBe('strict');
    expect((await at('--policy', file('own.json', '{"extends": "relaxed", "name": "our calls"}'))).policy).toBe(
      'our calls',
    );
  });

  describe('a recording of another day', () => {
    const then = now - 7 * 86_400;
    const token = daily.guest({ iat: then - 60, exp: then + 3600 });
    const recording = (at: number) =>
      JSON.stringify({
        log: {
          entries: [
            {
              startedDateTime: new Date(at * 1000).toISOString(),
              time: 2000,
              request: { method: 'GET', url: `https://call.example/?t=${token}`, headers: [] },
              response: { status: 200, headers: [], content: {} },
            },
          ],
        },
      });
    const scanned = async (input: string, ...args: string[]) => {
      const { code, out, complaints } = await roomkey(['scan', '-', '--format', 'json', ...args], input);
      return { code, complaints, report: JSON.parse(out) };
    };

    test('is judged by the clock of today, and a line says so', async () => {
      const { report, complaints } = await scanned(recording(then));
      expect(report).toMatchObject({
        now,
        inputs: [{ recordedAt: then + 2 }],
        tokens: [{ times: { status: 'expired' } }],
      });
      expect(complaints).toEqual(['roomkey: Recorded 2026-11-13; judged now. --now recorded judges it as of then.']);
    });

    test('is judged as of when it was made with --now recorded, without a word', async () => {
      const { report, complaints } = await scanned(recording(then), '--now', 'recorded');
      expect(report).toMatchObject({ now: then + 2, tokens: [{ times: { status: 'active' } }] });
      expect(complaints).toEqual([]);
    });

    test('of today, and a clock that is given, need no line', async () => {
      expect((await scanned(recording(now - 60))).complaints).toEqual([]);
      expect((await scanned(recording(then), '--now', String(now))).complaints).toEqual([]);
    });

    test('that does not tell when it was made is judged now, and with --now recorded that is said', async () => {
      expect((await scanned(token)).complaints).toEqual([]);
      const { report, complaints } = await scanned(token, '--now', 'recorded');
      expect(report).toMatchObject({ now, inputs: [{ recordedAt: null }] });
      expect(complaints).toEqual(['roomkey: Nothing that was read tells when it was recorded; judged now.']);
    });
  });

  test.each(formats.map(({ id }) => id))('prints nothing usable as %s, to the terminal or a file', async (id) => {
    const input = file('planted.txt', Object.values(planted).join('\n'));
    const output = join(folder, `report.${id}`);
    const { out } = await roomkey(['scan', input, '--format', id]);
    const saved = await roomkey(['scan', input, '--format', id, '--output', output]);
    expect(saved.out).toBe('');
    for (const text of [out, readFileSync(output, 'utf8')]) {
      expect(text.length).toBeGreaterThan(100);
      for (const secret of plantedSecrets) expect(text).not.toContain(secret);
    }
    const whole = await roomkey(['scan', input, '--format', id, '--reveal']);
    const isShown = id !== 'html' && id !== 'markdown' && !formats.find((one) => one.id === id)?.isWithoutTokens;
    if (isShown) expect(whole.out).toContain(planted.guest.slice(0, 60));
  });
});

describe('decode', () => {
  test('explains claims in words, and hides the token', async () => {
    const { code, out } = await roomkey(['decode', '-'], `Authorization: Bearer ${host}\n`);
    expect(code).toBe(0);
    expect(out).toMatch(/^ {2}exp +1795179600 {2}2026-11-20 13:00:00 UTC$/m);
    expect(out).toMatch(/^ {2}alg +"HS256"\n +How \S+/m);
    expect(out).toMatch(/Daily, meeting token, room standup, host \(owner\)/);
    expect(out).not.toContain(host.split('.')[2]);
  });

  test('prints JSON, and the token whole when told to', async () => {
    const { out } = await roomkey(['decode', host, '--format', 'json', '--reveal']);
    expect(JSON.parse(out).tokens[0].token).toBe(host);
  });
});

describe('verify', () => {
  const secret = 'a-shared-secret-of-more-than-thirty-two-bytes';
  const signed = jwt({ sub: '1', exp: now + 60 }, {}, secret);
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = publicKey.export({ type: 'spki', format: 'pem' }) as string;
  const rsa = jsonwebtoken.sign({ sub: '1' }, privateKey, { algorithm: 'RS256', keyid: 'k1' });

  test.each<[string, string, Record<string, string>, string[], number]>([
    ['the right secret', signed, { S: secret }, ['--secret-env', 'S'], 0],
    [
      'the right secret in base64url',
      signed,
      { S: Buffer.from(secret).toString('base64url') },
      ['--secret-env', 'S', '--secret-encoding', 'base64url'],
      0,
    ],
    ['a wrong secret', signed, { S: `${secret}!` }, ['--secret-env', 'S'], 1],
    ['a changed token', signed.replace(/.{5}$/, 'AAAAA'), { S: secret }, ['--secret-env', 'S'], 1],
    ['the right public key', rsa, { K: pem }, ['--key-env', 'K'], 0],
    ['another algorithm than asked for', rsa, { K: pem }, ['--key-env', 'K', '--alg', 'ES256'], 1],
    ['a JWK', rsa, { K: JSON.stringify(publicKey.export({ format: 'jwk' })) }, ['--key-env', 'K'], 0],
    [
      'a key set',
      rsa,
      {
        K: JSON.stringify({
          keys: [
            { ...publicKey.export({ format: 'jwk' }), kid: 'k0' },
            { ...publicKey.export({ format: 'jwk' }), kid: 'k1' },
          ],
        }),
      },
      ['--key-env', 'K'],
      0,
    ],
    [
      'a key set without the key',
      rsa,
      { K: JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k0' }] }) },
      ['--key-env', 'K'],
      2,
    ],
    ['a public key for HMAC', signed, { K: pem }, ['--key-env', 'K'], 2],
    ['a public key given as a secret', rsa, { K: pem }, ['--secret-env', 'K'], 2],
    ['an unsecured token', unsecuredJwt({ sub: '1' }), { S: secret }, ['--secret-env', 'S'], 2],
  ])('%s', async (_, token, env, args, expected) => {
    const { code, out, complaints } = await roomkey(['verify', token, ...args], '', env);
    expect([code, complaints.length]).toEqual([expected, expected === 2 ? 1 : 0]);
    expect(out + complaints.join()).not.toContain(token.split('.')[2] || 'nothing');
    if (expected === 0) expect(out).toMatch(/^The signature is right\. /);
    if (expected === 1) expect(out).toMatch(/^The (?:signature is wrong|token is signed with another)/);
  });

  test('takes keys from files, and says when one is missing or broken', async () => {
    expect((await roomkey(['verify', rsa, '--key', file('key.pem', pem)])).code).toBe(0);
    expect((await roomkey(['verify', signed, '--secret-file', file('secret', `${secret}\n`)])).code).toBe(0);
    const broken = await roomkey(['verify', rsa, '--key', file('broken.pem', '-----BEGIN PUBLIC KEY-----\nx\n')]);
    expect(broken.complaints).toEqual([expect.stringContaining('without its END line')]);
    expect((await roomkey(['verify', rsa, '--key', '/nonexistent'])).complaints).toEqual([
      'roomkey: /nonexistent does not exist',
    ]);
  });

  test('an OpenTok T1 token by the API secret', async () => {
    const data = `session_id=1_MX40NTgyfn4xNzk1MTc2MDAwMDAwfn4&create_time=${now}&role=publisher&nonce=1`;
    const sig = createHmac('sha1', secret).update(data).digest('hex');
    const token = `T1==${Buffer.from(`partner_id=4582&sig=${sig}:${data}`).toString('base64')}`;
    expect((await roomkey(['verify', token, '--secret-env', 'S'], '', { S: secret })).code).toBe(0);
    expect((await roomkey(['verify', token, '--secret-env', 'S'], '', { S: 'other' })).code).toBe(1);
  });
});

describe('rules and providers', () => {
  test('list all there is, as a table and as JSON', async () => {
    for (const [command, all] of [
      ['rules', rules],
      ['providers', providers],
    ] as const) {
      const table = await roomkey([command]);
      for (const { id } of all) expect(table.out).toMatch(new RegExp(`^${id} `, 'm'));
      const { out } = await roomkey([command, '--format', 'json']);
      expect(JSON.parse(out).map(({ id }: { id: string }) => id)).toEqual(all.map(({ id }) => id));
    }
  });
});

describe('help', () => {
  test('teaches every command by example', async () => {
    for (const { id, help: given } of commands) {
      const help = typeof given === 'string' ? given : await given();
      const { code, out } = await roomkey([id, '--help']);
      expect([code, out]).toEqual([0, help]);
      expect(out).toMatch(/\nExamples\n {2}.*roomkey/);
      expect(await roomkey(['help', id])).toMatchObject({ code: 0, out: help });
      for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(120);
    }
  });

  test('lists the commands, and the version', async () => {
    const { code, out } = await roomkey(['--help']);
    expect(code).toBe(0);
    for (const { usage } of commands) expect(out).toContain(`roomkey ${usage}`);
    expect((await roomkey([])).code).toBe(2);
    expect((await roomkey(['--version'])).out).toMatch(/^roomkey \d+\.\d+\.\d+\n$/);
  });
});

describe('a part of the program that fails is a failure, not a result', () => {
  const quoting = () => {
    throw new RangeError(host);
  };
  const onlyLine = ({ code, complaints }: { code: number; complaints: string[] }, part: string) => {
    expect([code, complaints]).toEqual([2, [expect.stringContaining(`roomkey: A part of Roomkey failed: ${part}`)]]);
    expect(complaints.join()).not.toContain(host.slice(20, 60));
  };
  afterEach(() => {
    vi.restoreAllMocks();
  });

  describe.each(formats.map((format) => [format.id, format] as const))('the format %s', (id, format) => {
    test.each([0, 1])('in scan, with %i findings', async (findings) => {
      vi.spyOn(format, 'write').mockImplementation(quoting);
      const path = file('judged.txt', findings > 0 ? unsecuredJwt({ sub: 'a' }) : host);
      const ran = await roomkey(['scan', path, '--format', id]);
      expect(ran.out).toBe('');
      onlyLine(ran, `the format "${id}"`);
    });

    test('in decode', async () => {
      vi.spyOn(format, 'write').mockImplementation(quoting);
      onlyLine(await roomkey(['decode', '-', '--format', id], host), `the format "${id}"`);
    });

    test('and a report of an earlier run is not emptied', async () => {
      vi.spyOn(format, 'write').mockImplementation(quoting);
      const output = file('earlier', 'an earlier report');
      onlyLine(await roomkey(['scan', good, '--format', id, '--output', output]), `the format "${id}"`);
      expect(readFileSync(output, 'utf8')).toBe('an earlier report');
    });
  });

  test('an explanation, and the report stands', async () => {
    // What is read by one rule, too, and otherwise by the explanation alone.
    vi.spyOn(providers.find(({ id }) => id === 'daily') as Provider, 'claims', 'get').mockImplementation(quoting);
    const ran = await roomkey(['decode', '-'], host);
    onlyLine({ ...ran, complaints: ran.complaints.slice(-1) }, 'the view "explanation"');
    expect(ran.out).toContain('room standup');
  });

  test.each([['scan'], ['scan', '--quiet'], ['decode']])('a rule: %s %s', async (...args) => {
    vi.spyOn(rules.find(({ judges }) => judges === 'token') as Rule, 'check').mockImplementation(quoting);
    onlyLine(await roomkey([...args, '-'], host), 'the rule "');
  });

  test.each(['scan', 'decode'])('a platform: %s', async (command) => {
    vi.spyOn(providers.find(({ id }) => id === 'daily') as Provider, 'facts').mockImplementation(quoting);
    onlyLine(await roomkey([command, '-'], host), 'the provider "daily"');
  });

  test.each(['scan', 'decode'])('a form: %s', async (command) => {
    vi.spyOn(forms.find(({ id }) => id === 'jws') as Form, 'read').mockImplementation(quoting);
    onlyLine(
      await roomkey([command, '-', ...(command === 'scan' ? ['--fail-on', 'never'] : [])], host),
      'the form "jws"',
    );
  });

  test.each(['scan', 'decode'])('the search: %s', async (command) => {
    vi.spyOn(sources.find(({ id }) => id === 'text') as Source, 'snippets').mockImplementation(quoting);
    onlyLine(await roomkey([command, '-'], host), 'the source "text"');
  });
});
