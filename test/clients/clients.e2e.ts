import { afterEach, expect, onTestFailed, test } from 'vitest';
import { eventually } from '../e2e/session.ts';
import { wantedClients } from './index.ts';
import { type Joined, join, rowOf, waysOf } from './join.ts';

let joined: Joined | null = null;

// Clients go on trying for ever, so each has a browser of its own.
afterEach(async () => {
  await joined?.close();
  joined = null;
});

test.each(wantedClients.map((client) => [client.name, client] as const))(
  '%s: the token is listed with every way that the client sends it',
  async (_, client) => {
    joined = await join(client);
    const { log } = joined;
    onTestFailed(() => console.log(log.map((line) => line.slice(0, 1000)).join('\n')));
    await expectWays(joined, joined.token, client);
    if (client.after) await expectWays(joined, joined.after, client.after);
  },
);

/** Every way, and no other kind of way: a client that tries again may turn to further hosts. */
async function expectWays(at: Joined, token: string, { ways, row }: { ways: readonly string[]; row: RegExp }) {
  await eventually(async () => expect(await waysOf(at, token)).toEqual(expect.arrayContaining([...ways])), 30);
  expect(new Set((await waysOf(at, token)).map(withoutHost))).toEqual(new Set(ways.map(withoutHost)));
  expect(await rowOf(at, token)).toMatch(row);
}

const withoutHost = (way: string) => way.replace(/ of \w+:\/\/[^,]+/, '');
