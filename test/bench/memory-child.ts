/** Scans or redacts one file, and prints by how many MiB the process grew at most, and how long it took. */
import { readFileSync } from 'node:fs';
import { run } from '../../src/cli/run.ts';
import { redactText } from '../../src/engine/redact/redact-text.ts';
import { now } from '../builders/tokens.ts';

const [subject = '', file = ''] = process.argv.slice(2);
const before = process.resourceUsage().maxRSS;
let characters = 0;

const command = (...args: string[]) =>
  run(args, {
    stdin: process.stdin,
    print: (text) => {
      characters += text.length;
    },
    complain: (line) => console.error(line),
    progress: null,
    width: 80,
    color: false,
    env: {},
    now: () => now,
  });

/** What is measured, by name; each resolves to an exit code. */
const subjects: Record<string, () => Promise<number>> = {
  scan: () => command('scan', '--format', 'json', '--fail-on', 'never', '--policy', 'strict', file),
  redact: () => command('redact', file, '--allow-unread'),
  redactText: async () => {
    characters = redactText(readFileSync(file, 'utf8')).text.length;
    return 0;
  },
};

const measured = Object.hasOwn(subjects, subject) ? subjects[subject] : undefined;
if (!measured) throw new Error(`nothing is called ${subject}`);
const started = performance.now();
const code = await measured();
const seconds = (performance.now() - started) / 1000;
const grown = Math.round((process.resourceUsage().maxRSS - before) / 1024);
console.log(JSON.stringify({ code, grown, seconds, characters }));
