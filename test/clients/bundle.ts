import { builtinModules } from 'node:module';
import { build } from 'esbuild';

/** A page's script with all that it imports from the packages of this folder. */
export async function bundle(script: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: script, resolveDir: import.meta.dirname, loader: 'js' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'chrome120',
    logLevel: 'error',
    define: { global: 'globalThis', 'process.env.NODE_ENV': '"production"' },
    plugins: [
      {
        name: 'nothing for modules of Node',
        setup(one) {
          const names = new Set(builtinModules);
          one.onResolve({ filter: /^(?:node:)?[\w/]+$/ }, async ({ path, pluginData, resolveDir, kind }) => {
            if (pluginData === 'asked' || !names.has(path.replace(/^node:/, ''))) return undefined;
            // Some have a namesake on npm that works in browsers.
            const own = await one.resolve(path, { pluginData: 'asked', resolveDir, kind });
            return own.errors.length > 0 ? { path, namespace: 'nothing' } : own;
          });
          one.onLoad({ filter: /./, namespace: 'nothing' }, () => ({ contents: 'module.exports = {}' }));
        },
      },
    ],
  });
  return outputFiles[0]?.text ?? '';
}
