import { availableParallelism } from 'node:os';
import { crx } from '@crxjs/vite-plugin';
import preact from '@preact/preset-vite';
import type { Plugin } from 'vite';
import { defineConfig, type ViteUserConfig } from 'vitest/config';
import manifest from './manifest.json' with { type: 'json' };
import packageFile from './package.json' with { type: 'json' };
import { everyPage, narrowed, workers, written } from './src/extension/content-security.ts';

/** Tests that leave nothing behind for the next file, so that a worker loads what they test once instead of once per file. */
const pure = [
  ...[
    ...['engine', 'inputs', 'introspection', 'verify', 'judge', 'panel/state', 'panel/words', 'panel/workers'],
    ...['cli', 'proxy', 'extension', 'library', 'probes'],
  ].map((folder) => `src/${folder}/**/*.test.ts`),
  'test/{fuzz,guards,recordings,redaction,matrix,verdicts}/*.test.ts',
];
/** The same with a document, from which each test takes away what it put there. */
const views = ['src/panel/App.test.ts', 'src/panel/views/**/*.test.{ts,tsx}'];
/** A few in the folders above that need modules or a document of their own. */
const apart = [
  'src/panel/views/parts/Contained.test.tsx',
  'src/panel/state/{check-locally,kept-view}.test.ts',
  'test/guards/docs.test.ts',
  'src/verify/msal-cache.test.ts',
  'src/extension/trace/install-trace.test.ts',
  'src/proxy/main.test.ts',
  'src/cli/ends.test.ts',
];

/** Writes policies into the manifest that is built, and into each page what it may not do of what the manifest lets every page do. */
const policies = (isFirefox: boolean): Plugin => ({
  name: 'content-security-policies',
  apply: 'build',
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      const file = bundle['manifest.json'];
      if (file?.type !== 'asset') throw new Error('There is no manifest to write policies into.');
      const pages = { extension_pages: written(everyPage) };
      const sandboxed = Object.keys(bundle).filter((name) => name.endsWith('.worker.js'));
      const whole = {
        ...(JSON.parse(String(file.source)) as object),
        // Firefox knows no sandboxed pages (https://bugzilla.mozilla.org/show_bug.cgi?id=1685123, read 2026-11).
        ...(isFirefox
          ? { content_security_policy: pages }
          : { content_security_policy: { ...pages, sandbox: written(workers) }, sandbox: { pages: sandboxed } }),
      };
      file.source = JSON.stringify(whole, null, 2);
    },
  },
  transformIndexHtml: {
    order: 'post',
    handler(_, { path }) {
      const policy = narrowed[path];
      if (!policy) throw new Error(`Say in content-security.ts what ${path} may not do.`);
      const attrs = { 'http-equiv': 'Content-Security-Policy', content: written(policy) };
      // Before all else: it holds for nothing that was begun before it.
      return [{ tag: 'meta', attrs, injectTo: 'head-prepend' }];
    },
  },
});

/** The version stands in `package.json` alone. */
const chromeManifest = { ...manifest, version: packageFile.version };

/** Firefox has an event page in place of what a panel in Chromium may do itself, and the presets of an administrator without a schema. */
function firefoxManifest() {
  const { minimum_chrome_version: _minimum, storage: _schema, ...alike } = chromeManifest;
  return {
    ...alike,
    background: { scripts: ['src/extension/background/background.ts'], type: 'module' },
    browser_specific_settings: {
      gecko: {
        id: 'roomkey@roomkey.example',
        // The first that tells documents apart, and the one that it is tested in.
        strict_min_version: '153.0',
        data_collection_permissions: { required: ['none'] },
      },
    },
  };
}

const extension = (mode: string, isFirefox = mode === 'firefox'): ViteUserConfig => ({
  plugins: [
    preact(),
    ...(process.env.VITEST
      ? []
      : [
          crx({
            manifest: (isFirefox ? firefoxManifest() : chromeManifest) as never,
            browser: isFirefox ? 'firefox' : 'chrome',
          }),
          policies(isFirefox),
        ]),
  ],
  define: { __FIREFOX__: String(isFirefox) },
  build: {
    outDir: isFirefox ? 'dist/firefox' : 'dist/chrome',
    emptyOutDir: true,
    target: isFirefox ? 'firefox153' : 'chrome120',
    // Nothing comes over a network, and a worker, which loads some of the same files, has no document to preload with.
    modulePreload: false,
    rollupOptions: {
      input: {
        panel: 'src/extension/panel.html',
        validator: 'src/extension/validator/validator.html',
        ...(isFirefox && { allow: 'src/extension/allow/allow.html', 'way-in': 'src/extension/way-in.html' }),
        'inspect.worker': 'src/panel/workers/inspect.worker.ts',
        'key.worker': 'src/panel/workers/key.worker.ts',
        'message-listener': 'src/extension/capture/message-listener.ts',
      },
      // The panel starts the workers, and puts the listener into pages, by these names.
      output: {
        manualChunks: chunkOf,
        entryFileNames: ({ name }) =>
          /\.worker$|^message-listener$/.test(name) ? 'assets/[name].js' : 'assets/[name]-[hash].js',
      },
    },
  },
  test: {
    // Two cores that others use, too, take their time.
    testTimeout: 30_000,
    // One core less, as is usual, would leave half of two cores idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      // A project does not take over the mode by itself, by which tests know whether all is to be tried.
      { extends: true, mode, test: { name: 'pure', include: pure, exclude: apart, isolate: false } },
      {
        extends: true,
        mode,
        test: { name: 'views', include: views, exclude: apart, environment: 'happy-dom', isolate: false },
      },
      { extends: true, mode, test: { name: 'apart', include: apart } },
      {
        extends: true,
        mode,
        test: {
          name: 'rest',
          include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'test/**/*.test.ts'],
          exclude: [...pure, ...views, 'test/e2e/**', '**/node_modules/**'],
        },
      },
    ],
  },
});

/** The list of suffixes changes when it is renewed, and nothing else does then. What finds tokens is loaded whole or not at all. */
function chunkOf(id: string): string | undefined {
  if (id.endsWith('/text/public-suffixes.ts')) return 'public-suffixes';
  return /\/engine\/(?:decode|find)\//.test(id) ? 'find' : undefined;
}

/** The `roomkey` command and the library, for Node: `vite build --mode cli`. */
const cli: ViteUserConfig = {
  build: {
    ssr: true,
    outDir: 'dist/cli',
    emptyOutDir: true,
    copyPublicDir: false,
    target: 'node20',
    rollupOptions: {
      input: {
        main: 'src/cli/main.ts',
        library: 'src/library/index.ts',
        playwright: 'src/library/playwright/index.ts',
      },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
};

export default defineConfig(({ mode, command }) => {
  // Vite, and what is bundled, take another word of whoever builds for a wish to debug, and what is built is another then.
  if (command === 'build') process.env.NODE_ENV = 'production';
  return mode === 'cli' ? cli : extension(mode);
});
