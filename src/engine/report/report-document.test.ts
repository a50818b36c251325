import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import { plantedReport, repeatedReport } from '../../../test/builders/reports.ts';
import { daily, jwt, now, rawJwt, unsecuredJwt } from '../../../test/builders/tokens.ts';
import { standard } from '../audit/policy/policies.ts';
import { find, inspect, unknownFacts } from '../inspect.ts';
import type { Capture } from '../model/capture.ts';
import type { Report, ReportInput } from '../model/report.ts';
import type { JsonObject } from '../text/json.ts';
import { formatJson } from './formats/json.ts';
import { text as textFormat } from './formats/text.ts';
import { readReport } from './read-report.ts';
import { toDocument } from './report-document.ts';

const schema = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../../docs/report.schema.json'), 'utf8'));
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
addFormats(ajv);
const validate = ajv.compile(schema);

const policy = standard;
const inner = daily.host({ u: 'Inner' });
const outer = jwt({ sub: 'outer', assertion: inner, note: `Bearer ${inner}`, exp: now + 60 });
const guest = daily.guest();

const empty: Capture = { readAt: now, page: null, frames: [], stores: [], cookies: [], texts: [], problems: [] };
const local = (entries: { key: string; text: string }[]): Capture => ({
  ...empty,
  stores: [
    {
      source: 'local-storage',
      origin: 'https://call.example',
      url: `https://call.example/?t=${guest}`,
      entries,
      readBy: 'isolated-world',
    },
  ],
});

const captures: Record<string, Capture> = {
  'nothing at all': empty,
  'a page URL with a token in every part': {
    ...empty,
    page: {
      url: `https://call.example/${guest}?t=${guest}&next=${encodeURIComponent(`https://x.example/?jwt=${outer}`)}#jwt=${guest}`,
      title: 'Call',
      scriptOrigins: null,
      loadedAt: now,
    },
  },
  'a token in a storage key': local([{ key: outer, text: guest }]),
  'a nested token': local([{ key: 'auth', text: JSON.stringify({ session: JSON.stringify({ token: outer }) }) }]),
  'a cookie and a text': {
    ...empty,
    cookies: [
      {
        name: 'session',
        value: guest,
        domain: null,
        hostOnly: null,
        path: '/',
        httpOnly: null,
        secure: null,
        sameSite: null,
        session: null,
        expiresAt: null,
        partitionedBy: null,
        url: 'https://call.example/',
      },
    ],
    texts: [{ name: `notes ${outer}`, text: `${outer} ${unsecuredJwt({ room: 'standup' })}` }],
  },
  'damaged and hostile tokens': {
    ...empty,
    texts: [
      { name: 'damaged', text: rawJwt('{"alg":"HS256"', '{"room":"x"') },
      {
        name: 'proto',
        text: rawJwt('{"alg":"HS256","__proto__":{"a":1}}', '{"__proto__":{"room":"x"},"constructor":1}'),
      },
      { name: 'surrogate', text: rawJwt({ alg: 'HS256' }, { name: '\ud800', html: '<img src=x onerror=alert(1)>' }) },
    ],
    problems: [
      {
        code: 'frame-unreadable',
        message: `The frame https://x.example/?t=${guest} could not be read.`,
        subject: `https://x.example/?t=${guest}`,
      },
    ],
  },
};

function reportOf(capture: Capture): Report {
  const { sightings, problems } = find(capture);
  return inspect(sightings, { now, policy, page: capture.page, problems });
}

/** Parts of a token that would let somebody put it together again. */
function usableParts(token: string): string[] {
  const [, payload = '', signature = ''] = token.split('.');
  return [token, payload, signature].filter((part) => part.length >= 16);
}

