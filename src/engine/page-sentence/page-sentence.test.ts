import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import {
  dailyHost,
  dailyToken,
  jitsiToken,
  livekitToken,
  twilioToken,
  vonageToken,
  zoomToken,
} from '../../../test/builders/join-tokens.ts';
import { jwe } from '../../../test/builders/other-tokens.ts';
import { days, hours, jwt, minutes, now, rawJwt, unsecuredJwt } from '../../../test/builders/tokens.ts';
import { judge, type Scene } from '../../../test/cases/rule.ts';
import { rules } from '../audit/rules/index.ts';
import { joinAnswer } from '../diagnose/join.ts';
import type { Report, Subject } from '../model/report.ts';
import type { Sighting } from '../model/token.ts';
import { isServerOf, providerOf } from '../recognise/server-of.ts';
import { createMasker } from '../redact/mask.ts';
import { causeClause, clauseIds } from '../words/cause-clause.ts';
import { pageSentence, quotedText, type SentenceInput, sentenceText } from './page-sentence.ts';
import { phrasedRules } from './risk.ts';

/** What is said of a scene, as the panel would have it. */
function told(scene: Scene | null, changes: Partial<SentenceInput> = {}) {
  const report: Pick<Report, 'now' | 'subjects' | 'findings'> = scene
    ? judge(scene)
    : { now, subjects: [], findings: [] };
  const { url = 'https://call.acme.com/standup', frames = [] } = scene ?? {};
  const where = { now: report.now, pageUrl: url, frames: frames.map((frame) => ({ url: frame })) };
  return pageSentence({
    subjects: report.subjects,
    findings: report.findings,
    look: { kind: 'read' },
    what: 'page',
    isWhole: true,
    seesHiddenCookies: true,
    knows: {
      joinAnswer: (subject) => joinAnswer(subject, where),
      isServerOf: (subject, address) => isServerOf(providerOf(subject), address),
    },
    say: createMasker([]),
    ...changes,
  });
}

const grace = { u: 'Grace' };
const guest = dailyToken(grace);
const later = dailyToken({ u: 'Linus', exp: now + hours(2) });
const expired = dailyToken({ u: 'Barbara', iat: now - hours(5), exp: now - hours(3) });
const host = dailyHost({ u: 'Ada' });
const service = jwt({
  iss: 'supabase',
  ref: 'abcdefghijklmnopqrst',
  role: 'service_role',
  iat: now,
  exp: now + hours(1),
});
const session = jwt({ sub: 'f81d4fae', sid: '91', iat: now, exp: now + hours(1) });
const account = jwt({
  iss: 'https://login.example',
  sub: 'ada',
  aud: 'client',
  nonce: 'x',
  iat: now,
  exp: now + hours(1),
});
const damaged = rawJwt({ alg: 'HS256', typ: 'JWT' }, '{"room":"standup","exp":179517').slice(0, -6);
const dailyRoom = 'https://acme.daily.co/standup';
const allGone = (all: Sighting[]) => all.map((one) => ({ ...one, goneAt: now }));
const goneIn = (key: string) => (all: Sighting[]) =>
  all.map((one) => (one.place.key === key ? { ...one, goneAt: now } : one));
const sent = (url: string, token: string) => ({
  url,
  requestHeaders: [{ name: 'Authorization', value: `Bearer ${token}` }],
});

/** A situation, and what is said of it. */
type Situation = [scene: Scene | null, words: string, changes?: Partial<SentenceInput>];

