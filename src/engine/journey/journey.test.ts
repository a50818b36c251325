import { expect, test } from 'vitest';
import { answerWith, headersOf } from '../../../test/builders/answers.ts';
import { captureOf, exchangeOf, localStorageOf } from '../../../test/builders/captures.ts';
import { dailyToken } from '../../../test/builders/join-tokens.ts';
import { livekitClaims } from '../../../test/builders/mint/livekit.ts';
import { hours, jwt, now } from '../../../test/builders/tokens.ts';
import { standard } from '../audit/policy/policies.ts';
import { find, inspect } from '../inspect.ts';
import type { Capture, Exchange } from '../model/capture.ts';
import type { JourneyStep } from '../model/journey.ts';
import type { Report, Subject } from '../model/report.ts';
import type { Sighting } from '../model/token.ts';
import { countRepeats } from '../timeline/count-repeats.ts';
import { createJourneys } from './journey.ts';
import { inferred, stepWords, toldOf } from './journey-words.ts';

const token = dailyToken();
const page = 'https://call.acme.com';
const pageUrl = `${page}/standup`;
const bearer = headersOf({ Authorization: `Bearer ${token}`, Origin: page });

function numbered(exchanges: readonly Partial<Exchange>[]): Exchange[] {
  return exchanges.map((one, index) => exchangeOf({ name: `request ${index + 1}`, pageUrl, ...one }));
}

function reportOf(sightings: readonly Sighting[]): Report {
  const repeats = countRepeats();
  for (const sighting of sightings) repeats.add(sighting);
  return inspect(repeats.sightings(), { now, policy: standard, page: null });
}

/** The report of what these requests carried. */
const watched = (...exchanges: Partial<Exchange>[]) =>
  reportOf(find(captureOf({ page: null, exchanges: numbered(exchanges) })).sightings);

function subjectOf({ subjects }: Report, text = token): Subject {
  const subject = subjects.find((one) => one.token.text === text);
  if (!subject) throw new Error('the token was not found');
  return subject;
}

function journey(report: Report, text = token) {
  return createJourneys(report.subjects)(subjectOf(report, text));
}

const inferences = (report: Report) => inferred(journey(report), toldOf(subjectOf(report)), (id) => id);

const brief = (report: Report, text = token) =>
  journey(report, text).map(({ step, from, to, party }) => [step, from, to, party]);

const joined = answerWith(token, {}, { url: `${page}/join`, method: 'POST', startedAt: now, endedAt: now + 0.25 });
const socket: Partial<Exchange> = {
  url: 'wss://acme.daily.co/ws',
  status: 101,
  startedAt: now + 0.5,
  requestHeaders: headersOf({ Origin: page }),
  messages: [{ direction: 'sent', text: JSON.stringify({ token }), at: now + 0.75 }],
};

test('a token that only memory holds is issued and sent, and what lies between is inferred', () => {
  const report = watched(joined, socket);
  expect(journey(report)).toEqual([
    { at: now + 0.25, step: 'issued', from: page, to: page, sighting: 0, party: 'own' },
    { at: now + 0.75, step: 'sent', from: page, to: 'wss://acme.daily.co', sighting: 1, party: 'platform' },
  ]);
  expect(inferences(report)).toEqual([expect.stringContaining('in memory')]);
});

test('a step says what was seen in words', () => {
  const report = watched(joined, socket);
  const subject = subjectOf(report);
  const words = journey(report).map((step) => stepWords(step, toldOf(subject), (id) => id));
  expect(words).toEqual([
    'issued in the reply of POST https://call.acme.com/join (200), the page’s own site, in response body',
    'sent to wss://acme.daily.co, Daily’s own server, in WebSocket message, sent, by https://call.acme.com',
  ]);
});

test('a cookie is kept by the browser, not by the page', () => {
  const cookie: Partial<Exchange> = { startedAt: now + 1, requestHeaders: headersOf({ Cookie: `sid=${token}` }) };
  const set: Partial<Exchange> = { startedAt: now, responseHeaders: headersOf({ 'Set-Cookie': `sid=${token}` }) };
  expect(inferences(watched(set, cookie))).toEqual([expect.stringContaining('the browser kept it as a cookie')]);
  expect(inferences(watched(cookie))).toEqual([expect.stringContaining('who set that was not seen')]);
});

