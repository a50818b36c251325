import { type HttpBindings, serve } from '@hono/node-server';
import autocannon from 'autocannon';
import { Hono } from 'hono';
import { parseConfig } from '../../src/proxy/config.ts';
import { startProxy } from '../../src/proxy/main.ts';
import { realSurroundings } from '../../src/proxy/surroundings.ts';
import { jwt } from '../builders/tokens.ts';
import { startDailyApi } from '../doubles/daily-api.ts';

/** Load on loopback, bounded in time: the validation server beside a bare server of the same framework. */
const seconds = 4;
const connections = 16;
const accessKey = 'access-key-of-the-bench-0123456789';
const secret = 'a-throw-away-key-of-the-bench-0123456789';
const domainId = '30f866c3-9123-452a-8723-ff58322d09c5';
const now = Math.floor(Date.now() / 1000);
const quiet = { ...realSurroundings, log: () => undefined };

const form = (token: string) => new URLSearchParams({ token }).toString();
const jitsi = jwt({ iss: 'app', aud: 'app', sub: 'meet.example', room: 'standup', exp: now + 3600 }, {}, secret);
const daily = jwt({ r: 'standup', d: domainId, o: true, exp: now + 3600 }, {}, secret);

async function load(url: string, token: string) {
  const result = await autocannon({
    url,
    method: 'POST',
    connections,
    duration: seconds,
    body: form(token),
    headers: { authorization: `Bearer ${accessKey}`, 'content-type': 'application/x-www-form-urlencoded' },
  });
  if (result.non2xx || result.errors) console.log(`  (${result.non2xx} refused, ${result.errors} errors)`);
  return { perSecond: Math.round(result.requests.average), p99: result.latency.p99 };
}

async function health(url: string) {
  const result = await autocannon({ url: `${url}/healthz`, connections: 2, duration: 2 });
  return { perSecond: Math.round(result.requests.average), p99: result.latency.p99, worst: result.latency.max };
}

const bare = await new Promise<{ url: string; close: () => void }>((resolve) => {
  const app = new Hono<{ Bindings: HttpBindings }>().post('/introspect', async (c) => {
    const token = new URLSearchParams(await c.req.text()).get('token');
    return c.json({ active: Boolean(token) });
  });
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
    resolve({ url: `http://127.0.0.1:${port}`, close: () => server.close() }),
  );
});
const upstream = await startDailyApi({ apiKey: secret, domainId, now: () => now });
const settings = {
  accessKeys: [accessKey],
  port: 0,
  requestsPerMinute: 100_000_000,
  upstreamTimeoutMs: 1000,
  keys: [
    { provider: 'jitsi', secret },
    { provider: 'daily', secret, upstream: upstream.url },
  ],
};
const verifying = await startProxy(parseConfig({ ...settings, cacheSeconds: 0 }), quiet);
const caching = await startProxy(parseConfig(settings), quiet);

console.log(`\nValidation server, ${connections} connections, ${seconds} s each, loopback`);
const plain = await load(`${bare.url}/introspect`, jitsi);
const rows = [
  ['bare Hono, reads the form', plain],
  ['verifies a signature each time', await load(`${verifying.url}/introspect`, jitsi)],
  ['answers from its cache', await load(`${caching.url}/introspect`, jitsi)],
] as const;
for (const [name, { perSecond, p99 }] of rows) {
  const ratio = (perSecond / plain.perSecond).toFixed(2);
  console.log(
    `  ${name.padEnd(34)} ${String(perSecond).padStart(7)} requests/s   p99 ${String(p99).padStart(5)} ms   ${ratio} of bare`,
  );
}

upstream.state.fault = 'slow';
const hanging = load(`${verifying.url}/introspect`, daily);
const [healthy, local] = await Promise.all([health(verifying.url), load(`${verifying.url}/introspect`, jitsi)]);
await hanging;
console.log('  while the vendor hangs:');
console.log(
  `    health              ${String(healthy.perSecond).padStart(7)} requests/s   p99 ${healthy.p99} ms, worst ${healthy.worst} ms`,
);
console.log(`    local verification  ${String(local.perSecond).padStart(7)} requests/s   p99 ${local.p99} ms`);

bare.close();
await Promise.all([verifying.close(), caching.close(), upstream.close()]);