const situations: Record<string, Situation> = {
  // Nothing to say of tokens.
  'nothing there': [null, 'No token is seen here yet.'],
  'nothing seen, and not all was looked at': [
    null,
    'No token is seen here yet; cookies hidden from scripts were not looked at.',
    { seesHiddenCookies: false },
  ],
  'not read yet': [null, 'Reading the page …', { look: { kind: 'loading' } }],
  'paused before anything was read': [null, 'Watching is paused, and nothing was read.', { look: { kind: 'paused' } }],
  'a page of the browser': [null, 'What this page holds cannot be read by extensions.', { look: { kind: 'closed' } }],
  'a page that could not be read': [
    null,
    'The page could not be read: The page does not answer.',
    { look: { kind: 'failed', message: 'The page does not answer.' } },
  ],
  'a page that does not answer any more': [
    { local: { token: guest } },
    'This page would join standup on Daily as Grace with the token in localStorage.token; nothing seen stands in its way. Worst risk (medium): a participant’s token any script can read. Since then it could not be read: The page does not answer.',
    { look: { kind: 'failed', message: 'The page does not answer.' } },
  ],
  'found, and not judged yet': [{ local: { token: guest, other: later } }, 'Judging 2 tokens …', { knows: null }],
  'a recording without tokens': [null, 'No token was found in this recording.', { what: 'recording' }],
  // One token that opens a call.
  'one that lies there, and the room is another': [
    { url: 'https://acme.daily.co/retro', local: { token: guest } },
    'This page would join standup on Daily as Grace with the token in localStorage.token; it will be refused: the room is another. Worst risk (medium): a participant’s token any script can read.',
  ],
  'one that lies there': [
    { local: { token: guest } },
    'This page would join standup on Daily as Grace with the token in localStorage.token; nothing seen stands in its way. Worst risk (medium): a participant’s token any script can read.',
  ],
  'one that has expired': [
    { local: { token: expired } },
    'This page would join standup on Daily as Barbara with the token in localStorage.token; it will be refused: it has expired. Worst risk (low): a participant’s token any script can read.',
  ],
  'one that is not valid yet': [
    { session: { token: jitsiToken({ nbf: now + days(1), exp: now + days(1) + 3600 }) } },
    'This page would join standup on Jitsi (self-hosted) as Ada with the token in sessionStorage.token; it will be refused: it is not valid yet. Worst other risk (low): a participant’s token that lives longer than the policy allows.',
  ],
  'one that is about to expire': [
    { session: { token: dailyToken({ ...grace, exp: now + 20 }) } },
    'This page would join standup on Daily as Grace with the token in sessionStorage.token; it could be refused: it is about to expire. Worst risk (low): a participant’s token any script can read.',
  ],
  'one of a host': [
    { local: { 'persist:root': JSON.stringify({ token: host }) } },
    'This page would join standup on Daily as Ada (host) with the token in localStorage persist:root; nothing seen stands in its way. Worst risk (high): a host token any script can read.',
  ],
  'one for every room': [
    { session: { token: dailyToken({ ...grace, r: undefined }) } },
    'This page would join any room on Daily as Grace with the token in sessionStorage.token; nothing seen stands in its way. Worst risk (medium): a participant’s token that names no room.',
  ],
  'one that names nobody': [
    { session: { token: dailyToken({ ud: undefined }) } },
    'This page would join standup on Daily with the token in sessionStorage.token; nothing seen stands in its way. Worst risk (low): a participant’s token: participant without identity.',
  ],
  'one with an id alone': [
    { session: { token: dailyToken() } },
    'This page would join standup on Daily as f81d4fae with the token in sessionStorage.token; nothing seen stands in its way. Worst risk (low): a participant’s token any script can read.',
  ],
  'one in a cookie that scripts cannot read': [
    { cookies: [{ name: 'meeting', value: guest }] },
    'This page would join standup on Daily as Grace with the token in cookie meeting; nothing seen stands in its way. No risk is found.',
  ],
  'one in the address of the page': [
    { url: `https://call.acme.com/standup?t=${guest}` },
    'This page would join standup on Daily as Grace with the token in page URL ?t; nothing seen stands in its way. Worst risk (medium): a participant’s token in an address that servers log.',
  ],
  'one in the address of a frame': [
    { frames: [`${dailyRoom}?t=${guest}`] },
    'This page joins standup on Daily as Grace with the token in frame URL ?t; nothing seen stands in its way. Worst risk (medium): a participant’s token in an address that servers log.',
  ],
  'one on its way to its own server': [
    { exchanges: [sent('https://api.daily.co/v1/meetings', guest)] },
    'This page joins standup on Daily as Grace with the token in request header Authorization to api.daily.co; nothing seen stands in its way. No risk is found.',
  ],
  'one that its own server answered with 401': [
    { exchanges: [{ ...sent('https://api.daily.co/v1/meetings', guest), status: 401 }] },
    'This page joins standup on Daily as Grace with the token in request header Authorization to api.daily.co; it will likely be refused: its server refused a request with it. No risk is found.',
  ],
  'one that its own server answered with 403': [
    { exchanges: [{ ...sent('https://api.daily.co/v1/meetings', guest), status: 403 }] },
    'This page joins standup on Daily as Grace with the token in request header Authorization to api.daily.co; it could be refused: its server refused a request with it. No risk is found.',
  ],
  'one that a server of somebody else answered with 401': [
    { exchanges: [{ ...sent('https://call.acme.com/api/settings', guest), status: 401 }] },
    'This page would join standup on Daily as Grace with the token in request header Authorization to call.acme.com; nothing seen stands in its way. No risk is found.',
  ],
  'one on its way to the app itself': [
    { exchanges: [sent('https://call.acme.com/api/join', guest)] },
    'This page would join standup on Daily as Grace with the token in request header Authorization to call.acme.com; nothing seen stands in its way. No risk is found.',
  ],
  'one on its way to somebody else': [
    { exchanges: [sent('https://stats.example/collect', guest)] },
    'This page would join standup on Daily as Grace with the token in request header Authorization to stats.example; nothing seen stands in its way. Worst risk (medium, likely): a participant’s token that an unrelated party gets.',
  ],
  'one in three places': [
    { local: { token: guest, copy: guest }, cookies: [{ name: 'meeting', value: guest, httpOnly: false }] },
    'This page would join standup on Daily as Grace with the token in cookie meeting (+2); nothing seen stands in its way. Worst risk (medium): a participant’s token any script can read, in localStorage.token.',
  ],
  'one that is likely of its platform': [
    { session: { token: jwt({ room_name: 'standup', is_owner: true, start_video_off: true, exp: now + hours(1) }) } },
    'This page would join any room (likely on Daily) with the token in sessionStorage.token; it will be refused: d is missing or empty. Worst risk (medium): a participant’s token that names no room.',
  ],
  'one that is damaged': [
    { session: { token: guest.slice(0, -70) } },
    'This page would join standup on Daily as f81d4fae with the token in sessionStorage.token; it will be refused: it is damaged. No risk is found.',
  ],
  'one that nobody signed': [
    {
      session: {
        token: unsecuredJwt({ r: 'standup', d: '30f866c3-9123-452a-8723-ff58322d09c5', u: 'Eve', exp: now + 600 }),
      },
    },
    'This page would join standup on Daily as Eve with the token in sessionStorage.token; it will be refused: it is not signed. Worst other risk (low): a participant’s token: reconnect will fail.',
  ],
  'one of another platform than the page': [
    { url: dailyRoom, session: { token: vonageToken() } },
    'This page would join 1_MX4xMjM0NTY3OH5-MTc5NTE3NTk0MDAwMH5hY… on Vonage Video with the token in sessionStorage.token; it will be refused: it is signed with an algorithm that is not taken. Worst risk (low): a participant’s token any script can read.',
  ],
  // Several that open calls.
  'two for one room': [
    { session: { a: guest, b: later } },
    'This page holds 2 tokens to join standup on Daily, such as that of Grace in sessionStorage.a; nothing seen stands in their way. Worst risk (low): a participant’s token any script can read.',
  ],
  'two, of which one has expired': [
    { session: { a: guest, b: expired } },
    'This page holds 2 tokens to join standup on Daily; that of Barbara in sessionStorage.b will be refused: it has expired. Worst risk (low): a participant’s token any script can read, in sessionStorage.a.',
  ],
  'two that have both expired': [
    { session: { a: expired, b: dailyToken({ u: 'Ken', exp: now - 7200 }) } },
    'This page holds 2 tokens to join standup on Daily; all of them, such as that of Ken in sessionStorage.b, will be refused: it has expired. No other risk is found.',
  ],
  'two that are refused for one reason each': [
    { url: dailyRoom, session: { a: expired, b: dailyToken({ u: 'Ken', r: 'retro' }) } },
    'This page holds 2 tokens to join calls on Daily; all of them will be refused, such as that of Ken in sessionStorage.b: the room is another. Worst risk (low): a participant’s token any script can read.',
  ],
  'two for rooms of one name with two tenants': [
    { session: { a: guest, b: dailyToken({ u: 'Ken', d: 'aaaaaaaa-9123-452a-8723-ff58322d09c5' }) } },
    'This page holds 2 tokens to join calls on Daily, such as that of Grace in sessionStorage.a; nothing seen stands in their way. Worst risk (low): a participant’s token any script can read.',
  ],
  'two of two platforms': [
    { session: { a: guest, b: livekitToken() } },
    'This page holds 2 tokens to join calls on Daily and LiveKit, such as that of Grace in sessionStorage.a; nothing seen stands in their way. Worst risk (low): a participant’s token any script can read.',
  ],
  'five of five platforms': [
    { session: { a: guest, b: livekitToken(), c: twilioToken(), d: vonageToken(), e: zoomToken() } },
    'This page holds 5 tokens to join calls on Daily, LiveKit and 3 more platforms; that of nobody named in sessionStorage.d will be refused: it is signed with an algorithm that is not taken. Worst risk (low): a participant’s token any script can read, in sessionStorage.a.',
  ],
  'two in frames': [
    { frames: [`${dailyRoom}?t=${guest}`, `https://meet.acme.com/standup?jwt=${jitsiToken()}`] },
    'This page joins standup on Daily as Grace with the token in frame URL ?t, and with 1 more; nothing seen stands in its way. Worst risk (medium): a participant’s token in an address that servers log.',
  ],
  'one in a frame, and others that lie there': [
    { frames: [`${dailyRoom}?t=${guest}`], session: { a: expired, b: livekitToken() } },
    'This page joins standup on Daily as Grace with the token in frame URL ?t, and holds 2 more; nothing seen stands in its way. Worst risk (medium): a participant’s token in an address that servers log.',
  ],
  'one in a frame that has expired, and a good one beside it': [
    { frames: [`${dailyRoom}?t=${expired}`], session: { a: guest } },
    'This page joins standup on Daily as Barbara with the token in frame URL ?t, and holds 1 more; it will be refused: it has expired. Worst risk (low): a participant’s token in an address that servers log.',
  ],
  'thirty for one room': [
    {
      session: Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`t${at}`, dailyToken({ u: `Guest ${at}` })])),
    },
    'This page holds 30 tokens to join standup on Daily, such as that of Guest 0 in sessionStorage.t0; nothing seen stands in the way of the first 20. Worst risk (low): a participant’s token any script can read.',
  ],
  // What was there.
  'one that is gone': [
    { session: { joining: guest }, seen: allGone },
    'This page held a token to join standup on Daily as Grace in sessionStorage.joining; it is gone.',
  ],
  'several that are gone': [
    { session: { a: guest, b: later }, seen: allGone },
    'This page held 2 tokens to join calls, the last to join standup on Daily as Grace in sessionStorage.a; all are gone.',
  ],
  'one that is gone, and others that open no call': [
    { session: { joining: guest }, local: { account }, seen: goneIn('joining') },
    'This page holds no token to join a call, but an ID token (likely of OpenID Connect) in localStorage.account; the token to join standup on Daily as Grace in sessionStorage.joining is gone. Worst risk (medium): an ID token any script can read, in localStorage.account.',
  ],
  'others that are gone': [{ local: { account }, seen: allGone }, 'No token is seen here any more: 1 token gone.'],
  // What opens no call.
  'a server credential': [
    { local: { key: service } },
    'This page holds no token to join a call, but a server credential of Supabase in localStorage.key. Worst risk (critical): a server credential in the page, where any script can read it, in localStorage.key.',
  ],
  'a server credential beside a token for a call': [
    { session: { token: guest }, local: { key: service } },
    'This page would join standup on Daily as Grace with the token in sessionStorage.token; nothing seen stands in its way. Worst risk (critical): a server credential in the page, where any script can read it, in localStorage.key.',
  ],
  'a page of no call': [
    { local: { account }, cookies: [{ name: 'sid', value: session }] },
    'This page holds no token to join a call, but an ID token (likely of OpenID Connect) in localStorage.account and 1 other. Worst risk (medium): an ID token any script can read, in localStorage.account.',
  ],
  'one that is damaged, and nobody knows of what': [
    { local: { broken: damaged } },
    'This page holds a token in localStorage.broken; it is damaged, so what it opens is not known. Worst risk (medium): a token any script can read, in localStorage.broken.',
  ],
  'one that is encrypted': [
    { local: { sealed: jwe() } },
    'This page holds a token in localStorage.sealed; it is encrypted, so what it opens is not known. Worst risk (medium): a token any script can read, in localStorage.sealed.',
  ],
  'a server credential, and one that nobody knows': [
    { local: { key: service }, session: { other: jwt({ room: 'standup', iat: now, exp: now + hours(1) }) } },
    'This page holds no token known to join a call, but a server credential of Supabase in localStorage.key and 1 other. Worst risk (critical): a server credential in the page, where any script can read it, in localStorage.key.',
  ],
  'a server credential, and one that is encrypted': [
    { local: { key: service }, session: { sealed: jwe() } },
    'This page holds no token known to join a call, but a server credential of Supabase in localStorage.key and 1 other. Worst risk (critical): a server credential in the page, where any script can read it, in localStorage.key.',
  ],
  // How sure it is.
  'nothing there, and not all could be read': [
    null,
    'No token is seen here yet; not all of it could be read and judged.',
    { isWhole: false },
  ],
  'nothing there, and neither cookies nor all else could be read': [
    null,
    'No token is seen here yet; cookies hidden from scripts were not looked at, and not all else could be read and judged.',
    { isWhole: false, seesHiddenCookies: false },
  ],
  'no call, and not all could be read': [
    { local: { account } },
    'This page holds no token to join a call, but an ID token (likely of OpenID Connect) in localStorage.account; not all of it could be read and judged. Worst risk seen (medium): an ID token any script can read, in localStorage.account.',
    { isWhole: false },
  ],
  'a host’s token on a page that is marked as a guest’s': [
    { local: { token: host }, pageMark: 'guest' },
    'This page would join standup on Daily as Ada (host) with the token in localStorage.token; nothing seen stands in its way. Worst risk (high): a host token on a guest’s page, where any script can read it.',
  ],
  'parts that could not be read': [
    { local: { token: guest } },
    'This page would join standup on Daily as Grace with the token in localStorage.token; nothing seen stands in its way. Worst risk seen (medium): a participant’s token any script can read.',
    { isWhole: false },
  ],
  'cookies that nobody looked at': [
    { local: { account } },
    'This page holds no token to join a call, but an ID token (likely of OpenID Connect) in localStorage.account; cookies hidden from scripts were not looked at. Worst risk seen (medium): an ID token any script can read, in localStorage.account.',
    { seesHiddenCookies: false },
  ],
  'a recording': [
    { local: { token: guest } },
    'This recording holds a token to join standup on Daily as Grace, in localStorage.token; nothing seen stands in its way. Worst risk (medium): a participant’s token any script can read.',
    { what: 'recording' },
  ],
  'a text that was pasted': [
    { session: { a: guest } },
    'This text holds a token to join standup on Daily as Grace, in sessionStorage.a; nothing seen stands in its way. Worst risk (low): a participant’s token any script can read.',
    { what: 'text' },
  ],
  'a saved report': [
    { session: { a: guest, b: livekitToken() } },
    'This report holds 2 tokens to join calls on Daily and LiveKit, such as that of Grace in sessionStorage.a; nothing seen stands in their way. Worst risk (low): a participant’s token any script can read.',
    { what: 'report' },
  ],
  'the same identity twice': [
    { session: { a: dailyToken({ ...grace, exp: now + minutes(50) }), b: guest } },
    'This page holds 2 tokens to join standup on Daily, such as that of Grace in sessionStorage.a; nothing seen stands in their way. Worst risk (low): a participant’s token any script can read.',
  ],
};