test('a cookie is kept by the browser, but what is sent otherwise came from the answer that held it, too', () => {
  const set = answerWith(token, { 'Set-Cookie': `sid=${token}` }, { startedAt: now, endedAt: now + 0.1 });
  expect(inferences(watched(set, { ...socket, startedAt: now + 1 }))).toEqual([expect.stringContaining('in memory')]);
});

/** A look at a page that holds the token, in the second after these requests. */
function lookedAfter(...exchanges: Partial<Exchange>[]): Report {
  const capture = captureOf({ readAt: now + 2, stores: [localStorageOf({ auth: token }, page)] });
  return reportOf([
    ...find(capture).sightings,
    ...find(captureOf({ page: null, exchanges: numbered(exchanges) })).sightings,
  ]);
}

test('what was seen only after the first request may have lain there before it', () => {
  const used: Partial<Exchange> = { url: `${page}/me`, requestHeaders: bearer, startedAt: now + 0.5 };
  expect(inferences(lookedAfter(joined, used))).toEqual([
    expect.stringContaining('or already where it was seen later'),
  ]);
  expect(inferences(lookedAfter(used))).toEqual([
    expect.stringContaining('may already have lain where it was seen later'),
  ]);
});

test('a stream’s event came when it says, not when the stream ended', () => {
  const stream: Partial<Exchange> = {
    url: `${page}/events`,
    startedAt: now,
    endedAt: now + 60,
    isEventStream: true,
    messages: [{ direction: 'received', text: JSON.stringify({ token }), at: now + 0.25 }],
  };
  expect(journey(watched(stream, socket)).map(({ step, at }) => [step, at])).toEqual([
    ['issued', now + 0.25],
    ['sent', now + 0.75],
  ]);
});

test('what the headers of an answer bring is there before its body', () => {
  const page_: Partial<Exchange> = {
    isDocument: true,
    url: pageUrl,
    startedAt: now,
    answeredAt: now + 0.25,
    endedAt: now + 5,
    responseHeaders: headersOf({ 'Set-Cookie': `sid=${token}` }),
  };
  const cookie: Partial<Exchange> = { startedAt: now + 1, requestHeaders: headersOf({ Cookie: `sid=${token}` }) };
  const report = watched(page_, cookie);
  expect(journey(report).map(({ step, at }) => [step, at])).toEqual([
    ['issued', now + 0.25],
    ['sent', now + 1],
  ]);
  expect(inferences(report)).toEqual([expect.stringContaining('the browser kept it as a cookie')]);
});

test('an answer that was still coming when its token was used had brought it by then', () => {
  const coming: Partial<Exchange> = { ...joined, answeredAt: now + 0.25, endedAt: now + 30 };
  expect(journey(watched(coming, socket)).map(({ step, at }) => [step, at])).toEqual([
    ['issued', now + 0.75],
    ['sent', now + 0.75],
  ]);
  const later: Partial<Exchange> = { ...joined, startedAt: now + 1, answeredAt: now + 1.5, endedAt: now + 30 };
  expect(brief(watched(later, socket)).map(([step]) => step)).toEqual(['sent', 'received']);
});

test('a document that comes with tokens is no exchange', () => {
  const report = watched({
    url: `${pageUrl}?t=${token}`,
    isDocument: true,
    responseBody: { text: JSON.stringify({ token: jwt({ sub: 'ada', exp: now + hours(1) }) }), mimeType: 'text/html' },
  });
  expect(brief(report).map(([step]) => step)).toEqual(['sent']);
});

test('where it came from is not made up', () => {
  expect(inferences(watched(socket))).toEqual([expect.stringContaining('was not seen')]);
});

