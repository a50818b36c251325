/** Scans one file as the command line does, and prints by how many MiB the process grew at most. */
import { run } from '../../src/cli/run.ts';
import { now } from '../tokens.ts';

const [file = ''] = process.argv.slice(2);
const before = process.resourceUsage().maxRSS;
let characters = 0;
const code = await run(['scan', '--format', 'json', '--fail-on', 'never', '--policy', 'strict', file], {
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
const grown = Math.round((process.resourceUsage().maxRSS - before) / 1024);
console.log(JSON.stringify({ code, grown, characters }));