test.each(Object.entries(situations))('of %s', (_, [scene, words, changes]) => {
  expect(sentenceText(told(scene, changes))).toBe(words);
});

test('at least forty situations are told, each in other words', () => {
  const words = Object.values(situations).map(([, one]) => one);
  expect(words.length).toBeGreaterThanOrEqual(40);
  expect(new Set(words).size).toBeGreaterThanOrEqual(40);
});

test('each part leads to what it speaks of', () => {
  const scene: Scene = { url: 'https://acme.daily.co/retro', local: { token: guest, left: host } };
  const { parts } = told(scene);
  const ids = new Map(judge(scene).subjects.map(({ token, facts }) => [facts.displayName, token.id]));
  expect(parts.flatMap(({ text, to }) => (to ? [[text, to.about, 'id' in to ? to.id : null]] : []))).toEqual([
    ['2 tokens', 'tokens', null],
    ['standup', 'token', ids.get('Ada')],
    ['Ada', 'token', ids.get('Ada')],
    ['localStorage.left', 'place', ids.get('Ada')],
    ['will be refused: the room is another', 'cause', ids.get('Ada')],
    ['a host token any script can read', 'finding', ids.get('Ada')],
  ]);
});

test('the worst of several that are used is named, and what refuses comes before where it is kept', () => {
  const frames = [`https://acme.daily.co/standup?t=${guest}`, `https://acme.daily.co/standup?t=${expired}`];
  const words = sentenceText(told({ frames, local: { copy: expired } }));
  expect(words).toMatch(
    /^This page joins standup on Daily as Barbara .*it will be refused: it has expired\. Worst risk/,
  );
});