test('other platforms that a token could be of are written, valid, read again and named', () => {
  const unsure = jwt({ iss: 'https://login.example', aud: 'b', sub: 'c', room: 'retro', nonce: 'n', exp: now + 60 });
  const report = reportOf(local([{ key: 'a', text: unsure }]));
  const written = toDocument(report);
  expect(validate(JSON.parse(JSON.stringify(written))) || validate.errors).toBe(true);
  const others = [{ id: 'oidc', name: 'OpenID Connect', confidence: 'possible' }];
  expect(written.tokens[0]?.provider).toMatchObject({ id: 'jitsi', confidence: 'likely', others });
  const saved = readReport(JSON.parse(JSON.stringify(written)), 'saved.json');
  expect(saved?.report.subjects[0]?.provider).toMatchObject({ others });
  expect(textFormat.write(report, {}).replace(/\s+/g, ' ')).toContain(
    'Jitsi (self-hosted), likely (could be OpenID Connect)',
  );
  expect(toDocument(reportOf(local([{ key: 'a', text: guest }]))).tokens[0]?.provider).not.toHaveProperty('others');
});

test.each(Object.entries(captures))('is valid and masked for %s', (_, capture) => {
  const report = reportOf(capture);
  const text = formatJson(report);
  expect(validate(JSON.parse(text)) || validate.errors).toBe(true);
  for (const token of [guest, inner, outer, ...report.subjects.map(({ token }) => token.text)]) {
    for (const part of usableParts(token)) expect(text).not.toContain(part);
  }
});

test.each(Object.entries(captures))('is valid with tokens whole for %s', (_, capture) => {
  const report = reportOf(capture);
  const written = JSON.parse(formatJson(report, { reveal: true }));
  expect(validate(written) || validate.errors).toBe(true);
  expect(written.tokens.map(({ token }: { token: string }) => token)).toEqual(
    report.subjects.map(({ token }) => token.text),
  );
  expect(written.masked).toBe(false);
});

test('is valid with the place of a token in a file of lines', () => {
  const report = repeatedReport(2);
  const lines = { line: 2, column: 2, length: 120 };
  const subjects = report.subjects.map((subject) => ({
    ...subject,
    sightings: subject.sightings.map((sighting) => ({ ...sighting, lines })),
  }));
  const written = JSON.parse(formatJson({ ...report, subjects }));
  expect(written.tokens[0].sightings[0].lines).toEqual(lines);
  expect(validate(written) || validate.errors).toBe(true);
  written.tokens[0].sightings[0].lines.line = 0;
  expect(validate(written)).toBe(false);
});

test('is valid with a token that was missing for a while', () => {
  const report = repeatedReport(2);
  const subjects = report.subjects.map((subject) => ({
    ...subject,
    sightings: subject.sightings.map((sighting) => ({ ...sighting, backAt: now })),
  }));
  const written = JSON.parse(formatJson({ ...report, subjects }));
  expect(written.tokens[0].sightings[0].backAt).toBe(now);
  expect(validate(written) || validate.errors).toBe(true);
  written.tokens[0].sightings[0].backAt = 'soon';
  expect(validate(written)).toBe(false);
});

test('is valid with a token that another followed', () => {
  const report = repeatedReport(2);
  const subjects = report.subjects.map((subject) => ({ ...subject, followed: { by: 'another', at: now + 20.5 } }));
  const written = JSON.parse(formatJson({ ...report, subjects }));
  expect(written.tokens[0].followed).toEqual({ by: 'another', at: now + 20.5 });
  expect(validate(written) || validate.errors).toBe(true);
  delete written.tokens[0].followed.by;
  expect(validate(written)).toBe(false);
});

test('is valid with repeats', () => {
  const written = JSON.parse(formatJson(repeatedReport(9)));
  expect(validate(written) || validate.errors).toBe(true);
  written.tokens[0].sightings[2].more.count = 0;
  expect(validate(written)).toBe(false);
});

