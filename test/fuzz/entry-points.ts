/** Everything that takes a text from a page, a file, a server or a stored setting, as a function of that text. */
import { parsePolicy } from '../../src/engine/audit/policy/parse-policy.ts';
import { policies } from '../../src/engine/audit/policy/policies.ts';
import { rules } from '../../src/engine/audit/rules/index.ts';
import { decode } from '../../src/engine/decode/decode.ts';
import { ExpectationError, parseExpectations } from '../../src/engine/expect/expectations.ts';
import { detect } from '../../src/engine/find/detect.ts';
import { find, inspect } from '../../src/engine/inspect.ts';
import { lockTokens } from '../../src/engine/lock/lock-tokens.ts';
import { formatLock, LockError, parseLock } from '../../src/engine/lock/written-lock.ts';
import type { Report } from '../../src/engine/model/report.ts';
import { redactBytes } from '../../src/engine/redact/redact-bytes.ts';
import { redactText } from '../../src/engine/redact/redact-text.ts';
import { formats } from '../../src/engine/report/formats/index.ts';
import { readReport } from '../../src/engine/report/read-report.ts';
import { readWindowMessages } from '../../src/extension/capture/window-messages.ts';
import { readRecords } from '../../src/extension/trace/read-records.ts';
import { exchangeOf, wholeEntry } from '../../src/inputs/har-entry.ts';
import { parseReply, ReplyError } from '../../src/introspection/reply.ts';
import { judgeText } from '../../src/judge/judge-text.ts';
import { readPattern } from '../../src/panel/state/filter-pattern.ts';
import { readTerms } from '../../src/panel/state/filter-terms.ts';
import { keptFilter } from '../../src/panel/state/kept-filter.ts';
import { loadSettings, readPreset } from '../../src/panel/stored-settings.ts';
import { visible } from '../../src/panel/words/visible.ts';
import { noFacts, parseFacts } from '../../src/probes/document.ts';
import { parseStore } from '../../src/probes/parse-store.ts';
import { KeyError, parseKey } from '../../src/verify/index.ts';
import { type PageParts, pageOf } from '../builders/captures.ts';
import { readInput } from '../builders/read-input.ts';
import { now } from '../builders/tokens.ts';

export interface EntryPoint {
  name: string;
  run(text: string): unknown;
  /** The same in two steps, where making what is given takes time of its own. */
  ready?(text: string): () => unknown;
  /** What is done for each of many tokens or values, rather than for one text: they take their time. */
  isOfMany?: true;
  /** How many characters are given for each of the text, where it is written in another way or more than once. */
  times?(text: string): number;
}

const entry = (name: string, run: EntryPoint['run']): EntryPoint => ({ name, run });
const ofMany = (name: string, run: EntryPoint['run']): EntryPoint => ({ name, run, isOfMany: true });

const encoded = (text: string) => encodeURI(text.replace(/[\ud800-\udfff]/g, '?'));

/** A value that is searched, in each kind of place. */
const places: Record<string, (text: string) => PageParts> = {
  'local storage': (text) => ({ local: { token: text } }),
  'many entries': (text) => ({
    local: Object.fromEntries(text.split('\n').map((line, index) => [`entry ${index}`, line])),
  }),
  'many cookies': (text) => ({ cookies: text.split('\n').map((value, index) => ({ name: `c${index}`, value })) }),
  'the name of an entry': (text) => ({ local: { [text]: 'value' } }),
  'a cookie': (text) => ({ cookies: [{ name: 'session', value: text }] }),
  'page content': (text) => ({ content: [['', 'script', '', '', '1', text]] }),
  'the address': (text) => ({ url: `https://call.example/?q=${encoded(text)}` }),
  'the address of a request': (text) => ({ exchanges: [{ url: `https://call.example/?q=${text}` }] }),
  'request headers': (text) => ({
    exchanges: [
      {
        requestHeaders: [
          { name: 'Cookie', value: text },
          { name: 'Authorization', value: text },
        ],
      },
    ],
  }),
  'response headers': (text) => ({
    exchanges: [
      {
        responseHeaders: [
          { name: 'Set-Cookie', value: text },
          { name: 'Location', value: text },
        ],
      },
    ],
  }),
  'a form': (text) => ({ exchanges: [{ requestBody: { text, mimeType: 'application/x-www-form-urlencoded' } }] }),
  'a body of parts': (text) => ({
    exchanges: [{ requestBody: { text, mimeType: 'multipart/form-data; boundary=----------boundary' } }],
  }),
  'a reply': (text) => ({ exchanges: [{ responseBody: { text, mimeType: 'application/json' } }] }),
  'a message': (text) => ({ exchanges: [{ messages: [{ direction: 'received', text, at: now }] }] }),
};

