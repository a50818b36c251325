import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { findBrowser, findProgram } from '../browser/find-browser.ts';
import { daily } from '../builders/tokens.ts';
import { sampled } from '../sampled.ts';
import { servePages } from './page-server.ts';

const root = resolve(import.meta.dirname, '../..');
const soon = Math.floor(Date.now() / 1000) + 3600;
const times = { iat: soon - 3700, exp: soon };
const tokens = { host: daily.host(times), guest: daily.guest(times) };
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** The blocks of a page in one language, without their indent. */
function blocks(page: string, language: string): string[] {
  return [...page.matchAll(new RegExp(`^( *)\`\`\`${language}\\n([\\s\\S]*?)^ *\`\`\``, 'gm'))].map(
    ([, indent = '', text = '']) => text.replace(new RegExp(`^${indent}`, 'gm'), ''),
  );
}

const shellLines = (page: string) => blocks(page, 'sh').flatMap((text) => text.trim().split('\n'));

interface Ended {
  status: number | null;
  out: string;
}

/** npm takes a second to see that a program is installed; that it does so, a test of its own tells. */
const quickNpx = `npx() { [ "$1" != --no-install ] || shift; "node_modules/.bin/$1" "\${@:2}"; }`;

/** Runs a line as a shell of a build server does. */
function shell(cwd: string, command: string, env: Record<string, string> = {}): Promise<Ended> {
  const surroundings = { NO_COLOR: '1', npm_config_prefer_offline: 'true', npm_config_audit: 'false', ...env };
  const line = `${quickNpx}\n${command}`;
  const program = spawn('bash', ['-e', '-c', line], { cwd, env: { ...process.env, ...surroundings } });
  let out = '';
  for (const stream of [program.stdout, program.stderr]) stream.on('data', (data) => (out += String(data)));
  return new Promise((done) => program.on('close', (status) => done({ status, out })));
}

/** What nobody may read of a token: who and what it is for, and its signature. Times, at the end of its claims, stay in a redacted copy. */
function expectNoToken(text: string) {
  for (const token of Object.values(tokens)) {
    const [, claims = '', signature = ''] = token.split('.');
    const pieces = [claims.slice(0, 24), signature.slice(0, 20), signature.slice(-20)];
    expect(pieces.filter((piece) => text.includes(piece))).toEqual([]);
  }
}

/** Complaints of a published schema, of draft 7, which may refer to one beside it. */
function complaints(schema: string, document: unknown): string {
  const schemaOf = (name: string) => JSON.parse(read(`test/schemas/${name}`)) as object;
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  ajv.addSchema(schemaOf('pre-commit-hooks.json'));
  return ajv.validate(schemaOf(schema), document) ? '' : ajv.errorsText();
}

const storageState = (token: string) =>
  JSON.stringify({
    cookies: [],
    origins: [{ origin: 'https://call.example', localStorage: [{ name: 'auth', value: token }] }],
  });

const recording = (token: string) => {
  const headers = [{ name: 'Authorization', value: `Bearer ${token}` }];
  const entry = {
    startedDateTime: new Date().toISOString(),
    request: { method: 'GET', url: 'https://call.example/api', headers },
    response: { status: 204, headers: [], content: {} },
  };
  return JSON.stringify({ log: { version: '1.2', entries: [entry] } });
};

/**
 * Tests that do what the recipes and the skill say, where the package is installed.
 *
 * @param project where that is, with Playwright; known once the tests run
 */