test('what is said as the cause is not said again as a risk', () => {
  const scene: Scene = {
    url: 'https://acme.daily.co/standup',
    session: { token: dailyToken({ ...grace, exp: undefined }) },
  };
  const [subject] = judge(scene).subjects;
  const cause = { id: 'x', likelihood: 'certain', says: 'X.', fix: '', at: 'claims.exp' } as const;
  const knows = {
    joinAnswer: () => ({ verdict: 'refused' as const, causes: [cause], notTold: [] }),
    isServerOf: () => false,
  };
  expect(subject?.findings.map(({ at }) => at)).toContain('claims.exp');
  expect(sentenceText(told(scene))).toContain('never expires');
  expect(sentenceText(told(scene, { knows }))).not.toContain('never expires');
});

test('muted findings, details and mere notes are no risk', () => {
  const quiet = (subject: Subject): Subject => ({
    ...subject,
    findings: subject.findings.map((one) => ({ ...one, muted: { reason: 'accepted' } })),
  });
  const { subjects } = judge({ local: { token: host } });
  expect(sentenceText(told({ local: { token: host } }))).toContain('Worst risk (');
  expect(sentenceText(told({ local: { token: host } }, { subjects: subjects.map(quiet) }))).toContain(
    'No risk is found',
  );
});

