/** What reaches the panel past the engine: answers of probes, records of a trace, messages, what devtools tell of traffic, what was stored. */
import fc from 'fast-check';
import { find } from '../../src/engine/inspect.ts';
import type { Exchange } from '../../src/engine/model/capture.ts';
import { record } from '../../src/engine/text/narrow.ts';
import { emptyTraffic } from '../../src/engine/timeline/timeline.ts';
import { parseCollected } from '../../src/extension/capture/ask-frame.ts';
import { EarlierRequests } from '../../src/extension/capture/earlier-requests.ts';
import { scriptCookies } from '../../src/extension/capture/read-cookies.ts';
import { readWindowMessages } from '../../src/extension/capture/window-messages.ts';
import { receive } from '../../src/extension/messages.ts';
import { createOtherTabs, type TabsChannel } from '../../src/extension/other-tabs.ts';
import { readRecords } from '../../src/extension/trace/read-records.ts';
import { createBodyPatterns, patternIdOf } from '../../src/extension/traffic/body-patterns.ts';
import { callerOf } from '../../src/extension/traffic/caller-of.ts';
import { whyNotAsked } from '../../src/extension/traffic/choose-body.ts';
import { createKnownRequests } from '../../src/extension/traffic/known-requests.ts';
import { createForgetting, standing } from '../../src/extension/traffic/read-log.ts';
import { newsOf } from '../../src/extension/traffic/tell-news.ts';
import { createWorkerTwins } from '../../src/extension/traffic/worker-twins.ts';
import * as looking from '../../src/panel/chunks/looking.ts';
import { readPattern } from '../../src/panel/state/filter-pattern.ts';
import { readTerms } from '../../src/panel/state/filter-terms.ts';
import { keptFilter } from '../../src/panel/state/kept-filter.ts';
import { readTableLayout } from '../../src/panel/state/table-layout.ts';
import {
  loadSettings,
  loadView,
  readKeptExpectations,
  readPreset,
  readSettings,
} from '../../src/panel/stored-settings.ts';
import { stepAddress } from '../../src/panel/words/step-address.ts';
import { visible } from '../../src/panel/words/visible.ts';
import { createTrafficKeeper } from '../../src/panel/workers/keep-traffic.ts';
import { Area } from '../../src/probes/area.ts';
import { noFacts, parseFacts } from '../../src/probes/document.ts';
import { parseStore } from '../../src/probes/parse-store.ts';
import { captureOf } from '../builders/captures.ts';
import { now } from '../builders/tokens.ts';
import { key, name, objectOf, token, value } from './arbitraries.ts';
import { refuseFailures } from './properties.ts';

const number = fc.oneof(
  fc.constantFrom('0', '1', '-1', '007', '99999999999999999999', '1e3', 'NaN', ''),
  fc.nat(99).map(String),
);
const storeRecord = fc.oneof(
  fc
    .tuple(fc.constantFrom('v', 's', 'c', 'm', 'u', 'o'), fc.integer(), key, token)
    .map(([kind, stamp, one, text]) => `${kind} ${stamp} ${one.length} ${text.length}\n${one}${text}`),
  fc
    .tuple(fc.constantFrom('v', 's', 'x'), number, number, number, key)
    .map((parts) => `${parts.slice(0, 4).join(' ')}\n${parts[4]}`),
  name,
);
const storeAnswer = fc.oneof(
  fc.array(storeRecord, { maxLength: 4 }).map((records) => `stamp\n${records.join('')}`),
  fc.constantFrom<unknown>('=', 'x', '', null, undefined, 7, {}, []),
);
const factLine = fc.tuple(
  fc.constantFrom('o', 'c', 'e', 't', 'b', 's', 'S', 'w', 'r'),
  fc.oneof(name, token, number, key),
);
const factsAnswer = fc.oneof(
  fc.array(factLine, { maxLength: 8 }).map((lines) => lines.map((parts) => parts.join('')).join('\n')),
  fc
    .array(fc.tuple(number, key), { maxLength: 3 })
    .map((lines) => `t\n${lines.map((parts) => `r${parts.join(' ')}`).join('\n')}`),
  fc.constantFrom<unknown>(null, 7, {}),
);

