import { policies } from '../../src/engine/audit/policy/policies.ts';
import { find, inspect } from '../../src/engine/inspect.ts';
import { type Capture, type Exchange, emptyCapture } from '../../src/engine/model/capture.ts';
import type { Report } from '../../src/engine/model/report.ts';
import { countRepeats } from '../../src/engine/timeline/count-repeats.ts';
import { daily, days, jwt, now, rawJwt, unsecuredJwt } from './tokens.ts';

/** Tokens planted in `plantedReport`, each somewhere else. */
const inner = daily.host({ u: 'Inner' });
export const planted = {
  guest: daily.guest(),
  host: daily.host({ exp: now + days(90) }),
  inner,
  outer: jwt({ sub: 'outer', assertion: inner, note: `Bearer ${inner}`, exp: now + 60 }),
  wrapped: daily.guest({ u: 'Wrapped' }),
  key: daily.guest({ u: 'Key' }),
  hostile: rawJwt(
    { alg: 'HS256', typ: 'JWT' },
    {
      r: '=cmd|"/c calc"!A1',
      d: daily.domain,
      u: '<img src=x onerror=alert(1)>\u001b[31m@everyone|`x`\ud800',
      exp: now + 60,
    },
    'aG9zdGlsZS1zaWduYXR1cmUtb2YtbWFueS1ieXRlcw',
  ),
  unsecured: unsecuredJwt({ room: 'standup' }),
};

/** What would let somebody use a planted token: its payload and its signature. */
export const plantedSecrets: readonly string[] = Object.values(planted).flatMap((token) =>
  token
    .split('.')
    .slice(1)
    .filter((part) => part.length >= 16),
);

export const plantedCapture: Capture = {
  readAt: now,
  page: {
    url: `https://call.example/${planted.host}?t=${planted.guest}&next=${encodeURIComponent(`/?jwt=${planted.guest}`)}`,
    title: 'Call',
    scriptOrigins: null,
    loadedAt: now,
  },
  frames: [],
  stores: [
    {
      source: 'local-storage',
      origin: 'https://call.example',
      url: `https://call.example/?t=${planted.guest}`,
      entries: [
        { key: 'auth', text: JSON.stringify({ session: JSON.stringify({ token: planted.outer }) }) },
        { key: planted.key, text: planted.host },
        { key: 'wrapped', text: `base64-${btoa(JSON.stringify({ access_token: planted.wrapped }))}` },
        { key: '=HYPERLINK("https://x.example")', text: planted.hostile },
      ],
      readBy: 'isolated-world',
    },
  ],
  cookies: [],
  texts: [{ name: `notes ${planted.key}`, text: `${planted.unsecured}\n${planted.key}` }],
  problems: [{ code: 'frame-unreadable', message: `A frame was not read: https://x.example/?t=${planted.guest}` }],
};

export function plantedReport(): Report {
  const { sightings, problems } = find(plantedCapture);
  return inspect(sightings, { now, policy: policies.standard, page: plantedCapture.page, problems });
}

/** A report of one token that stood in the same place of `times` requests, one a second from `now` on. */
export function repeatedReport(times: number): Report {
  const repeats = countRepeats();
  for (let index = 0; index < times; index += 1) {
    const exchange: Exchange = {
      name: `entry ${index + 1}`,
      method: 'GET',
      url: 'https://api.example/poll',
      startedAt: now + index,
      pageUrl: null,
      initiator: null,
      requestHeaders: [{ name: 'Authorization', value: `Bearer ${planted.guest}` }],
      requestBody: null,
      status: 200,
      responseHeaders: [],
      responseBody: null,
      messages: [],
    };
    for (const sighting of find({ ...emptyCapture(now), exchanges: [exchange] }).sightings) repeats.add(sighting);
  }
  return inspect(repeats.sightings(), { now, policy: policies.strict });
}