const searched = Object.entries(places).map(([name, partsOf]) => ({
  name: `find in ${name}`,
  run: (text: string) => find(pageOf(partsOf(text))),
  // A browser hands over what lies in a page; as many entries as there are lines are put together before.
  ready: (text: string) => {
    const page = pageOf(partsOf(text));
    return () => find(page);
  },
  ...(name.startsWith('many ') && { isOfMany: true as const }),
  ...(name.endsWith(' headers') && { times: () => 2 }),
  // What stands in no address is written as octets, each of three characters.
  ...(name === 'the address' && { times: (text: string) => encoded(text).length / text.length }),
}));

function inspected(text: string) {
  const { sightings, problems } = find(pageOf({ local: { token: text } }));
  return inspect(sightings, { now, policy: policies.standard, problems });
}

/** The report of a text, which each format writes: it is made once. */
let last = { text: '', report: inspected('') };
function reportOf(text: string): Report {
  if (last.text !== text) last = { text, report: inspected(text) };
  return last.report;
}

const secret = { kind: 'secret', bytes: new TextEncoder().encode('a'.repeat(40)), writtenAs: 'text' } as const;
const judged = (profile: string) =>
  entry(`judge as ${profile}`, (text) => {
    const [hit] = detect(text).hits;
    return judgeText(hit?.token ?? text, hit?.form ?? null, { profile, key: secret, now, skewSeconds: 0 });
  });

export const entryPoints: readonly EntryPoint[] = [
  entry('detect', (text) => detect(text)),
  ...searched,
  ...(
    ['jws', 'jwe', 'sd-jwt', 'jws-json', 'opentok-t1', 'agora-007', 'signed-cookie', 'damaged', 'opaque'] as const
  ).map((form) => entry(`decode as ${form}`, (text) => decode(text, form))),
  ofMany('find and inspect', inspected),
  ...formats.map((format) => ofMany(`report as ${format.id}`, (text) => format.write(reportOf(text), {}))),
  ofMany('a lock of what was found', (text) => formatLock(lockTokens(reportOf(text)))),
  // Each of many values is replaced, and no worker of the panel does it.
  ofMany('redact', (text) => redactText(text)),
  ofMany('redact bytes', (text) => redactBytes(new TextEncoder().encode(text))),
  // Each of many tokens is kept with its place.
  ofMany('read a file', (text) => readInput(text)),
  ofMany('read a file of UTF-16', (text) => readInput(Buffer.from(`\ufeff${text}`, 'utf16le'))),
  {
    name: 'read a HAR entry',
    run: (text) => {
      const named = [{ name: text, value: text }];
      const postData = { text, mimeType: text };
      const request = { method: 'POST', url: text, headers: named, cookies: named, postData };
      const headers = [{ name: 'set-cookie', value: text }];
      const response = { status: 200, headers, content: { text, mimeType: text } };
      return exchangeOf(wholeEntry({ request, response }), 'a', null);
    },
    // It stands in ten members.
    times: () => 10,
  },
  entry('a policy', (text) => parsePolicy(text, { ruleIds: rules.map(({ id }) => id) })),
  entry('expectations', refused(parseExpectations, ExpectationError)),
  entry('a lock', refused(parseLock, LockError)),
  entry('a saved report', (text) => readReport(parsed(text), 'a')),
  entry('a reply of a backend', refused(parseReply, ReplyError)),
  entry('a key', refused(parseKey, KeyError)),
  ...['auto', 'general', 'jitsi', 'daily', 'livekit', 'opentok'].map(judged),
  entry('a store of a page', (text) => parseStore(`\n${text}`)),
  entry('facts of a page', (text) => parseFacts(`t${text}`, noFacts)),
  entry('records of a trace', (text) => readRecords(`1:00:${text}`, 'https://a.example/', now, () => 'a')),
  entry('messages of windows', (text) =>
    readWindowMessages({ kind: 'window-messages', messages: [{ from: text, text }] }),
  ),
  entry('settings', (text) => [loadSettings(parsed(text)), readPreset({ policy: text })]),
  entry('a filter', (text) => readTerms(text, readPattern)),
  entry('a filter that is kept', (text) => keptFilter(text, [])),
  entry('a pattern', (text) => readPattern(text)),
  entry('a name on screen', (text) => visible(text)),
];

function refused(read: (text: string) => unknown, kind: abstract new (...args: never[]) => Error) {
  return (text: string) => {
    try {
      return read(text);
    } catch (error) {
      if (error instanceof kind) return null;
      throw error;
    }
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
