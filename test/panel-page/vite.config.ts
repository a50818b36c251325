import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';
import { callPage, capture, crowdedPage } from '../call-page.ts';

/** The panel as an ordinary page: `npx vite --config test/panel-page/vite.config.ts`, then `/?state=call`. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  build: { target: 'chrome123', emptyOutDir: true },
  worker: { format: 'es' },
  cacheDir: `${import.meta.dirname}/../../node_modules/.vite-panel-page`,
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
          empty: capture({ readAt: now }),
          crowded: crowdedPage(3000, now),
          heavy: capture({
            readAt: now,
            stores: [
              {
                source: 'local-storage',
                origin: 'https://call.example',
                url: 'https://call.example/',
                readBy: 'isolated-world',
                entries: [{ key: 'blob', text: 'x'.repeat(10_000_000) }],
              },
            ],
          }),
        };
        return `export const captures = ${JSON.stringify(captures)};`;
      },
    },
  ],
});
