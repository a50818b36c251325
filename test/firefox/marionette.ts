import { connect, type Socket } from 'node:net';

/** Firefox's own protocol for tests (https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html, read 2026-11). */
export interface Marionette {
  command(name: string, parameters?: object): Promise<unknown>;
  /** Runs the body of an asynchronous function in the browser itself, with the arguments as `args`. */
  inBrowser<T>(body: string, ...args: unknown[]): Promise<T>;
  close(): void;
}

type Waiting = { resolve: (value: unknown) => void; reject: (error: Error) => void };

/** Connects as soon as the browser listens. `isOver` ends the wait. */
export async function connectMarionette(port: number, isOver: () => boolean): Promise<Marionette> {
  const socket = await connectSoon(port, isOver);
  const waiting = new Map<number, Waiting>();
  let last = 0;
  let greet = () => {};
  const greeted = new Promise<void>((resolve) => {
    greet = resolve;
  });
  readMessages(socket, (message) => {
    if (!Array.isArray(message)) return greet();
    const [, id, error, result] = message as [number, number, { message?: string } | null, unknown];
    const one = waiting.get(id);
    waiting.delete(id);
    if (error) one?.reject(new Error(JSON.stringify(error).slice(0, 2000)));
    else one?.resolve(result);
  });
  socket.on('close', () => {
    for (const one of waiting.values()) one.reject(new Error('Firefox has gone.'));
    waiting.clear();
  });
  await greeted;

  const command = (name: string, parameters: object = {}) =>
    new Promise<unknown>((resolve, reject) => {
      last += 1;
      const text = JSON.stringify([0, last, name, parameters]);
      waiting.set(last, { resolve, reject });
      socket.write(`${Buffer.byteLength(text)}:${text}`);
    });
  await command('WebDriver:NewSession', { capabilities: { alwaysMatch: {} } });
  await command('WebDriver:SetTimeouts', { script: 60_000, pageLoad: 60_000 });

  return {
    command,
    async inBrowser<T>(body: string, ...args: unknown[]) {
      await command('Marionette:SetContext', { value: 'chrome' });
      const script = `const args = [...arguments], done = args.pop();
        (async () => {${body}})().then((value) => done({ value }), (error) => done({ error: String(error) + ' ' + error?.stack }))`;
      const { value } = (await command('WebDriver:ExecuteAsyncScript', { script, args })) as {
        value: { value?: T; error?: string };
      };
      if (value.error) throw new Error(value.error);
      return value.value as T;
    },
    close: () => socket.destroy(),
  };
}

async function connectSoon(port: number, isOver: () => boolean): Promise<Socket> {
  while (!isOver()) {
    const socket = await new Promise<Socket | null>((resolve) => {
      const one = connect(port, '127.0.0.1', () => resolve(one));
      one.once('error', () => resolve(null));
    });
    if (socket) {
      socket.on('error', () => {});
      return socket;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('Firefox ended before it listened.');
}

/** Messages are their length in bytes, a colon, and JSON. */
function readMessages(socket: Socket, listener: (message: unknown) => void): void {
  let left = Buffer.alloc(0);
  socket.on('data', (data) => {
    left = Buffer.concat([left, data]);
    for (let colon = left.indexOf(':'); colon >= 0; colon = left.indexOf(':')) {
      const end = colon + 1 + Number(left.subarray(0, colon).toString());
      if (left.length < end) return;
      const message: unknown = JSON.parse(left.subarray(colon + 1, end).toString());
      left = left.subarray(end);
      listener(message);
    }
  });
}
