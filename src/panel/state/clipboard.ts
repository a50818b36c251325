import type { Host } from '../host.ts';
import type { Messages } from './messages.ts';

/** Copying, with a word about it. What is copied is named: "Header copied." */
export function createClipboard(host: Pick<Host, 'copy'>, { say, fail }: Pick<Messages, 'say' | 'fail'>) {
  return {
    async copy(what: string, text: string | Promise<string>): Promise<void> {
      try {
        await host.copy(await text);
        say(`${what} copied.`);
      } catch (error) {
        fail(`${what} could not be copied`, error);
      }
    },
  };
}