test('a place at rest is told between the answer and the request, though a look tells whole seconds', () => {
  const capture: Capture = captureOf({ readAt: now, stores: [localStorageOf({ auth: token }, page)] });
  const stored = find(capture).sightings.map((one) => ({ ...one, goneAt: now + 2 }));
  const traffic = find(
    captureOf({
      page: null,
      exchanges: numbered([
        joined,
        {
          ...socket,
          messages: [],
          url: 'https://acme.daily.co/a',
          status: 200,
          startedAt: now + 1.5,
          requestHeaders: bearer,
        },
      ]),
    }),
  ).sightings;
  const report = reportOf([...stored, ...traffic]);
  expect(brief(report).map(([step]) => step)).toEqual(['issued', 'stored', 'sent', 'removed']);
  expect(inferences(report)).toEqual([]);
});

test('one recipient that was not meant is the only one marked among forty ordinary requests', () => {
  const ordinary = Array.from({ length: 40 }, (_, index) => ({
    url: `https://api.daily.co/rooms/${index}`,
    requestHeaders: bearer,
    startedAt: now + 1 + index,
  }));
  const report = watched(joined, ...ordinary, {
    url: 'https://stats.other.net/collect',
    requestHeaders: bearer,
    startedAt: now + 20.5,
  });
  expect(brief(report)).toEqual([
    ['issued', page, page, 'own'],
    ['sent', page, 'https://api.daily.co', 'platform'],
    ['sent', page, 'https://stats.other.net', 'stranger'],
  ]);
  expect(journey(report)[1]).toMatchObject({ count: 40, lastAt: now + 40 });
});

test('a server that anybody may run is no server of the vendor’s, whatever its address', () => {
  const livekit = livekitClaims({
    iss: 'key',
    sub: 'ada',
    exp: now + hours(1),
    video: { roomJoin: true, room: 'standup' },
  });
  const asked = (host: string) => ({ url: `wss://${host}/rtc?access_token=${livekit}`, startedAt: now, pageUrl });
  const report = reportOf(
    find(captureOf({ exchanges: numbered([asked('standup.livekit.cloud'), asked('media.other.net')]) })).sightings,
  );
  expect(brief(report, livekit).map(([, , to, party]) => [to, party])).toEqual([
    ['wss://standup.livekit.cloud', 'platform'],
    ['wss://media.other.net', 'platform-like'],
  ]);
  const [, other] = journey(report, livekit);
  expect(stepWords(other as JourneyStep, toldOf(subjectOf(report, livekit)), (id) => id)).toContain(
    'an address as LiveKit has it, whoever runs that server',
  );
});

test('the address of a frame is told once, asked for and standing', () => {
  const frame = `https://acme.daily.co/standup?t=${token}`;
  const capture = captureOf({
    readAt: now + 1,
    frames: [{ url: frame, origin: 'https://acme.daily.co', parentUrl: pageUrl, loadedAt: now }],
    exchanges: numbered([
      joined,
      {
        url: frame,
        isDocument: true,
        startedAt: now + 0.5,
        requestHeaders: headersOf({ Referer: `${page}/`, 'Sec-Fetch-Dest': 'iframe' }),
      },
    ]),
  });
  expect(brief(reportOf(find(capture).sightings))).toEqual([
    ['issued', page, page, 'own'],
    ['framed', page, 'https://acme.daily.co', 'platform'],
  ]);
});

test('a redirect brought a token before it stood in the address of the page', () => {
  const url = `${pageUrl}#t=${token}`;
  const redirect: Partial<Exchange> = {
    url: 'https://id.acme.net/login',
    status: 302,
    isDocument: true,
    startedAt: now + 0.2,
    answeredAt: now + 0.4,
    endedAt: now + 0.4,
    responseHeaders: headersOf({ Location: url }),
  };
  const capture = captureOf({
    readAt: now,
    page: { url, title: '', scriptOrigins: null, loadedAt: now },
    exchanges: numbered([redirect]),
  });
  expect(brief(reportOf(find(capture).sightings)).map(([step]) => step)).toEqual(['issued', 'received']);
});