test('masks tokens in findings, facts, inner tokens, inputs and expectations', () => {
  const report = reportOf(captures['a nested token'] as Capture);
  const subject = report.subjects.find(({ token }) => token.text === outer);
  if (!subject) throw new Error('the outer token was not found');
  const finding = {
    rule: 'exp-missing',
    severity: 'high' as const,
    confidence: 'certain' as const,
    title: `A token ${inner}`,
    says: `It says ${outer}.`,
    why: inner,
    fix: encodeURIComponent(outer),
    at: 'claims.exp',
    references: [{ title: 'RFC 7519', url: 'https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4' }],
    modifiers: ['M5'],
  };
  subject.findings = [finding];
  subject.provider = { id: 'daily', name: 'Daily', confidence: 'certain', because: inner };
  subject.facts = {
    ...unknownFacts,
    room: inner,
    privileges: {
      join: { allowed: true, because: `of ${inner}`, claim: 'r' },
      record: { allowed: false, because: '`er` is absent', claim: null },
      'remove-others': { allowed: null, because: 'the room decides', claim: null },
    },
  };
  subject.token = {
    ...subject.token,
    inner: [
      {
        path: 'claims.assertion',
        token: {
          ...subject.token,
          inner: [],
          text: inner,
          signature: { text: inner.split('.')[2] as string, bytes: 32 },
        },
      },
    ],
  };
  report.findings = [{ ...finding, tokens: [subject.token.id] }];
  const inputs: ReportInput[] = [
    {
      name: `call ${guest}.har`,
      kind: 'har',
      bytes: 12,
      readable: false,
      problems: [{ code: 'input-truncated', message: `after ${guest}`, offset: 12 }],
    },
  ];
  const text = formatJson(report, { inputs, expectations: [{ name: guest, held: false, says: outer }] });
  const written = JSON.parse(text);
  expect(validate(written) || validate.errors).toBe(true);
  for (const token of [guest, inner, outer]) for (const part of usableParts(token)) expect(text).not.toContain(part);
  expect(written.summary.unreadableInputs).toBe(1);

  const { facts } = written.tokens.find(({ id }: { id: string }) => id === subject.token.id);
  expect(facts.privileges).toEqual({ join: true, record: false, 'remove-others': null });
  expect(facts.privilegeReasons.record).toEqual({ because: '`er` is absent', claim: null });
});

/** Members whose words are our own: no page, file or backend chooses them. */
const ownWords = new Set(
  '$schema id form source severity confidence modifiers references encodings status use role roomScope readBy direction step unit'.split(
    ' ',
  ),
);

/** A value with a text behind each text in it, by the name of its member. */
function spoilt(value: unknown, text: string, member = '', seen = new Map<unknown, unknown>()): unknown {
  if (typeof value === 'string') return ownWords.has(member) ? value : `${value} ${text}`;
  if (value === null || typeof value !== 'object' || member === 'token' || member === 'traits') return value;
  if (seen.has(value)) return seen.get(value);
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {};
  seen.set(value, copy);
  for (const [name, one] of Object.entries(value))
    (copy as Record<string, unknown>)[name] = spoilt(one, text, Array.isArray(value) ? member : name, seen);
  return copy;
}

test('whatever member a token is put into, it is masked in all of the document', () => {
  const report = plantedReport();
  const lookedAt = [
    {
      source: 'text',
      origin: 'https://call.example',
      url: 'https://call.example/',
      page: 'https://call.example/',
      input: 'a',
    },
  ];
  const whole = { ...report, lookedAt, problems: [{ code: 'x', message: 'm', subject: 's' }] };
  const hostile = spoilt(whole, guest) as Report;
  const inputs = [{ name: 'a', kind: 'har', bytes: 1, readable: true, problems: [{ code: 'x', message: 'm' }] }];
  const text = formatJson(hostile, {
    inputs: spoilt(inputs, guest) as ReportInput[],
    expectations: [{ name: guest, step: guest, held: false, says: guest }],
    validations: new Map(
      hostile.subjects.map(({ token }) => [token.id, spoilt({ active: true, sub: 'a' }, guest) as JsonObject]),
    ),
  });
  expect(text.split('…').length).toBeGreaterThan(100);
  const [, payload = '', signature = ''] = guest.split('.');
  const shown = [...text.matchAll(new RegExp(`"([^"]*)": [^\\n]*(?:${payload}|${signature})`, 'g'))].map(
    ([, name]) => name,
  );
  expect(shown).toEqual([]);
});

