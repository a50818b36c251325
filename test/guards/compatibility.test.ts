import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type UserConfig } from 'vite';
import { beforeAll, expect, test } from 'vitest';
import manifest from '../../manifest.json' with { type: 'json' };
import config from '../../vite.config.ts';
import { extensionFeatures, extensionUses, isBuiltFor, memberUses, newMembers } from './browser-interfaces.ts';
import { at, data, type Engine, isKnown } from './compatibility.ts';
import { cssFeatures } from './css-features.ts';
import { root } from './files-below.ts';
import { type Found, nodesOf, sourceNodes } from './source-nodes.ts';

// That each build runs on the browser that it says it needs, by MDN's data, which its tables are made from.

/** What is used where it is there, with what happens where it is not. */
const withoutIt: Readonly<Record<Engine, Readonly<Record<string, string>>>> = {
  chrome: {
    'scrollbar-width': 'since 121; before, a list of tabs that is too long shows its scrollbar',
    'scrollbar-width: none': 'the same',
    'field-sizing': 'since 123; before, a choice is as wide as the longest of its options',
    'field-sizing: content': 'the same',
    'cookies.getPartitionKey':
      'not in the data; Chromium since 132 (https://developer.chrome.com/docs/extensions/reference/api/cookies, read 2026-11-28). Before, the call throws and the partition is not told',
    'devtools.panels.network': 'not in the data; asked for before it is used, and without it there is no such link',
  },
  firefox: {
    // Of `devtools.network.onRequestFinished`, whose requests MDN does not list; the end-to-end tests read bodies by it.
    getContent: 'MDN lists what Chromium’s `inspectedWindow.Resource` has by this name; requests have it too',
  },
};

const least: Readonly<Record<Engine, number>> = {
  chrome: Number(manifest.minimum_chrome_version),
  firefox: Number(/strict_min_version: '([\d.]+)'/.exec(readFileSync(join(root, 'vite.config.ts'), 'utf8'))?.[1]),
};
const engines = ['chrome', 'firefox'] as const;
const targetOf = (engine: Engine) =>
  String((config as unknown as (env: { mode: string }) => UserConfig)({ mode: engine }).build?.target);

let nodes: readonly Found[];
beforeAll(() => {
  nodes = sourceNodes();
}, 60_000);
const builtFor = (engine: Engine) => nodes.filter(({ file }) => isBuiltFor(engine, file));

const missingInterfaces = (used: readonly Found[], engine: Engine, version: number) => {
  const isMissing = (name: string) =>
    extensionFeatures(name).some((feature) => !feature || !isKnown(feature, engine, version));
  return extensionUses(used)
    .filter(({ name }) => isMissing(name))
    .map(({ name }) => name);
};
const missingMembers = (used: readonly Found[], engine: Engine, version: number) => {
  const later = newMembers(engine, version);
  return memberUses(used)
    .filter(({ name }) => later.has(name))
    .map(({ name }) => name);
};
const missingStyles = (sheet: string, engine: Engine, version: number) =>
  cssFeatures(sheet)
    .filter(({ feature, prefix }) => !feature || !isKnown(feature, engine, version, prefix))
    .map(({ name }) => name);

/** The sheets of all pages as they are built, where what is newer may have been written in older words. */
const sheetsOf = (engine: Engine): Promise<string> => {
  sheets[engine] ??= buildSheets(engine);
  return sheets[engine];
};
const sheets: Partial<Record<Engine, Promise<string>>> = {};

async function buildSheets(engine: Engine): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    root,
    publicDir: false,
    build: {
      write: false,
      target: targetOf(engine),
      rollupOptions: {
        input: ['panel/styles/index.css', 'extension/popup/popup.css', 'extension/allow/allow.css'].map((file) =>
          join(root, 'src', file),
        ),
      },
    },
  });
  return [built]
    .flat()
    .flatMap((one) => ('output' in one ? one.output : []))
    .map((file) => (file.type === 'asset' && file.fileName.endsWith('.css') ? String(file.source) : ''))
    .join('\n');
}

test.each(engines)('what is built for %s is built for the version that its manifest asks for', (engine) => {
  expect(targetOf(engine)).toBe(`${engine}${least[engine]}`);
});

test.each(engines)('all that is asked of %s is there from that version on, or is named here', async (engine) => {
  const used = builtFor(engine);
  const missing = [
    ...missingInterfaces(used, engine, least[engine]),
    ...missingMembers(used, engine, least[engine]),
    ...missingStyles(await sheetsOf(engine), engine, least[engine]),
  ];
  // Neither less nor more: what has come since is to be forgotten here.
  expect([...new Set(missing)].sort()).toEqual(Object.keys(withoutIt[engine]).sort());
});