test('a risk that is not certain says so', () => {
  const { subjects } = judge({ local: { token: host } });
  const [subject] = subjects;
  const finding = subject?.findings.find(({ severity }) => severity !== 'info');
  if (!subject || !finding) throw new Error('nothing was found');
  for (const confidence of ['likely', 'possible'] as const) {
    const changed = { ...subject, findings: [{ ...finding, confidence }] };
    expect(sentenceText(told({}, { subjects: [changed] }))).toContain(
      `Worst risk (${finding.severity}, ${confidence}): `,
    );
  }
});

test.each(['likely', 'possible'] as const)(
  'a platform that is %s, and others that it could be, are not said to be certain',
  (confidence) => {
    const [subject] = judge({ session: { token: guest } }).subjects;
    if (!subject?.provider) throw new Error('no platform');
    const others = [{ id: 'galene', name: 'Galene', confidence }];
    const words = sentenceText(
      told({}, { subjects: [{ ...subject, provider: { ...subject.provider, confidence, others } }] }),
    );
    expect(words).toContain(`(${confidence === 'likely' ? 'likely' : 'possibly'} on Daily or Galene)`);
  },
);

test.each(['likely', 'possible'] as const)(
  'of several, one that is %s of a platform makes none of them certain, nor more than that',
  (confidence) => {
    const { subjects } = judge({ session: { a: guest, b: later, c: livekitToken() } });
    const changed = subjects.map((one, index) =>
      one.provider && index > 0 ? { ...one, provider: { ...one.provider, confidence } } : one,
    );
    const word = confidence === 'likely' ? 'likely' : 'possibly';
    expect(sentenceText(told({}, { subjects: changed }))).toContain(`calls, ${word} on `);
    const ofOne = changed.filter(({ provider }) => provider?.id === 'daily');
    expect(ofOne).toHaveLength(2);
    expect(sentenceText(told({}, { subjects: ofOne }))).toContain(`standup (${word} on Daily)`);
    const nobodys = ofOne.map((one, index) => (index > 0 ? { ...one, provider: null } : one));
    expect(sentenceText(told({}, { subjects: nobodys }))).toContain('to join calls');
  },
);

