import type { FilesRead, ReadProgress, ReadReply, ReadRequest } from './read-messages.ts';
import { startWorker, type Worked } from './start-worker.ts';

export type ReadWorker = Worked<ReadRequest, ReadReply>;

export interface FileReading {
  /** Rejects with a sentence when reading failed or was cancelled. `now` is in seconds since the epoch. */
  read(files: readonly File[], now: number, onProgress: (progress: ReadProgress) => void): Promise<FilesRead>;
  /** Ends a running reading, whose promise rejects. */
  cancel(): void;
}

/** Reads files in a worker of their own, so that recordings of any size hold up neither the panel nor its watch of the page. */
export function createFileReading(createWorker: () => ReadWorker = () => startWorker('read.worker.js')): FileReading {
  let abandon: (reason: string) => void = () => {};
  return {
    cancel: () => abandon('Reading was stopped.'),
    read(files, now, onProgress) {
      abandon('Reading was stopped.');
      const worker = createWorker();
      return new Promise<FilesRead>((resolve, reject) => {
        abandon = (reason) => {
          worker.terminate();
          reject(new Error(reason));
        };
        worker.onmessage = ({ data }) => {
          if (data.kind === 'progress') return onProgress(data.progress);
          worker.terminate();
          if (data.kind === 'read') resolve(data.files);
          else reject(new Error(data.message));
        };
        worker.onerror = (event) => {
          event.preventDefault?.();
          abandon('Reading stopped unexpectedly; the file may be too large for this browser.');
        };
        worker.postMessage({ files, now });
      });
    },
  };
}
