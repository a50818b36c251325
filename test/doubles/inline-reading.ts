import type { FileReading } from '../../src/panel/workers/read-client.ts';
import { readFiles } from '../../src/panel/workers/read-files.ts';

/** Reads files here, for runs without workers. */
export function inlineReading(): FileReading {
  let abandon: (reason: Error) => void = () => {};
  return {
    read: (files, now, onProgress) =>
      Promise.race([
        readFiles(files, now, onProgress),
        new Promise<never>((_, reject) => {
          abandon = reject;
        }),
      ]),
    cancel: () => abandon(new Error('Reading was stopped.')),
  };
}
