/** Any command line: carried out, or refused in words, and never with a token that was not asked for. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { commands } from '../../src/cli/commands/index.ts';
import { formats } from '../../src/engine/report/formats/index.ts';
import { daily, jwt } from '../builders/tokens.ts';
import { roomkey } from '../doubles/fake-terminal.ts';
import { name, token } from './arbitraries.ts';

const folder = mkdtempSync(join(tmpdir(), 'roomkey-fuzz-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

function file(called: string, content: string): string {
  const path = join(folder, called);
  writeFileSync(path, content);
  return path;
}

const host = daily.host();
const files = [
  file(
    'state.json',
    JSON.stringify({
      cookies: [],
      origins: [{ origin: 'https://call.example', localStorage: [{ name: 'token', value: host }] }],
    }),
  ),
  file('expect.json', '{"expect":[{"name":"a","every":{"provider":"daily"},"have":{"role":"host"}}]}'),
  file('policy.json', '{"name":"mine","lifetimes":{}}'),
  file('key.txt', 'k'.repeat(40)),
  file('token.txt', jwt({ sub: 'a' }, {}, 'k'.repeat(40))),
  file('empty', ''),
  '-',
  join(folder, 'none'),
];
/** Nothing else is written to, and no folder is gone through, whatever an argument says. */
const path = fc.constantFrom(...files);
const output = fc.constantFrom('-', '/dev/null', join(folder, 'out'), folder, join(folder, 'none', 'out'), '');
const word = fc.oneof(
  name,
  fc.constantFrom(
    'jitsi',
    'auto',
    'general',
    '0',
    '-1',
    '1795176000',
    'https://call.example/standup',
    'RS256',
    'base64',
    'never',
    'low',
  ),
  fc.string({ maxLength: 8 }),
);
const formatName = fc.oneof(fc.constantFrom(...formats.map(({ id }) => id)), word);

const flag = fc.constantFrom(
  '--reveal',
  '--quiet',
  '-q',
  '--no-color',
  '--progress',
  '--accept',
  '--allow-unread',
  '--help',
  '--',
  '-h',
  '--version',
);
const option = fc.oneof(
  fc.tuple(fc.constant('--format'), formatName),
  fc.tuple(fc.constantFrom('--output', '-o'), output),
  fc.tuple(fc.constant('--save'), output),
  fc.tuple(fc.constantFrom('--policy', '--expect', '--check', '--key', '--secret-file'), path),
  fc.tuple(
    fc.constantFrom(
      '--now',
      '--page',
      '--room',
      '--fail-on',
      '--exclude',
      '--claims',
      '--keep',
      '--alg',
      '--profile',
      '--issuer',
      '--audience',
      '--skew',
      '--secret-encoding',
      '--key-env',
      '--secret-env',
      '--policy',
      '--format',
    ),
    word,
  ),
  flag.map((one) => [one]),
  word.filter((text) => text.startsWith('-')).map((one) => [one]),
);
// The server listens until it is ended.
const command = fc.oneof(
  fc.constantFrom(...commands.map(({ id }) => id).filter((id) => id !== 'proxy')),
  fc.constantFrom('help', '--version', ''),
  name,
);
const operand = fc.oneof({ weight: 3, arbitrary: path }, { weight: 1, arbitrary: token });

export const carriesOutAnyLine = fc.asyncProperty(
  command,
  fc.array(
    fc.oneof(
      option,
      operand.map((one) => [one]),
    ),
    { maxLength: 5 },
  ),
  fc.oneof(token, fc.constant('')),
  async (id, parts, input) => {
    const args = parts.flat();
    const operandsOnly =
      id === 'decode' || id === 'join' || id === 'verify' ? args : args.filter((one) => !isToken(one));
    const { code, out, complaints } = await roomkey([id, ...operandsOnly], Buffer.from(input), { A: 'k'.repeat(40) });
    if (code !== 0 && code !== 1 && code !== 2) throw new Error(`It ended with ${code}`);
    const said = complaints.join('\n');
    if (said.includes('the program failed')) throw new Error(`${JSON.stringify(operandsOnly)}: ${said}`);
    if (/[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]/.test(said))
      throw new Error(`It complains with ${JSON.stringify(said)}`);
    if (said.includes(host)) throw new Error(`It complains with a token: ${said}`);
    if (!operandsOnly.includes('--reveal') && out.includes(host))
      throw new Error(`A token is told: ${JSON.stringify(operandsOnly)}`);
    if (code === 2 && said === '' && out === '') throw new Error('It ends with 2 and says nothing');
  },
);

/** One that would be the name of a file, which there is not. */
function isToken(text: string): boolean {
  return text.startsWith('eyJ') || text.length > 200;
}
