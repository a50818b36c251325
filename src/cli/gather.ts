import { createGatherer, type Gathered } from '../inputs/create-gatherer.ts';
import type { InputError } from '../inputs/input.ts';
import { openInputs } from './open-inputs.ts';
import type { Terminal } from './terminal.ts';

/** Searches every input, one after the other. There is one complaint, a line, for each that could not be used as it was given. */
export async function gather(
  names: readonly string[],
  terminal: Terminal,
  options: { now: number; progress: boolean },
): Promise<Gathered & { complaints: string[] }> {
  const gatherer = createGatherer();
  const complaints: string[] = [];
  const bar = options.progress ? createBar(terminal) : null;

  for await (const opened of openInputs(names, terminal.stdin, (name, read, bytes) => bar?.show(name, read, bytes))) {
    try {
      const failure = await gatherer.add(opened, options.now);
      if (failure && opened.loud) complaints.push(complaint(opened.name, failure));
    } finally {
      await opened.close();
    }
  }
  bar?.clear();
  return { ...gatherer.finish(), complaints };
}

function complaint(name: string, { message, position }: InputError): string {
  return `roomkey: ${name} ${message}${position === null ? '' : ` (byte ${position})`}`;
}

function createBar({ progress, now }: Terminal) {
  if (!progress) return null;
  let last = 0;
  return {
    show(name: string, read: number, bytes: number | null) {
      const second = now();
      if (second === last) return;
      last = second;
      const share = bytes ? Math.min(1, read / bytes) : null;
      const blocks =
        share === null ? '' : `${'█'.repeat(Math.round(share * 24)).padEnd(24, '░')} ${Math.round(share * 100)} % `;
      progress(`${blocks}${Math.round(read / 1e6)} MB of ${name}`);
    },
    clear: () => progress(''),
  };
}