test('holds what a backend answered, with tokens in it masked', () => {
  const report = inspect(find(local([{ key: 'join', text: guest }])).sightings, { now, policy });
  const id = report.subjects[0]?.token.id ?? '';
  const reply = { active: false, username: guest };
  const text = formatJson(report, { validations: new Map([[id, { answeredBy: '127.0.0.1:8787', reply }]]) });
  const written = JSON.parse(text);
  expect(validate(written)).toBe(true);
  expect(written.tokens[0].validation).toMatchObject({ answeredBy: '127.0.0.1:8787', reply: { active: false } });
  expect(text).not.toContain(guest);
});

test('masks a signature that stands alone', () => {
  const report = reportOf(captures['a cookie and a text'] as Capture);
  const subject = report.subjects.find(({ token }) => token.text === guest);
  if (!subject) throw new Error('the token was not found');
  const signature = guest.split('.')[2] as string;
  subject.token = { ...subject.token, signature: { text: signature, bytes: 32 } };
  report.problems.push({ code: 'note', message: `Signature ${signature}` });
  expect(formatJson(report)).not.toContain(signature);
});

test('shows times, sightings and claims as the written names them', () => {
  const written = toDocument(reportOf(local([{ key: 'auth', text: guest }])));
  const [token] = written.tokens;
  expect(token?.claims as JsonObject).toMatchObject({ r: 'standup', u: 'Grace' });
  expect(token?.times).toMatchObject({
    issuedAt: now - 60,
    expiresAt: now + 3600,
    lifetimeSeconds: 3660,
    status: 'active',
  });
  expect(token?.sightings[0]).toMatchObject({
    source: 'local-storage',
    label: 'localStorage["auth"]',
    origin: 'https://call.example',
    encodings: [],
    seenAt: now,
  });
});

test('an empty report says who wrote it, when, and by which policy', () => {
  expect(toDocument(reportOf(empty))).toMatchObject({
    version: 1,
    generator: { name: 'roomkey' },
    now,
    policy: 'standard',
    inputs: [],
    tokens: [],
    summary: { tokens: 0, critical: 0, high: 0, medium: 0, low: 0, info: 0, muted: 0, unreadableInputs: 0 },
  });
});

test('claims nested by the ten thousand are cut, also in a report of whole tokens', () => {
  const deep = rawJwt({ alg: 'HS256', typ: 'JWT' }, `{"nested":${'['.repeat(50_000)}${']'.repeat(50_000)}}`);
  const { sightings } = find(local([{ key: 'deep', text: deep }]));
  const report = inspect(sightings, { now, policy });
  expect(formatJson(report, { reveal: true })).toContain('nested deeper');
  expect(formatJson(report)).toContain('nested deeper');
});

test('an address that holds many tokens is masked once, and shown up to a length', () => {
  const tokens = Array.from({ length: 300 }, (_, index) => jwt({ sub: `u${index}`, iat: now }));
  const url = `https://call.example/?${tokens.map((token, index) => `t${index}=${token}`).join('&')}`;
  const report = inspect(find({ ...empty, page: { url, title: '', scriptOrigins: null, loadedAt: now } }).sightings, {
    now,
    policy,
  });
  const document = toDocument(report);
  expect(document.tokens).toHaveLength(300);
  const urls = new Set(document.tokens.flatMap(({ sightings }) => sightings.map((sighting) => sighting.url ?? '')));
  expect(urls.size).toBe(1);
  const [shown = ''] = urls;
  expect(shown).toMatch(/^https:\/\/call\.example\/\?t0=.*…\(\d+ characters\)$/s);
  expect(shown.length).toBeLessThan(4200);
  for (const token of tokens) expect(shown).not.toContain(token.split('.')[2]);
});
