import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { daily } from '../../test/builders/tokens.ts';
import { isWhole } from '../../test/sampled.ts';

// The built command as a program of its own, with real files, pipes, devices and signals. Every test ends by itself, and
// fails by the runner's own limit where the command does not.
const root = resolve(import.meta.dirname, '../..');
const host = daily.host();
let folder = '';
let built = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'roomkey-ends-'));
  // Below node_modules, so that the command finds its dependencies.
  mkdirSync(join(root, 'node_modules/.cache'), { recursive: true });
  built = mkdtempSync(join(root, 'node_modules/.cache/roomkey-ends-'));
  const input = { run: join(root, 'src/cli/run.ts'), terminal: join(root, 'src/cli/terminal.ts') };
  await build({ root, mode: 'cli', logLevel: 'silent', build: { outDir: built, rollupOptions: { input } } });
}, 120_000);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  rmSync(built, { recursive: true, force: true });
}, 120_000);

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  mkdirSync(resolve(path, '..'), { recursive: true });
  writeFileSync(path, content);
  return path;
}

interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  out: string;
  lines: string[];
}

function start(command: string) {
  return spawn('bash', ['-c', command], {
    cwd: folder,
    env: { ...process.env, MAIN: join(built, 'main.js'), NODE: process.execPath, LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs a line of shell, in which `$R` is the command. */
function shell(line: string, signalAfter?: { text: string; signal: NodeJS.Signals }): Promise<Ended> {
  return new Promise((done) => {
    const child = start(line.replaceAll('$R', '"$NODE" "$MAIN"'));
    let out = '';
    let complaints = '';
    child.stdout.on('data', (data: Buffer) => {
      out += data.toString();
    });
    child.stderr.on('data', (data: Buffer) => {
      complaints += data.toString();
      if (signalAfter && complaints.includes(signalAfter.text)) child.kill(signalAfter.signal);
    });
    child.on('close', (code, signal) => {
      done({ code, signal, out, lines: complaints.split('\n').filter((one) => one !== '') });
    });
  });
}

const onlyLine = (ended: Ended, code: number, line: RegExp) => {
  expect(ended.lines).toEqual([expect.stringMatching(line)]);
  expect(ended.code).toBe(code);
};

describe('a folder', { timeout: 60_000 }, () => {
  test('with links in circles, pipes, sockets and devices is walked once, and ends', async () => {
    const tree = join(folder, 'tree');
    file('tree/a/token.txt', host);
    file('tree/z.txt', 'nothing');
    file('outside/more.txt', daily.guest());
    linkSync(join(tree, 'a/token.txt'), join(tree, 'a/hard.txt'));
    for (const [name, to] of Object.entries({
      self: '.',
      up: '../tree',
      parent: '..',
      loop: 'loop',
      first: 'second',
      second: 'first',
      dangling: 'nowhere',
      root: '/',
      chain: 'chained',
      chained: 'a',
      out: '../outside',
      zero: '/dev/zero',
      system: '/proc',
    })) {
      symlinkSync(to, join(tree, name));
    }
    symlinkSync('../..', join(tree, 'a/far'));
    execFileSync('mkfifo', [join(tree, 'pipe'), join(tree, 'pipe2')]);
    const server = createServer().listen(join(tree, 'socket'));
    const { code, out, lines } = await shell('$R scan tree --format json --fail-on never');
    server.close();
    expect(code).toBe(0);
    const { inputs, tokens, problems } = JSON.parse(out);
    expect(inputs.map(({ name }: { name: string }) => name)).toEqual([
      'tree/a/hard.txt',
      'tree/out/more.txt',
      'tree/z.txt',
    ]);
    expect(tokens.map(({ sightings }: { sightings: unknown[] }) => sightings.length)).toEqual([1, 1]);
    const remarks = [
      'passed over in folders: links to a folder around the one searched, 3 in all, the first tree/a/far',
      'passed over in folders: links that lead nowhere, 4 in all, the first tree/dangling',
      'passed over in folders: pipes, 2 in all, the first tree/pipe',
      'passed over in folders: sockets, 1 in all, the first tree/socket',
      'passed over in folders: system folders, 1 in all, the first tree/system',
      'passed over in folders: devices, 1 in all, the first tree/zero',
    ];
    expect([...lines].sort()).toEqual(remarks.map((one) => `roomkey: ${one}`).sort());
    expect(problems).toHaveLength(remarks.length);
  });

  test('deeper than a path may be long is read as far as it can be', async () => {
    file('deep/a.txt', host);
    // Each folder is entered, as no path to the last of them is short enough.
    const name = 'x'.repeat(250);
    await shell(`cd deep && for i in $(seq 24); do mkdir ${name} && cd ${name}; done; echo hello > b.txt`);
    const ended = await shell('$R scan deep --format json --fail-on never');
    onlyLine(ended, 2, /^roomkey: deep\/x.*x cannot be read \(ENAMETOOLONG\)$/);
    expect(JSON.parse(ended.out).tokens).toHaveLength(1);
    await shell('rm -rf deep');
  });

  test('with names of any bytes shows them on one line each, and reads the files', async () => {
    mkdirSync(join(folder, 'names'));
    const names = ['\u001b[2Jclear', 'new\nline', '\u202egpj', 'tag\u{e0041}'].map((one) => Buffer.from(one));
    for (const name of [...names, Buffer.from([0x6c, 0xe9])]) {
      writeFileSync(Buffer.concat([Buffer.from(`${folder}/names/`), name]), host);
    }
    const { out } = await shell('$R scan names');
    expect(out).toContain('\\u{1b}[2Jclear');
    expect(out).toContain('tag\\u{e0041}');
    expect(out).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
    expect(out.match(/names\//g)).toHaveLength(5);
  });

  test('of many files costs neither memory nor open files', async () => {
    // Twenty thousand where all is tried.
    for (let one = 0; one < (isWhole ? 200 : 40); one += 1) {
      mkdirSync(join(folder, `many/${one}`), { recursive: true });
      for (let two = 0; two < 100; two += 1) writeFileSync(join(folder, `many/${one}/${two}.txt`), `${one} ${two}\n`);
    }
    const watcher = file(
      'watcher.mjs',
      `import { readdirSync } from 'node:fs';
      let most = 0;
      setInterval(() => { most = Math.max(most, readdirSync('/proc/self/fd').length); }, 20).unref();
      process.on('exit', () => console.error(JSON.stringify({ most, kilobytes: process.resourceUsage().maxRSS })));`,
    );
    const { code, lines } = await shell(`"$NODE" --import ${watcher} "$MAIN" scan many --quiet`);
    const { most, kilobytes } = JSON.parse(lines[0] ?? '');
    expect(code).toBe(0);
    expect(most).toBeLessThan(60);
    expect(kilobytes).toBeLessThan(400_000);
  }, 120_000);
});

describe.runIf(process.platform === 'linux')('what has no end or no size', { timeout: 60_000 }, () => {
  let server: Server;

  beforeAll(async () => {
    file('any', 'nothing');
    file('hollow', '');
    file('binary', Buffer.from([0x7b, 0x00, 0xff, 0xfe, 0x80, 0x22]));
    file('cut.gz', gzipSync('words '.repeat(10_000)).subarray(0, -20));
    await shell('mkfifo silent; truncate -s 1G vast; touch closed.json; chmod 0 closed.json');
    chmodSync(folder, 0o755);
    chmodSync(built, 0o755);
    server = createServer().listen(join(folder, 'listening'));
  });
  afterAll(() => server?.close());

  // Side by side, since some wait for seconds until a pipe is given up.
  test.concurrent.each([
    [
      'an endless device',
      '$R scan /dev/zero',
      /^roomkey: \/dev\/zero has no end within 256 MB; what came before was read/,
    ],
    [
      'a pipe that nobody writes to',
      'mkfifo lonely; $R scan lonely',
      /^roomkey: lonely is a pipe that nobody writes to$/,
    ],
    [
      'a copy of a pipe nobody writes to',
      'mkfifo lonely3; $R redact lonely3',
      /lonely3 is a pipe that nobody writes to$/,
    ],
    ['a folder of the system', '$R scan /proc', /^roomkey: \/proc is a folder of the system$/],
    [
      'a policy from an endless device',
      '$R scan any --policy /dev/zero',
      /^roomkey: the policy \/dev\/zero has no end within 4 MB/,
    ],
    [
      'a policy from a pipe nobody writes to',
      'mkfifo lonely2; $R scan any --policy lonely2',
      /lonely2 is a pipe that nobody/,
    ],
    ['expectations from a folder', '$R scan any --expect .', /^roomkey: \. is a folder$/],
    ['expectations from an endless device', '$R scan any --expect /dev/urandom', /has no end within 4 MB/],
    [
      'a key from an endless device',
      `$R verify ${host} --key /dev/zero`,
      /^roomkey: \/dev\/zero has no end within 4 MB/,
    ],
    ['a token from an endless stream', 'yes | $R decode -', /^roomkey: standard input is larger than 64 MB$/],
    ['a full output', '$R rules > /dev/full', /^roomkey: standard output cannot be written \(ENOSPC\)$/],
    ['a full report', '$R scan any > /dev/full', /^roomkey: standard output cannot be written \(ENOSPC\)$/],
    ['a full file', '$R scan any --output /dev/full', /^roomkey: \/dev\/full cannot be written \(ENOSPC\)$/],
    ['standard input twice', 'echo x | $R scan - -', /^roomkey: standard input can be read only once$/],
    ['a gzipped file that is cut off', '$R scan cut.gz', /^roomkey: cut\.gz is cut off inside its compression/],
  ])('%s ends in one line and 2', async (_, line, complaint) => {
    onlyLine(await shell(line), 2, complaint);
  });

  // Every command that reads a small file, by the option that names it; all in one process, which ends by itself only where
  // none of them left anything waiting.
  const readers: Record<string, string[]> = {
    'scan --policy': ['scan', 'any', '--policy', 'FILE'],
    'scan --expect': ['scan', 'any', '--expect', 'FILE'],
    'decode --policy': ['decode', host, '--policy', 'FILE'],
    'verify --key': ['verify', host, '--key', 'FILE'],
    'verify --secret-file': ['verify', host, '--secret-file', 'FILE'],
    'proxy --config': ['proxy', '--config', 'FILE'],
    ROOMKEY_CONFIG: ['proxy'],
  };
  const moduleOf = (name: string) => JSON.stringify(pathToFileURL(join(built, name)).href);
  let all = '';
  // Once: a file that is written anew while another test's process loads it is empty for a moment, and an empty program ends with 0.
  beforeAll(() => {
    all = file(
      'readers.mjs',
      `import { run } from ${moduleOf('run.js')};
      import { processTerminal } from ${moduleOf('terminal.js')};
      const { env, argv } = process;
      const terminal = processTerminal();
      async function end([reader, args], at) {
        const name = argv[at + 2];
        const lines = [];
        const printed = [];
        const code = await run(args.map((arg) => (arg === 'FILE' ? name : arg)), {
          ...terminal,
          env: reader === 'ROOMKEY_CONFIG' ? { ...env, ROOMKEY_CONFIG: name } : env,
          print: (text) => printed.push(text),
          complain: (line) => lines.push(line),
        });
        return [reader, code, printed.join(''), lines];
      }
      console.log(JSON.stringify(await Promise.all(${JSON.stringify(Object.entries(readers))}.map(end))));`,
    );
  });
  test.concurrent.each([
    ['that does not exist', 'nowhere', /(?:does not exist|nor a file that can be read)/],
    ['that is a folder', '.', /is a folder/],
    ['that is an endless device', '/dev/zero', /has no end within 4 MB/],
    ['that is a device of noise', '/dev/urandom', /has no end within 4 MB/],
    ['that is a pipe nobody writes to', 'silent', /is a pipe that nobody writes to/],
    ['that is a pipe without end', '<(yes)', /has no end within 4 MB/],
    ['that is a socket', 'listening', /is a socket/],
    ['of a gigabyte', 'vast', /is larger than 4 MB/],
    ['that fails to be read', '/proc/self/mem', /cannot be read \(EIO\)/],
    ['that is binary', 'binary', /is no text in UTF-8/],
    ['that holds nothing', 'hollow', /(?:not JSON|not valid JSON|neither PEM|An empty secret)/],
    ['that nobody may read', 'closed.json', /may not be read by this user/],
  ])('a file of options %s ends in one line and 2, whichever command reads it', async (_, name, reason) => {
    // Root may read everything, so the commands step down.
    const isRoot = process.geteuid?.() === 0 && name === 'closed.json';
    const down = isRoot ? ` --import ${file('down.mjs', 'process.setuid(65534);')}` : '';
    // Each may have a pipe of its own to read.
    const names = Object.keys(readers).map(() => name);
    const { code, out, lines } = await shell(`"$NODE"${down} ${all} ${names.join(' ')}`);
    expect([code, lines]).toEqual([0, []]);
    expect(JSON.parse(out)).toEqual(
      Object.keys(readers).map((reader) => [reader, 2, '', [expect.stringMatching(reason)]]),
    );
  });

  test.each([
    ['a device of noise', '/dev/urandom', /is larger than 400 MB; redact a shorter recording$/],
    ['a folder', '.', /is a folder; redact one file after the other$/],
    ['a missing file', 'nowhere', /nowhere does not exist$/],
    ['a gigabyte', 'vast', /is larger than 400 MB; redact a shorter recording$/],
    ['a binary file', 'binary', /cannot be made safe, so nothing was written/],
  ])('%s to be redacted ends in one line and 2, and nothing is written', async (_, name, reason) => {
    const ended = await shell(`$R redact ${name} --output copy`);
    onlyLine(ended, 2, reason);
    expect(readdirSync(folder)).not.toContain('copy');
  });

  test('a process substitution, a linked descriptor and a file that tells no size are read', async () => {
    file('token', host);
    const { code, out, lines } = await shell(
      'cat token | $R scan <(cat token) /dev/stdin /proc/self/environ --format json --fail-on never',
    );
    expect([code, lines]).toEqual([2, [expect.stringMatching(/environ is a binary file/)]]);
    expect(JSON.parse(out).tokens[0].sightings).toHaveLength(2);
  });

  test('small files of options may be pipes', async () => {
    file('token', host);
    const options = `--policy <(echo '{"extends": "strict"}') --expect <(echo '{"expect": [{"name": "one", "count": 1}]}')`;
    expect(await shell(`$R scan token --quiet --fail-on never ${options}`)).toMatchObject({ code: 0, lines: [] });
    onlyLine(
      await shell(`$R verify - --secret-file <(echo wrong) < token`).then((one) => ({
        ...one,
        lines: [one.out.split('\n')[0] ?? ''],
      })),
      1,
      /^The signature is wrong/,
    );
  });

  test('a pipe whose writer comes late is waited for', async () => {
    file('token', host);
    const { code, out } = await shell(
      'mkfifo late; (sleep 0.5; cat token > late) & $R scan late --fail-on never; wait $!',
    );
    expect(code).toBe(0);
    expect(out).toContain('room standup');
  });
});

describe.runIf(process.platform !== 'win32')('the exit code tells the truth', { timeout: 60_000 }, () => {
  test('when the reader of the output leaves early', async () => {
    file(
      'token',
      JSON.stringify({
        cookies: [],
        origins: [{ origin: 'https://call.example', localStorage: [{ name: 'a', value: host }] }],
      }),
    );
    file('plain', 'no token\n'.repeat(10));
    const code = '; echo $PIPESTATUS >&2';
    expect((await shell(`$R scan token --fail-on info | true${code}`)).lines).toEqual(['1']);
    expect((await shell(`$R scan plain --fail-on info | true${code}`)).lines).toEqual(['0']);
    expect((await shell(`$R scan missing 2>/dev/null | true${code}`)).lines).toEqual(['2']);
    expect((await shell(`$R providers --format json | head -c 10${code}`)).lines).toEqual(['0']);
    expect((await shell('$R scan missing 2>&-')).code).toBe(2);
  });

  test('when it and its complaints go into closed pipes', async () => {
    expect((await shell('{ $R scan missing 2>&1; echo $? >code; } | true; sleep 0.2; exit $(cat code)')).code).toBe(2);
  });

  test('of inputs of which one cannot be read, and the other has findings', async () => {
    const ended = await shell('$R scan missing token --fail-on info');
    onlyLine(ended, 2, /^roomkey: missing does not exist$/);
    expect(ended.out).toContain('room standup');
  });

  test('large output goes through a slow pipe whole', async () => {
    const { out } = await shell('$R providers --format json | (sleep 0.3; cat)');
    expect(JSON.parse(out).length).toBeGreaterThan(20);
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('after %s, and nothing half written is left', async (signal) => {
    const place = mkdtempSync(join(folder, 'interrupted-'));
    // A large text, read from a pipe that does not end by itself.
    const line = `exec "$NODE" "$MAIN" scan <(head -c 3000000 /dev/zero; echo ready >&2; yes) --output ${place}/report.txt`;
    const ended = await shell(line, { text: 'ready', signal });
    expect(ended).toMatchObject({ code: null, signal, lines: ['ready'] });
    expect(readdirSync(place)).toEqual([]);
  });

  test.each([
    ['scan', 'scan busy.txt --output report.txt'],
    ['a report', 'scan busy.txt --format json'],
    ['a scan with expectations', 'scan busy.txt --expect <(echo \'{"expect": [{"name": "a", "count": 1}]}\')'],
    ['redact', 'redact busy.txt --output report.txt'],
    ['a copy to standard output', 'redact - < busy.txt'],
    ['decode', 'decode - < busy.txt'],
    ['verify', 'verify - --secret-file <(echo secret) < busy.txt'],
  ])('after an interrupt in the middle of a search without end: %s', async (_, args) => {
    const place = mkdtempSync(join(folder, 'busy-'));
    writeFileSync(join(place, 'busy.txt'), `endless search ${host}`);
    const busy = file(
      'busy.mjs',
      `import { writeSync } from 'node:fs';
      const { exec } = RegExp.prototype;
      RegExp.prototype.exec = function (text) {
        if (!String(text).includes('endless search')) return exec.call(this, text);
        writeSync(2, 'busy\\n');
        for (;;);
      };`,
    );
    const line = `cd ${place} && exec "$NODE" --import ${busy} "$MAIN" ${args}`;
    const ended = await shell(line, { text: 'busy', signal: 'SIGINT' });
    expect(ended).toEqual({ code: null, signal: 'SIGINT', out: '', lines: ['busy'] });
    expect(readdirSync(place)).toEqual(['busy.txt']);
  });

  test.each([
    ['INT', 130],
    ['TERM', 143],
  ])('a shell reads an end by SIG%s as %i', async (signal, code) => {
    // Somebody could write to the pipe at any time, so it is waited for.
    const wait = `rm -f quiet; mkfifo quiet; exec 9<>quiet; timeout --preserve-status -s ${signal} 0.5 $R scan quiet`;
    expect(await shell(wait)).toMatchObject({ code, out: '', lines: [] });
  });

  test('a failure of the program itself is 2, in one line without words of the input', async () => {
    const fault = file(
      'fault.mjs',
      `const { round } = Math;
      Math.floor = (n) => {
        if (String(new Error().stack).includes(${JSON.stringify(basename(built))})) throw new TypeError('eyJhbGciOiJIUzI1NiJ9');
        return round(n - 0.5);
      };`,
    );
    const broken = `"$NODE" --import ${fault} "$MAIN" scan token`;
    const ended = await shell(broken);
    expect(ended.code).toBe(2);
    expect(ended.lines).toEqual(['roomkey: the program failed (TypeError); with ROOMKEY_DEBUG=1 it tells where']);
    expect(ended.lines.join('')).not.toContain('eyJ');
    expect((await shell(`ROOMKEY_DEBUG=1 ${broken}`)).lines.length).toBeGreaterThan(2);
  });
});

describe('an output that is also an input is refused, in folders too', { timeout: 60_000 }, () => {
  test('before anything is lost', async () => {
    file('own/call.txt', host);
    onlyLine(
      await shell('$R scan own --output own/call.txt'),
      2,
      /among the files to read; the original would be lost$/,
    );
    onlyLine(await shell('$R scan own/call.txt --output ./own/../own/call.txt'), 2, /the original would be lost$/);
    onlyLine(await shell('$R scan - --output own/call.txt < own/call.txt'), 2, /same file as standard input/);
    expect(readFileSync(join(folder, 'own/call.txt'), 'utf8')).toBe(host);
  });

  test('/dev/stdout is added to, not emptied', async () => {
    file('some', 'x');
    await shell('echo before > log; $R scan some --output /dev/stdout >> log; echo after >> log');
    expect(readFileSync(join(folder, 'log'), 'utf8')).toMatch(/^before\n0 tokens.*\nafter\n$/);
  });
});

test('files that may not be read get one line each, and the others are reported', { timeout: 60_000 }, async () => {
  for (let one = 0; one < 30; one += 1) chmodSync(file(`closed/${one}.txt`, 'x'), 0);
  file('closed/token.txt', host);
  chmodSync(folder, 0o755);
  // Root may read everything, so the command steps down.
  const isRoot = process.geteuid?.() === 0;
  const down = isRoot ? `--import ${file('down.mjs', 'process.setuid(65534);')}` : '';
  chmodSync(built, 0o755);
  const { code, out, lines } = await shell(`"$NODE" ${down} "$MAIN" scan closed`);
  expect(code).toBe(2);
  expect(lines).toHaveLength(21);
  expect(lines[0]).toBe('roomkey: closed/0.txt may not be read by this user');
  expect(lines[20]).toBe('roomkey: and 10 more in folders could not be used');
  expect(out).toContain('room standup');
});