test('what else is sent for the document of a frame stands in no address', () => {
  const frame: Partial<Exchange> = { url: 'https://acme.daily.co/standup', isDocument: true, startedAt: now + 0.5 };
  const cookie = headersOf({ Cookie: `sid=${token}`, 'Sec-Fetch-Dest': 'iframe' });
  expect(brief(watched({ ...frame, requestHeaders: cookie })).map(([step]) => step)).toEqual(['sent']);
  const posted = { text: `t=${token}`, mimeType: 'application/x-www-form-urlencoded' };
  expect(brief(watched({ ...frame, method: 'POST', requestBody: posted })).map(([step]) => step)).toEqual(['sent']);
});

test('a page on its way to another is no frame of the one before', () => {
  const login = { url: `https://id.acme.net/login?t=${token}`, isDocument: true, startedAt: now } as const;
  const stepsOf = (parts: Partial<Exchange>) => brief(watched({ ...login, ...parts })).map(([step]) => step);
  expect(stepsOf({ status: 302 })).toEqual(['sent']);
  expect(stepsOf({ status: null })).toEqual(['sent']);
  expect(stepsOf({ requestHeaders: headersOf({ 'Sec-Fetch-Dest': 'document' }) })).toEqual(['sent']);
  expect(stepsOf({ status: 302, requestHeaders: headersOf({ 'Sec-Fetch-Dest': 'iframe' }) })).toEqual(['framed']);
});

test('a token in the address of the page came with it, and was sent for the page', () => {
  const url = `${pageUrl}?t=${token}`;
  const capture = captureOf({
    readAt: now + 1,
    page: { url, title: '', scriptOrigins: null, loadedAt: now },
    exchanges: numbered([{ url, isDocument: true, pageUrl: url, startedAt: now + 0.5 }]),
  });
  expect(brief(reportOf(find(capture).sightings)).map(([step, from, to]) => [step, from, to])).toEqual([
    ['sent', null, page],
    ['received', null, page],
  ]);
});

const other = jwt({ sub: 'ada', sfu: 'a', iat: now, exp: now + hours(1) });

test('a token that comes back for another is told with it', () => {
  const report = watched(joined, {
    url: 'https://acme.daily.co/join',
    method: 'POST',
    startedAt: now + 1,
    endedAt: now + 1.5,
    requestHeaders: bearer,
    responseBody: { text: JSON.stringify({ credentials: { token: other } }), mimeType: 'application/json' },
  });
  const id = subjectOf(report, other).token.id;
  expect(journey(report).at(-1)).toMatchObject({
    at: now + 1.5,
    step: 'exchanged',
    from: 'https://acme.daily.co',
    to: page,
    for: id,
  });
  expect(brief(report, other)).toEqual([['issued', 'https://acme.daily.co', page, 'expected']]);
});

test('a token that a socket hands out came for the one that opened it, or was sent in it before', () => {
  const message = (direction: 'sent' | 'received', text: string, at: number) => ({ direction, text, at });
  const opened = watched({
    ...socket,
    url: `wss://acme.daily.co/rtc?access_token=${token}`,
    messages: [message('received', `\u0012${other}`, now + 2)],
  });
  expect(brief(opened).map(([step]) => step)).toEqual(['sent', 'exchanged']);
  const within = watched({
    ...socket,
    messages: [message('sent', token, now + 1), message('received', other, now + 2)],
  });
  expect(brief(within).map(([step]) => step)).toEqual(['sent', 'exchanged']);
  const before = watched({
    ...socket,
    messages: [message('received', other, now + 1), message('sent', token, now + 2)],
  });
  expect(brief(before).map(([step]) => step)).toEqual(['sent']);
});

test('a token that was there before did not come back for another', () => {
  const report = watched(answerWith(other, {}, { startedAt: now - 5 }), {
    requestHeaders: bearer,
    startedAt: now,
    responseBody: { text: other, mimeType: null },
  });
  expect(brief(report).map(([step]) => step)).toEqual(['sent']);
});