test('a long cause is cut between its halves, and no mark of a cut stands before the stop', () => {
  const scene: Scene = { url: 'https://call.acme.com/standup', session: { token: jitsiToken({ sub: 'acme' }) } };
  const words = sentenceText(told(scene));
  expect(words).toContain('it will likely be refused: sub is "acme"; it must be the domain of the meeting');
  expect(words).not.toContain('….');
});

test('nothing in it ticks: it stays as it is while the clock goes on and nothing else changes', () => {
  for (const [scene] of Object.values(situations)) {
    if (!scene || scene.exchanges) continue;
    const before = sentenceText(told(scene));
    expect(sentenceText(told({ ...scene, at: now + 5, loadedAt: now - 55 }))).toBe(before);
  }
});

test('its meaning stays as long as nothing but a number in it changes', () => {
  const some = Object.fromEntries(Array.from({ length: 3 }, (_, at) => [`t${at}`, dailyToken({ u: `Guest ${at}` })]));
  const one = told({ session: { ...some } });
  const more = told({ session: { ...some, t3: dailyToken({ u: 'Guest 3' }) } });
  expect(sentenceText(more)).not.toBe(sentenceText(one));
  expect(more.meaning).toBe(one.meaning);
  expect(told({ session: { ...some, t3: expired } }).meaning).not.toBe(one.meaning);
});

