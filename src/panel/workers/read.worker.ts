import { readFiles } from './read-files.ts';
import type { ReadReply, ReadRequest } from './read-messages.ts';

addEventListener('message', ({ data }: MessageEvent<ReadRequest>) => void answer(data));

async function answer({ files, now }: ReadRequest): Promise<void> {
  const reply = (message: ReadReply) => postMessage(message);
  try {
    const read = await readFiles(files, now, (progress) => reply({ kind: 'progress', progress }));
    try {
      reply({ kind: 'read', files: read });
    } catch {
      // Claims nested by the ten thousand cannot be handed over; the panel decodes the tokens itself then.
      reply({ kind: 'read', files: { ...read, decoded: [] } });
    }
  } catch (error) {
    reply({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
}