test('with an older version, more is missing', async () => {
  expect(missingInterfaces(builtFor('chrome'), 'chrome', 101)).toContain('storage.session.get');
  expect(missingInterfaces(builtFor('firefox'), 'firefox', 112)).toContain('declarativeNetRequest.updateSessionRules');
  expect(missingMembers(builtFor('chrome'), 'chrome', 109)).toContain('toReversed');
  const sheet = await sheetsOf('chrome');
  expect(missingStyles(sheet, 'chrome', 119)).toEqual(
    Object.keys(withoutIt.chrome).filter((one) => !one.includes('.')),
  );
  expect(missingStyles(sheet, 'chrome', 100)).toEqual(expect.arrayContaining(['@container', 'cqw', ':has', 'rotate']));
});

test.each([
  ['a { color: light-dark(red, blue) }', 'chrome', 122, 123, 'light-dark()'],
  ['a { anchor-name: --b }', 'chrome', 124, 125, 'anchor-name'],
  ['a { text-wrap: pretty }', 'chrome', 116, 117, 'text-wrap: pretty'],
  ['a:open { margin: 0 }', 'chrome', 132, 133, ':open'],
  ['a { width: 10dvh }', 'chrome', 107, 108, 'dvh'],
  ['a { & b { color: red } }', 'firefox', 116, 117, '&'],
  ['@starting-style { a { margin: 0 } }', 'chrome', 116, 117, '@starting-style'],
  ['@media (width < 3em) { a { margin: 0 } }', 'chrome', 103, 104, '@media (<)'],
  ['@container style(--a: 1) { a { margin: 0 } }', 'chrome', 110, 111, '@container style()'],
  ['a { -webkit-user-select: none }', 'firefox', 48, 49, '-webkit-user-select'],
  ['a { user-select: none }', 'firefox', 68, 69, 'user-select'],
] as const)('%s needs a version of %s after %i', (sheet, engine, before, since, name) => {
  expect(missingStyles(sheet, engine, before)).toContain(name);
  expect(missingStyles(sheet, engine, since)).toEqual([]);
});

test.each([
  ['a { colour: red }', 'colour'],
  ['a { width: 3cqx }', 'cqx'],
  ['a { color: mix-it(red) }', 'mix-it()'],
  ['a:nonsense { margin: 0 }', ':nonsense'],
  ['@nonsense { a { margin: 0 } }', '@nonsense'],
])('what no browser knows is not taken for known: %s', (sheet, name) => {
  expect(missingStyles(sheet, 'firefox', 1000)).toEqual([name]);
});

test.each([
  ['chrome.sidePanel.open({})', 'chrome', 115, 116],
  ["import browser from 'webextension-polyfill'; const { session } = browser.storage;", 'chrome', 101, 102],
  ["import b from 'webextension-polyfill'; (b as X).storage.session?.get('a')", 'firefox', 114, 115],
] as const)('%s needs a version of %s after %i', (text, engine, before, since) => {
  const used = nodesOf('one.ts', text);
  expect(missingInterfaces(used, engine, before)).toHaveLength(1);
  expect(missingInterfaces(used, engine, since)).toEqual([]);
});

test('an interface that Firefox has not is missing in any version of it', () => {
  const used = nodesOf('one.ts', 'chrome.devtools.panels.openResource(url, 1, () => {}); chrome.nonsense.get();');
  expect(missingInterfaces(used, 'firefox', 1000).sort()).toEqual(['devtools.panels.openResource', 'nonsense.get']);
  expect(isKnown(at(data.webextensions, 'api', 'devtools') ?? {}, 'firefox', 1000)).toBe(true);
});

test.each([
  'const all = chrome;',
  'ask(chrome)',
  "chrome['cookies'].getAll({})",
  'const { [name]: one } = chrome.cookies;',
  'const area = chrome.storage.local;',
])('what hides a name is refused: %s', (text) => {
  expect(() => extensionUses(nodesOf('one.ts', text))).toThrow(/one\.ts uses/);
});

test.each([
  ['Promise.withResolvers()', 'chrome', 118, 119],
  ["Uint8Array.fromBase64('')", 'chrome', 139, 140],
  ['new Set().difference(other)', 'chrome', 121, 122],
  ['navigator.userActivation', 'firefox', 119, 120],
] as const)('%s needs a version of %s after %i', (text, engine, before, since) => {
  const used = nodesOf('one.ts', text);
  expect(missingMembers(used, engine, before)).toHaveLength(1);
  expect(missingMembers(used, engine, since)).toEqual([]);
});