test('what did not leave the browser was not sent', () => {
  const blocked: Partial<Exchange> = {
    url: 'https://stats.other.net/collect',
    requestHeaders: bearer,
    startedAt: now + 1,
    status: null,
    isUnsent: true,
  };
  const report = watched(joined, blocked);
  expect(brief(report)[1]).toEqual(['stopped', page, 'https://stats.other.net', 'stranger']);
  expect(stepWords(journey(report)[1] as JourneyStep, toldOf(subjectOf(report)), (id) => id)).toBe(
    'was to be sent to https://stats.other.net, a stranger to page and platform, in request header Authorization, but did not leave the browser',
  );
  expect(inferences(report)).toEqual([]);
});

test('what the browser answers from its cache is not sent, and a frame without an origin has no name', () => {
  expect(
    brief(watched({ url: `${page}/me`, requestHeaders: bearer, isFromCache: true })).map(([step]) => step),
  ).toEqual(['stopped']);
  const capture = captureOf({
    page: null,
    frames: [{ url: `about:blank#${token}`, origin: 'null', parentUrl: pageUrl, loadedAt: now }],
  });
  const report = reportOf(find(capture).sightings);
  expect(stepWords(journey(report)[0] as JourneyStep, toldOf(subjectOf(report)), (id) => id)).toBe(
    'put into the address of a frame of an unknown origin',
  );
});

test('what the browser answers itself comes from the page, and goes nowhere', () => {
  const local = watched({ url: `data:application/json,${token}`, responseBody: { text: token, mimeType: null } });
  expect(brief(local).map(([step, from]) => [step, from])).toEqual([
    ['received', null],
    ['received', null],
  ]);
  expect(inferences(local)).toEqual([]);
});

test('a token that was sent along, or stands in a script for everybody, did not come back for another', () => {
  const request: Partial<Exchange> = { requestHeaders: bearer, startedAt: now, endedAt: now + 1 };
  const echoed = watched({
    ...request,
    requestBody: { text: JSON.stringify({ check: other }), mimeType: 'application/json' },
    responseBody: { text: JSON.stringify({ isGood: other }), mimeType: 'application/json' },
  });
  expect(brief(echoed).map(([step]) => step)).toEqual(['sent']);
  const script = watched({ ...request, responseBody: { text: `k='${other}'`, mimeType: 'text/javascript' } });
  expect(brief(script).map(([step]) => step)).toEqual(['sent']);
});

test('what lies where no document is any more is out of sight, not removed', () => {
  const capture = captureOf({ readAt: now, page: null, stores: [localStorageOf({ auth: token }, page)] });
  const left = find(capture).sightings.map((one) => ({ ...one, goneAt: now + 2, isOutOfSight: true as const }));
  const report = reportOf(left);
  expect(brief(report).map(([step]) => step)).toEqual(['stored', 'left']);
  expect(stepWords(journey(report)[1] as JourneyStep, toldOf(subjectOf(report)), (id) => id)).toBe(
    'out of sight in localStorage["auth"] of https://call.acme.com: no document of it is there any more',
  );
});

test('what took its place is named, and what only went is removed', () => {
  const lying = (text: string, seenAt: number, goneAt: number | null) =>
    find(captureOf({ readAt: seenAt, page: null, stores: [localStorageOf({ auth: text }, page)] })).sightings.map(
      (one) => ({ ...one, goneAt }),
    );
  const report = reportOf([...lying(other, now + 5, now + 9), ...lying(token, now, now + 5)]);
  expect(journey(report).map(({ step, for: next }) => [step, next])).toEqual([
    ['stored', undefined],
    ['replaced', subjectOf(report, other).token.id],
  ]);
  expect(brief(report, other).map(([step]) => step)).toEqual(['stored', 'removed']);
});

test('a token of requests alone goes with the page that held it', () => {
  const gone = find(captureOf({ page: null, exchanges: numbered([joined]) })).sightings.map((one) => ({
    ...one,
    goneAt: now + 60,
  }));
  expect(brief(reportOf(gone)).map(([step]) => step)).toEqual(['issued', 'removed']);
});

