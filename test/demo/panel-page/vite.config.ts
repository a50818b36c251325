import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';
import { callPage, captureOf, crowdedPage, localStorageOf } from '../../builders/captures.ts';
import { daily, jwt } from '../../builders/tokens.ts';

/** The panel as an ordinary page: `npx vite --config test/demo/panel-page/vite.config.ts`, then `/?state=call`. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  build: { target: 'chrome123', emptyOutDir: true },
  worker: { format: 'es' },
  cacheDir: `${import.meta.dirname}/../../../node_modules/.vite-panel-page`,
  plugins: [
    preact(),
    {
      name: 'captures',
      resolveId: (id) => (id === 'virtual:captures' ? `\0${id}` : undefined),
      load(id) {
        if (id !== '\0virtual:captures') return undefined;
        const now = Math.floor(Date.now() / 1000);
        const captures = {
          call: callPage(now),
          empty: captureOf({ readAt: now }),
          crowded: crowdedPage(3000, now),
          huge: captureOf({
            readAt: now,
            stores: [localStorageOf({ huge: jwt({ sub: 'huge', note: 'x'.repeat(7_000_000) }) })],
          }),
          ...Object.fromEntries(
            [1, 2, 3].map((round) => [
              `renewed${round}`,
              captureOf({
                readAt: now - 90 + 30 * round,
                stores: [
                  localStorageOf({
                    call: daily.guest({ u: 'Ada', ud: 'ada', iat: now, exp: now + 600 * round }),
                    ...(round === 1 ? { host: daily.host({ u: 'Grace' }) } : {}),
                  }),
                ],
              }),
            ]),
          ),
          heavy: captureOf({
            readAt: now,
            stores: [localStorageOf({ blob: 'x'.repeat(10_000_000) })],
          }),
        };
        return `export const captures = ${JSON.stringify(captures)};`;
      },
    },
  ],
});