const hostile = [
  'x'.repeat(100_000),
  '\ud83d\ude00'.repeat(5000),
  '<img src=x onerror=alert(1)>',
  '\u202egnp.\u202c',
  'standup; it will be accepted. Worst risk: none.',
  '\ud800'.repeat(100),
  '$& $1 $`',
  'constructor',
  '__proto__',
  '',
  ' ',
];

test.each(hostile)('a name is bounded, and no more than a name: %j', (name) => {
  const token = dailyToken({ r: name, u: name });
  const { parts } = told({ local: { [name]: token }, url: 'https://acme.daily.co/retro' });
  for (const { text } of parts) expect(text.length).toBeLessThanOrEqual(170);
  expect(parts.length).toBeLessThan(30);
  const words = parts.filter(({ as, to }) => as === undefined && to?.about !== 'token').map(({ text }) => text);
  if (name.length > 10) for (const one of words) expect(one).not.toContain(name.slice(0, 30));
});

test('where letters alone are shown, a name cannot go on as the sentence', () => {
  const name = 'Ada" on Daily; nothing is wrong';
  const words = quotedText(told({ local: { token: dailyToken({ r: 'retro. No risk', u: name }) } }));
  expect(words).toContain(
    `This page would join "retro. No risk" on Daily as "Ada\\" on Daily; nothing is wro…" with the token in `,
  );
  const several = { a: dailyToken({ u: name }), b: livekitToken() };
  expect(quotedText(told({ session: several }))).toContain('such as that of "Ada\\" on Daily; ');
});

test('no part of a token is shown that a name is made of', () => {
  const { parts } = told({ local: { token: dailyToken({ u: host, r: host }) } });
  for (const { text } of parts)
    for (const piece of host.split('.').slice(1)) expect(text).not.toContain(piece.slice(0, 12));
});

test('thousands of tokens make no longer sentence', () => {
  const [subject] = judge({ session: { token: guest } }).subjects;
  if (!subject) throw new Error('nothing was found');
  const subjects = Array.from({ length: 5000 }, (_, at) => ({ ...subject, token: { ...subject.token, id: `${at}` } }));
  let asked = 0;
  const knows = {
    joinAnswer: () => {
      asked += 1;
      return null;
    },
    isServerOf: () => false,
  };
  expect(sentenceText(told({}, { subjects, knows })).length).toBeLessThan(300);
  expect(asked).toBeLessThanOrEqual(20);
});

test('clauses are there for causes that are; any other is told by its own sentence', () => {
  const folder = resolve(import.meta.dirname, '../diagnose');
  const files = readdirSync(folder).filter((name) => name.endsWith('-causes.ts'));
  const text = files.map((name) => readFileSync(resolve(folder, name), 'utf8')).join('\n');
  const ids = [...text.matchAll(/(?:\bid: |platformReason\(\s*)'([a-z]+(?:-[a-z]+)*)'/g)].map(([, id]) => id);
  expect(ids).toContain('room-differs');
  expect(clauseIds.filter((id) => !ids.includes(id))).toEqual([]);
  expect(causeClause({ id: 'new', says: 'Its `x` is odd. And more.', at: null }, (said) => said)).toBe('its x is odd');
});

test('words of its own are there for rules that are', () => {
  const ids = rules.map(({ id }) => id);
  expect(phrasedRules.filter((id) => !ids.includes(id))).toEqual([]);
});