test('a message between windows is received from the origin that posted it', () => {
  const message = exchangeOf({
    name: 'messages',
    url: 'https://acme.daily.co/standup',
    posted: { from: page, ports: 0 },
    messages: [{ direction: 'received', text: JSON.stringify({ token }), at: now + 1 }],
  });
  const report = watched(joined, message);
  expect(brief(report).map(([step, from, to]) => [step, from, to])).toEqual([
    ['issued', page, page],
    ['received', page, 'https://acme.daily.co'],
  ]);
  expect(brief(watched(message)).map(([step]) => step)).toEqual(['received']);
  // Whose frame it reached says nothing of who posted it.
  const arrived = journey(report)[1] as JourneyStep;
  expect(arrived.party).toBeUndefined();
  expect(stepWords(arrived, toldOf(subjectOf(report)), (id) => id)).toBe(
    'received from https://call.acme.com, in message from https://call.acme.com',
  );
  const left = reportOf(
    find(captureOf({ page: null, exchanges: [message] })).sightings.map((one) => ({ ...one, goneAt: now + 9 })),
  );
  const words = journey(left).map((step) => stepWords(step, toldOf(subjectOf(left)), (id) => id));
  expect(words.at(-1)).toBe('gone with the page of https://acme.daily.co that held it');
});

test('a file that is no traffic tells of no way', () => {
  const report = reportOf(find(captureOf({ page: null, texts: [{ name: 'a.log', text: token }] })).sightings);
  expect(journey(report)).toEqual([]);
});

test('of ever so many places, a bound of steps is told', () => {
  const exchanges = Array.from({ length: 500 }, (_, index) => ({
    url: `https://${index}.other.net/`,
    requestHeaders: bearer,
    startedAt: now + index,
  }));
  expect(journey(watched(...exchanges))).toHaveLength(200);
});

const ticket = `${'aB3'.repeat(40)}==`;

test.each<[what: string, request: Partial<Exchange>]>([
  [
    'Twilio, in a message',
    {
      url: 'wss://global.vss.twilio.com/signaling',
      status: 101,
      messages: [
        { direction: 'sent', text: JSON.stringify({ type: 'msg', body: { token } }), at: now + 1 },
        {
          direction: 'received',
          text: JSON.stringify({
            type: 'iced',
            ice_servers: [
              {
                urls: 'turn:global.turn.twilio.com:3478?transport=udp',
                username: 'dc2d2894d5',
                credential: `${'aB3'.repeat(13)}=`,
              },
            ],
          }),
          at: now + 2,
        },
      ],
    },
  ],
  [
    'Azure, in an answer',
    {
      url: 'https://edge.skype.com/trap/tokens',
      requestHeaders: headersOf({ 'x-skypetoken': token }),
      startedAt: now + 1,
      endedAt: now + 2,
      responseBody: {
        text: JSON.stringify({
          expires: 604_800,
          tokens: [{ realm: '"rtcmedia"', username: 'AgAAJA', password: 'aB3'.repeat(12) }],
        }),
        mimeType: 'application/json',
      },
    },
  ],
  [
    'Agora, a ticket',
    {
      url: 'https://webrtc2-ap-web-1.agora.io/api/v2/transpond/webrtc',
      requestBody: {
        text: JSON.stringify({ request_bodies: [{ buffer: { key: token } }] }),
        mimeType: 'application/json',
      },
      startedAt: now + 1,
      endedAt: now + 2,
      responseBody: {
        text: JSON.stringify({ response_body: [{ buffer: { cert: ticket } }] }),
        mimeType: 'application/json',
      },
    },
  ],
])('what a call service hands out for a token is a credential of its own: %s', (_, request) => {
  const report = watched(joined, request);
  const exchanged = journey(report).at(-1);
  expect(exchanged).toMatchObject({ step: 'exchanged', at: now + 2 });
  const own = report.subjects.find((one) => one.token.id === exchanged?.for);
  expect(own?.sightings[0]?.note).toBeTruthy();
  expect(createJourneys(report.subjects)(own as Subject).map(({ step }) => step)).toEqual(['issued']);
});