export function testRecipes(project: () => string): void {
  /** A folder beside the project with its packages. */
  const beside = (name: string) => {
    const folder = join(dirname(project()), name);
    mkdirSync(folder);
    symlinkSync(join(project(), 'node_modules'), join(folder, 'node_modules'));
    return folder;
  };

  test('every recipe begins with installing the package by its name', () => {
    const { name } = JSON.parse(read('package.json')) as { name: string };
    const pages = readdirSync(join(root, 'docs/recipes'));
    expect(pages).toEqual(['github-actions.md', 'gitlab.md', 'playwright.md', 'pre-commit.md']);
    for (const page of pages)
      expect(shellLines(read(`docs/recipes/${page}`))[0]).toMatch(new RegExp(`^npm install --save-dev ${name}\\b`));
  });

  describe.concurrent('recipes', () => {
    // All with `npm run e2e:whole`.
    test.each(
      sampled(
        [
          [
            'github-actions.md',
            'github-workflow.json',
            'roomkey.sarif',
            /"ruleId":\s*"storage-local"[^}]*"level":\s*"error"/,
          ],
          ['gitlab.md', 'gitlab-ci.json', 'roomkey.xml', /<failure/],
        ] as const,
        2,
      ),
    )(
      '%s fails for a host token, passes for a guest’s, and keeps both to itself',
      async (name, schema, report, found) => {
        const page = read(`docs/recipes/${name}`);
        const [yaml = ''] = blocks(page, 'yaml');
        const document = parse(yaml) as {
          jobs?: { tokens: { steps: { run?: string }[] } };
          tokens?: { script: string[] };
        };
        expect(complaints(schema, document)).toBe('');
        expect(complaints(schema, { tokens: 5 })).not.toBe('');
        const lines = document.tokens?.script ?? document.jobs?.tokens.steps.flatMap(({ run }) => run ?? []) ?? [];
        // What installs is the same in both, and run in one.
        const isInstalled = name === 'gitlab.md';
        const folder = isInstalled ? beside('gitlab') : join(dirname(project()), 'github');
        mkdirSync(join(folder, 'recordings'), { recursive: true });
        for (const file of ['package.json', 'package-lock.json']) cpSync(join(project(), file), join(folder, file));
        const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as object;
        const scripts = { test: 'node record.js' };
        writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest, scripts }));
        writeFileSync(
          join(folder, 'record.js'),
          "import { writeFileSync } from 'node:fs';\nwriteFileSync('recordings/guest.json', process.env.STATE);\n",
        );
        expect(lines.slice(0, 2)).toEqual(['npm ci', 'npm test']);
        expect(lines.length).toBeGreaterThan(2);
        for (const line of lines.slice(2)) expect(line).toMatch(/^npx --no-install roomkey scan recordings /);
        for (const who of ['guest', 'host'] as const) {
          const STATE = storageState(tokens[who]);
          for (const line of lines.slice(isInstalled || who === 'host' ? 1 : 0)) {
            const { status, out } = await shell(folder, line, { STATE });
            expect([line, status]).toEqual([line, who === 'host' && line === lines.at(-1) ? 1 : 0]);
            expectNoToken(out);
          }
          const text = readFileSync(join(folder, report), 'utf8');
          expectNoToken(text);
          expect([who, found.test(text)]).toEqual([who, who === 'host']);
          if (!lines.some((line) => line.includes('code-quality.json'))) continue;
          const quality = readFileSync(join(folder, 'code-quality.json'), 'utf8');
          expectNoToken(quality);
          const places = { path: 'recordings/guest.json', lines: { begin: 1 } };
          expect((JSON.parse(quality) as object[]).length).toBeGreaterThan(0);
          for (const issue of JSON.parse(quality) as object[]) expect(issue).toMatchObject({ location: places });
        }
        for (const line of shellLines(page).slice(1))
          expect([line, (await shell(folder, line)).status]).toEqual([line, 0]);
        expectNoToken(readFileSync(join(folder, 'guest.safe.json'), 'utf8'));
      },
    );

    test('before a commit, what is staged is looked at and nothing else', async () => {
      const page = read('docs/recipes/pre-commit.md');
      const [script = ''] = blocks(page, 'bash');
      const config = parse(blocks(page, 'yaml')[0] ?? '') as { repos: { hooks: { entry: string }[] }[] };
      expect(complaints('pre-commit-config.json', config)).toBe('');
      expect(complaints('pre-commit-config.json', { repos: [{ repo: 'local', hooks: [{ id: 'a' }] }] })).not.toBe('');
      const folder = beside('repository');
      const person = { GIT_AUTHOR_NAME: 'Ada', GIT_AUTHOR_EMAIL: 'ada@call.example' };
      const env = {
        ...person,
        GIT_COMMITTER_NAME: person.GIT_AUTHOR_NAME,
        GIT_COMMITTER_EMAIL: person.GIT_AUTHOR_EMAIL,
        GIT_CONFIG_GLOBAL: '/dev/null',
      };
      const run = async (line: string) => {
        const { status, out } = await shell(folder, line, env);
        expectNoToken(out);
        return { status, out };
      };
      mkdirSync(join(folder, 'scripts'));
      writeFileSync(join(folder, 'scripts/no-tokens.sh'), script);
      for (const line of ['git init -q', ...shellLines(page).slice(1)]) expect((await run(line)).status).toBe(0);
      writeFileSync(join(folder, 'empty.py'), '');
      writeFileSync(join(folder, 'notes of a call.md'), `https://acme.daily.co/standup?t=${tokens.guest}\n`);
      // Of what is not staged nothing is said; an empty file is no failure.
      expect((await run('git add scripts empty.py && git commit -qm "Begin"')).status).toBe(0);
      const refused = await run('git add notes* && echo Clean > notes* && git commit -qm "Take notes"');
      expect([refused.status, refused.out.includes('notes of a call.md')]).toEqual([1, true]);
      const [entry = ''] = config.repos.flatMap(({ hooks }) => hooks.map((hook) => hook.entry));
      expect((await run(`${entry} "notes of a call.md" empty.py`)).status).toBe(1);
      expect((await run(`${entry} empty.py scripts/no-tokens.sh`)).status).toBe(0);
      expect((await run('git add notes* && git commit -qm "Take notes"')).status).toBe(0);
    });

    // `apt-get install pre-commit` or `pip install pre-commit`: it is no package of npm.
    test.runIf(findProgram('pre-commit'))('pre-commit itself runs the script on what is staged', async () => {
      const page = read('docs/recipes/pre-commit.md');
      const folder = beside('with-pre-commit');
      const person = { GIT_AUTHOR_NAME: 'Ada', GIT_AUTHOR_EMAIL: 'ada@call.example' };
      const committer = { GIT_COMMITTER_NAME: 'Ada', GIT_COMMITTER_EMAIL: 'ada@call.example' };
      // Nothing is kept in the home folder of who runs the tests.
      const env = { ...person, ...committer, GIT_CONFIG_GLOBAL: '/dev/null', PRE_COMMIT_HOME: join(folder, '.cache') };
      const run = (line: string) => shell(folder, line, env);
      mkdirSync(join(folder, 'scripts'));
      writeFileSync(join(folder, 'scripts/no-tokens.sh'), blocks(page, 'bash')[0] ?? '');
      writeFileSync(join(folder, '.pre-commit-config.yaml'), blocks(page, 'yaml')[0] ?? '');
      writeFileSync(join(folder, 'notes of a call.md'), `https://acme.daily.co/standup?t=${tokens.guest}\n`);
      expect((await run('git init -q && pre-commit install')).status).toBe(0);
      const begun = await run('git add scripts .pre-commit-config.yaml && git commit -qm "Begin"');
      expect([begun.status, begun.out]).toEqual([0, expect.stringMatching(/No tokens\.+Passed/)]);
      const refused = await run('git add notes* && git commit -qm "Take notes"');
      expect([refused.status, refused.out]).toEqual([1, expect.stringMatching(/No tokens\.+Failed/)]);
      expect(refused.out).toContain('notes of a call.md');
      expectNoToken(refused.out);
      expect((await run('echo Clean > notes* && git add notes* && git commit -qm "Take notes"')).status).toBe(0);
    });

    // Each a test of its own, as the one that fails waits most of its time.
    test.each(
      sampled(
        [
          ['host', 1],
          ['guest', 0],
        ] as const,
        2,
      ),
    )('a Playwright test of a page with a %s token ends with %i', async (who, code) => {
      const page = read('docs/recipes/playwright.md');
      const content = `<title>Call</title><script>localStorage.auth = '${tokens[who]}'</script>`;
      const server = await servePages({ '/guest/standup': content });
      const folder = beside(`browser-tests-${who}`);
      mkdirSync(join(folder, 'tests'));
      writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
      writeFileSync(join(folder, 'tests/tokens.spec.ts'), blocks(page, 'ts')[0] ?? '');
      const launchOptions = { executablePath: findBrowser(), args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] };
      const use = { baseURL: server.origin, launchOptions };
      writeFileSync(
        join(folder, 'playwright.config.ts'),
        `export default ${JSON.stringify({ use, workers: 1, expect: { timeout: 1500 } })};`,
      );
      const [, line = ''] = shellLines(page);
      const { status, out } = await shell(folder, line);
      await server.close();
      expect([status, out.includes('expected no host or server token')]).toEqual([code, code === 1]);
      expectNoToken(out);
      expect(readFileSync(join(folder, 'recordings/guest.json'), 'utf8')).toContain(tokens[who]);
    });

    // https://agentskills.io/specification, read on 2026-11-28.
    test('a coding agent that does as the skill says prints no token', async () => {
      const installed = join(project(), 'node_modules/roomkey/skills/roomkey/SKILL.md');
      const page = readFileSync(installed, 'utf8');
      const [, front = ''] = /^---\n([\s\S]*?)\n---\n/.exec(page) ?? [];
      const { name, description, compatibility, ...rest } = parse(front) as Record<string, string>;
      expect([name, Object.keys(rest)]).toEqual(['roomkey', ['license']]);
      expect(description?.length).toBeLessThanOrEqual(1024);
      expect(compatibility?.length).toBeLessThanOrEqual(500);
      expect(page.split('\n').length).toBeLessThan(500);
      const folder = beside('of-an-agent');
      for (const file of ['call.har', 'host.har']) writeFileSync(join(folder, file), recording(tokens.host));
      writeFileSync(join(folder, 'guest.har'), recording(tokens.guest));
      writeFileSync(join(folder, 'token.txt'), tokens.host);
      expect(() => expectNoToken(recording(tokens.guest))).toThrow();
      const lines = shellLines(page);
      expect(lines.length).toBeGreaterThan(8);
      for (const line of lines) {
        expect(line).not.toMatch(/--reveal|ROOMKEY_DEBUG|--allow-unread|eyJ/);
        const { status, out } = await shell(folder, line);
        expect([line, status, out.length > 0 || line.includes('--output')]).toEqual([line, 0, true]);
        expectNoToken(out);
      }
      for (const file of ['report.json', 'call.safe.har', 'roomkey.lock.json']) {
        expect([file, existsSync(join(folder, file))]).toEqual([file, true]);
        expectNoToken(readFileSync(join(folder, file), 'utf8'));
      }
      // What is not fine is told by the code, as the skill says.
      const found = await shell(folder, 'npx --no-install roomkey scan call.har --quiet --fail-on info');
      const unread = await shell(folder, 'npx --no-install roomkey scan nothing.har --fail-on never');
      expect([found.status, unread.status]).toEqual([1, 2]);
    });
  });
}
