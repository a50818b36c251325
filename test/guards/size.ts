import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

// Weighs the JavaScript of the built panel, in bytes after gzip.
const dist = resolve(import.meta.dirname, '../../dist/chrome');
/** What opening the panel loads until it watches a page: the panel, and the worker with the whole detector. */
const openingBudget = 134_600;
/** All that a page needs, with none or with tokens: what every platform and rule knows and says, loaded with the first token or later. */
const wholeBudget = 345_200;
/** The list of public suffixes, which comes beside them: it grows with the list, not with Roomkey. */
const suffixesBudget = 40_000;
const isSuffixes = (file: string) => file.startsWith('public-suffixes-');
/** What is loaded only when a user asks for it: opening files, saving reports, expectations and runs of them, lock files, other seats, a key in hand, zip archives, the search for weak keys, a backend, a trace, the timeline, the matrix of privileges, the menu of the list, a ticket. */
const requestBudget = 175_800;
const onRequest =
  /^(?:read-files-|key\.worker|search-|zip-core-reader-|formats-|expecting-|locking-|Expectations-|ExpectationEditor-|expectations-|expected-pages-|SourceBanner-|verify-|ask-backend-|ask-in-frame-|validator-|trace-page-|Timeline-|PrivilegeMatrix-|HeadMenu-|finding-ticket-|mask-disguised-)/;

const names = readdirSync(resolve(dist, 'assets')).filter((file) => file.endsWith('.js'));
const texts = new Map(names.map((file) => [file, readFileSync(resolve(dist, 'assets', file), 'utf8')]));
const panelPage = readFileSync(resolve(dist, 'src/extension/panel.html'), 'utf8');
const mentioned = (text: string) => names.filter((file) => text.includes(file));
const importedBy = (file: string) => {
  const text = texts.get(file) ?? '';
  return names.filter((other) => new RegExp(`(?:from|import)\\s*"\\./${other.replaceAll('.', '\\.')}"`).test(text));
};

/** Files and whatever they import before they run. */
function withImports(files: string[], found = new Set<string>()): Set<string> {
  for (const file of files) {
    if (found.has(file)) continue;
    found.add(file);
    withImports(importedBy(file), found);
  }
  return found;
}

/** Files and whatever they mention, so also what they load later. */
function withAll(files: string[], leaveOut: RegExp | null, found = new Set<string>()): Set<string> {
  for (const file of files) {
    if (found.has(file) || leaveOut?.test(file)) continue;
    found.add(file);
    withAll(mentioned(texts.get(file) ?? ''), leaveOut, found);
  }
  return found;
}

const opening = withImports([...mentioned(panelPage), 'inspect.worker.js']);
const needed = withAll([...opening], onRequest);
const suffixes = [...needed].filter(isSuffixes);
const whole = new Set([...needed].filter((file) => !isSuffixes(file)));
// The frame that asks a backend is a page of its own, which nothing else mentions.
const validator = names.filter((file) => file.startsWith('validator-'));
const requested = [...withAll([...opening, ...validator], null)].filter((file) => !needed.has(file));
const weigh = (files: Iterable<string>) => {
  let bytes = 0;
  for (const file of files) bytes += gzipSync(texts.get(file) ?? '', { level: 9 }).length;
  return bytes;
};
const kB = (bytes: number) => `${(bytes / 1000).toFixed(1).padStart(6)} kB`;
const rest = [...whole].filter((file) => !opening.has(file)).sort((a, b) => weigh([b]) - weigh([a]));

console.log('  When the panel opens');
for (const file of [...opening].sort((a, b) => weigh([b]) - weigh([a]))) console.log(`  ${kB(weigh([file]))}  ${file}`);
console.log(`  ${kB(weigh(opening))}  of ${kB(openingBudget).trim()}`);
console.log('  With the first token, or on demand');
for (const file of rest) console.log(`  ${kB(weigh([file]))}  ${file}`);
console.log(`  ${kB(weigh(whole))}  for a page and its tokens, of ${kB(wholeBudget).trim()}`);
console.log(`  ${kB(weigh(suffixes))}  for the public suffixes, of ${kB(suffixesBudget).trim()}`);
console.log('  When a user opens files, saves a report, gives a key, looks for a weak one, asks a backend or traces');
for (const file of requested) console.log(`  ${kB(weigh([file]))}  ${file}`);
console.log(`  ${kB(weigh(requested))}  of ${kB(requestBudget).trim()}`);

if (suffixes.length !== 1 || opening.has(suffixes[0] ?? '')) {
  console.error('The public suffixes are no chunk of their own, or are loaded before there is a token.');
  process.exitCode = 1;
}
for (const [name, bytes, budget] of [
  ['What opening the panel loads', weigh(opening), openingBudget],
  ["The panel's JavaScript for a page and its tokens", weigh(whole), wholeBudget],
  ['The list of public suffixes', weigh(suffixes), suffixesBudget],
  ['What is loaded on request', weigh(requested), requestBudget],
] as const) {
  if (bytes <= budget) continue;
  console.error(`${name} is ${kB(bytes - budget).trim()} over its budget.`);
  process.exitCode = 1;
}