/** Answers of probes in which the page had a hand, one after the other. */
export const readsAnyProbe = fc.property(
  fc.array(storeAnswer, { maxLength: 4 }),
  factsAnswer,
  factsAnswer,
  (answers, one, another) => {
    const area = new Area();
    for (const answer of answers) {
      const store = parseStore(answer);
      const length =
        store.kind === 'read'
          ? store.entries.reduce((sum, { key: of, text }) => sum + of.length + (text?.length ?? 0), 0)
          : 0;
      if (length > String(answer).length) throw new Error('More than was answered');
      area.learn(store);
      area.knownStamps();
      if (area.problems('a').length > 20) throw new Error('More than twenty problems of one place');
    }
    const facts = parseFacts(another, parseFacts(one, noFacts));
    parseCollected(another);
    scriptCookies(facts.cookies, 'https://call.example/');
    const stores = [
      {
        source: 'local-storage',
        origin: 'https://call.example',
        url: 'https://call.example/',
        entries: area.entries(),
        readBy: 'page-script' as const,
      },
    ];
    const earlier = new EarlierRequests().take([{ last: { facts, stores } }], []);
    const frames = facts.windows.map((url) => ({ url, origin: 'null', parentUrl: null, loadedAt: now }));
    refuseFailures(find(captureOf({ stores, frames, exchanges: earlier })).problems);
  },
);

const field = (text: string) => `${text.length}:${text}`;
const traced = fc
  .array(
    fc.tuple(
      number,
      number,
      fc.oneof(name, fc.constant('Error\n    at join (https://a.example/a.js:1:2)')),
      key,
      fc.array(fc.tuple(name, token), { maxLength: 2 }),
    ),
    { maxLength: 3 },
  )
  .map((calls) =>
    calls
      .map(([which, at, stack, detail, parts]) =>
        [which, at, stack, detail, String(parts.length), ...parts.flat()].map(field).join(''),
      )
      .join(''),
  );

/** What a page hands over of a trace, and what windows say to each other. */
export const readsAnyRecord = fc.property(
  fc.oneof(
    traced.map((text) => `1:01:0${text}`),
    traced,
    name,
  ),
  fc.nat(),
  value,
  value,
  (text, at, one, another) => {
    for (const given of [text, text.slice(0, at % (text.length + 1))]) {
      const records = readRecords(given, 'https://call.example/', now, () => 'call 1');
      if (!records) continue;
      const { calls, ended } = records;
      if (calls.length > 200 || ended.length > 10) throw new Error(`${calls.length} calls`);
      for (const { startedAt, traced: what } of calls) {
        if (startedAt === null || startedAt > now || (what?.call.length ?? 0) > 300)
          throw new Error(JSON.stringify(what));
      }
      refuseFailures(find(captureOf({ exchanges: calls })).problems);
    }
    const messages = `{"kind":"window-messages","url":${one},"unread":${another},"messages":[${another},{"from":${one},"text":${another},"ports":${one},"at":${another}}]}`;
    for (const told of [JSON.parse(messages), JSON.parse(one)]) {
      const heard = readWindowMessages(told);
      if (heard) refuseFailures(find(captureOf({ exchanges: heard.messages })).problems);
    }
  },
);

/** What another panel says, and what the devtools page does. */
export const hearsAnyMessage = fc.property(fc.array(fc.tuple(name, value, value), { maxLength: 3 }), (said) => {
  const channel: TabsChannel = { onmessage: null, postMessage: () => {} };
  const locks = { request: async () => {} } as unknown as Pick<LockManager, 'request'>;
  const tabs = createOtherTabs(channel, locks, 'own');
  tabs.onChange((counts) => {
    if ([...counts.values()].some((count) => count > 500)) throw new Error('More tabs than are listened to');
  });
  for (const [from, one, another] of said) {
    for (const data of [
      JSON.parse(one),
      { kind: 'tokens', from, ids: JSON.parse(`[${one},${another}]`) },
      { kind: JSON.parse(one), from: JSON.parse(another), ids: JSON.parse(one) },
    ]) {
      channel.onmessage?.({ data } as MessageEvent<unknown>);
      receive(
        { postMessage: () => {}, onMessage: { addListener: (listener) => listener(data) } },
        ({ name: heard }) => {
          if (!['visible', 'opened', 'search'].includes(heard)) throw new Error(`Heard ${heard}`);
        },
      );
    }
  }
});

const headers = fc
  .tuple(
    value,
    fc.array(
      fc.tuple(
        fc.oneof(name, fc.constantFrom('cookie', 'authorization', 'set-cookie', 'location', 'content-type')),
        token,
      ),
      { maxLength: 2 },
    ),
  )
  .map(
    ([one, list]) =>
      `[${[one, ...list.map(([header, text]) => JSON.stringify({ name: header, value: text }))].join()}]`,
  );
const harEntry = fc
  .tuple(value, value, headers, headers, token, value)
  .map(
    ([one, another, asked, answered, text, third]) =>
      `{"startedDateTime":${one},"time":${another},"_resourceType":${third},"_initiator":{"type":${one},"stack":{"callFrames":[${another},{"url":${one},"scriptId":${third}}],"parent":${third}}},"request":{"method":${third},"url":${JSON.stringify(`https://a.example/?t=${text}`)},"headers":${asked},"cookies":[${one},{"name":${another},"value":${JSON.stringify(text)}}],"postData":${another}},"response":{"status":${third},"headers":${answered},"cookies":${one},"content":{"size":${another},"mimeType":${third},"text":${JSON.stringify(text)}},"redirectURL":${third}},"_webSocketMessages":${one},"_eventSourceMessages":[${another},{"data":${JSON.stringify(text)},"time":${third}}]}`,
  );

