import { beforeAll, test } from 'vitest';
import { eventually } from '../e2e/session.ts';
import type { Client } from './client.ts';
import { wantedClients } from './index.ts';
import { install } from './install.ts';
import { type Joined, join, look, rowOf, waysOf } from './join.ts';
import { lineOf } from './passed.ts';
import { slowestOf, words } from './slowest-ways.ts';

beforeAll(install, 300_000);

// Clients go on trying for ever, so each has a browser of its own.
test.concurrent.for(wantedClients.map((client) => [client.name, client] as const))(
  '%s: the token is listed with every way that the client sends it',
  async ([name, client], { task, expect, onTestFailed, onTestFinished }) => {
    const joined = await join(client);
    onTestFinished(() => joined.close());
    onTestFailed(() => console.log(joined.passed.map(lineOf).join('\n')));
    const wanted = wantedOf(joined, client);
    await eventually(async () => {
      await look(joined);
      for (const { token, ways } of wanted) expect(waysOf(joined, token)).toEqual(expect.arrayContaining([...ways]));
      const requests = joined.listed.map(({ request }) => request);
      expect(requests).toEqual(expect.arrayContaining([...(client.requests ?? [])]));
    }, 30);
    for (const { token, ways, row } of wanted) {
      // No other kind of way: a client that tries again may turn to further hosts.
      expect(new Set(waysOf(joined, token).map(withoutHost))).toEqual(new Set(ways.map(withoutHost)));
      expect(await rowOf(joined, token)).toMatch(row);
    }
    // What is listed did go that way.
    expect(joined.listed.filter(({ delay }) => delay === null)).toEqual([]);
    task.meta.slowest = slowestOf(name, joined.listed);
    console.log(words(task.meta.slowest));
  },
);

type Wanted = Pick<Client, 'ways' | 'row'> & { token: string };

const wantedOf = ({ token, after }: Joined, client: Client): Wanted[] => [
  { token, ...client },
  ...(client.after ? [{ ...client.after, token: after }] : []),
];

const withoutHost = (way: string) => way.replace(/ of \w+:\/\/[^,]+/, '');
