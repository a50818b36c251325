import type { Body, Exchange, Problem, SocketMessage } from '../engine/model/capture.ts';
import { record, string } from '../engine/text/narrow.ts';
import { messagesIn, readable } from './har-entry.ts';
import type { ReadBeside } from './input.ts';

/** Files named in what is said of those that were not read. */
const mostNamed = 3;

/**
 * Bodies that lie in files of their own beside a recording: `_file` of a HAR and of a trace, `_sha1` of a trace of older versions, and messages of
 * a socket a line in the file of its answer (https://github.com/microsoft/playwright/blob/main/packages/playwright-core/src/server/har/harTracer.ts,
 * read 2026-11).
 */
export function createSideFiles(beside: ReadBeside | null | undefined) {
  const missing: string[] = [];
  let count = 0;
  const read = async (path: string): Promise<Uint8Array | null> => {
    const bytes = (isWithin(path) && (await beside?.(path))) || null;
    if (!bytes) {
      count += 1;
      if (missing.length < mostNamed) missing.push(path.slice(0, 100));
    }
    return bytes;
  };
  return {
    /** The exchange of an entry with the bodies that lie elsewhere; at once where there are none. */
    filled(exchange: Exchange, members: Record<string, unknown>): Exchange | Promise<Exchange> {
      const post = record(record(members.request).postData);
      const content = record(record(members.response).content);
      const [asked, answered] = [
        exchange.requestBody ? '' : pathIn(post),
        exchange.responseBody ? '' : pathIn(content),
      ];
      return asked || answered ? fill(exchange, { asked, post, answered, content }) : exchange;
    },
    /** What is to be said of those that were not read; nothing where all were. */
    problems(): Problem[] {
      if (count === 0) return [];
      const names = `${missing.join(', ')}${count > missing.length ? ', …' : ''}`;
      const words =
        count === 1
          ? 'A body lies in a file of its own'
          : `${count.toLocaleString('en-US')} bodies lie in files of their own`;
      const why = beside
        ? 'that could not be read with it'
        : 'which were not read with it: give the folder or the archive that holds them';
      return [{ code: 'body-elsewhere', message: `${words} (${names}), ${why}.` }];
    },
  };

  async function fill(
    exchange: Exchange,
    { asked, post, answered, content }: { asked: string; post: object; answered: string; content: object },
  ): Promise<Exchange> {
    const request = asked ? await read(asked) : null;
    const response = answered ? await read(answered) : null;
    const messages = response && answered.endsWith('.jsonl') ? messagesOf(readable(response)) : [];
    return {
      ...exchange,
      ...(request && { requestBody: bodyOf(request, post) }),
      ...(messages.length > 0 ? { messages } : response && { responseBody: bodyOf(response, content) }),
    };
  }
}

function pathIn({ _file, _sha1 }: Record<string, unknown>): string {
  return string(_file) || (string(_sha1) && `resources/${string(_sha1)}`);
}

/** Whether a path leads to something in the folder that it starts from, whatever the platform makes of it. */
export function isWithin(path: string): boolean {
  return (
    path.length < 1000 &&
    path.split('/').every((part) => /^[^\\:\0-\x1f]{1,255}$/.test(part) && part !== '..' && part !== '.')
  );
}

function bodyOf(bytes: Uint8Array, body: { mimeType?: unknown }): Body | null {
  return bytes.length > 0 ? { text: readable(bytes), mimeType: string(body.mimeType) || null } : null;
}

/** Messages of a socket, one a line; none where a line is something else. */
function messagesOf(text: string): SocketMessage[] {
  try {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    return messagesIn(
      lines.map((line) => JSON.parse(line) as unknown),
      string,
    );
  } catch {
    return [];
  }
}