/** Whatever devtools hand over of requests, as events and in the log, in any order and again. */
export const hearsAnyTraffic = fc.property(
  fc.array(harEntry, { minLength: 1, maxLength: 3 }),
  fc.array(fc.nat(5), { maxLength: 4 }),
  (texts, order) => {
    const entries: unknown[] = texts.map((text) => JSON.parse(text));
    const requests = createKnownRequests();
    const patterns = createBodyPatterns(() => 0);
    const told: Exchange[] = [];
    const twins = createWorkerTwins((exchange) => told.push(exchange));
    const forgets = createForgetting();
    const meet = (entry: unknown, known: Parameters<typeof newsOf>[1]) => {
      const exchange = newsOf(entry, known, null);
      twins.note(entry, exchange);
      twins.tell(exchange);
      callerOf(entry);
      if (whyNotAsked(entry) === null) patterns.choose(patternIdOf(entry), entry);
    };
    for (const step of order) {
      if (step % 2 === 0) {
        requests.beginLook();
        const { open, ended } = requests.look(entries, () => step === 4);
        for (const { entry, known } of [...open, ...ended]) meet(entry, known);
        standing(open);
        forgets({ entries, pages: [] });
      } else {
        const entry = entries[step % entries.length];
        meet(entry, requests.end(entry));
      }
    }
    twins.stop();
    const taken = createTrafficKeeper();
    const known = taken(emptyTraffic, told, now, looking);
    refuseFailures(known.problems);
  },
);

const settingName = fc.oneof(
  fc.constantFrom(
    'policy',
    'sitePolicies',
    'ownPolicies',
    'mutes',
    'pageMarks',
    'timeZone',
    'preserveLog',
    'backends',
    'filter',
    'severity',
    'view',
    'table',
    'beside',
    'columns',
    'sort',
    'grouping',
    'name',
    'text',
    'isSaved',
  ),
  name,
);
const stored = fc.oneof(
  fc.array(fc.tuple(settingName, value), { maxLength: 6 }).map(objectOf),
  fc
    .tuple(value, value, name)
    .map(
      ([one, another, text]) =>
        `{"policy":"standard","ownPolicies":[${one},{"name":${JSON.stringify(text)},"text":"{}"}],"mutes":[${another},{"rule":"exp-missing","token":"a","reason":"b"}],"pageMarks":{${JSON.stringify(text)}:"guest","a":${one}},"backends":[${one},{"id":"a","url":"https://a.example/","sites":${another},"header":${one}}],"table":{"columns":[${one},{"id":"room","width":${another}}]},"beside":0.5}`,
    ),
  value,
);

/** Whatever a browser kept, or an administrator set: what is odd falls away alone, and what was read is read again as it is. */
export const readsAnySettings = fc.property(stored, name, (text, line) => {
  const given: unknown = JSON.parse(text);
  const { value: settings, leftOut } = loadSettings(given);
  if (JSON.stringify(readSettings(settings)) !== JSON.stringify(settings))
    throw new Error('Settings that were read are read otherwise');
  const { value: view } = loadView(given);
  const again = loadView(view).value;
  if (JSON.stringify(loadView(again).value) !== JSON.stringify(again))
    throw new Error('A view that was read is read otherwise');
  const layout = readTableLayout(record(given).table);
  if (JSON.stringify(readTableLayout(layout)) !== JSON.stringify(layout))
    throw new Error('A layout that was read is read otherwise');
  if (leftOut.length > 8) throw new Error(leftOut.join());
  readPreset(given);
  readPreset({ policy: line });
  if (Object.hasOwn(Object.prototype, 'guest')) throw new Error('A prototype was written to');
  try {
    readKeptExpectations(given);
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith('What the browser has kept')) throw error;
  }
});

/** Whatever is typed or pasted into the filter; a token is never kept of it. */
export const filtersByAnything = fc.property(
  fc.array(
    fc.oneof(
      name,
      token,
      fc.string({ maxLength: 12 }),
      fc.constantFrom('room:', '-role:host', '/a+/', '"', '(a+)+', '[', '\\'),
    ),
    { maxLength: 4 },
  ),
  (parts) => {
    const text = parts.join(' ');
    readTerms(text, readPattern);
    const { test } = readPattern(text);
    test?.(text);
    const kept = keptFilter(text, []);
    if (kept !== null && kept.length > 300) throw new Error(kept);
    for (const part of parts)
      if (part.length >= 60 && part.startsWith('eyJ') && kept?.includes(part)) throw new Error(`Kept: ${kept}`);
    visible(text);
    stepAddress(text);
    stepAddress(`https://a.example/${text}`);
  },
);
