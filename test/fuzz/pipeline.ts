/** What must hold from a hostile text to the report read again: nothing throws, and no part has to be contained. */
import fc from 'fast-check';
import { formatPolicy } from '../../src/engine/audit/policy/format-policy.ts';
import { parsePolicy } from '../../src/engine/audit/policy/parse-policy.ts';
import { policies } from '../../src/engine/audit/policy/policies.ts';
import { rules } from '../../src/engine/audit/rules/index.ts';
import { decode } from '../../src/engine/decode/decode.ts';
import { diagnose } from '../../src/engine/diagnose/diagnose.ts';
import { checkExpectations } from '../../src/engine/expect/check-expectations.ts';
import { expectWhatIsSeen } from '../../src/engine/expect/expect-what-is-seen.ts';
import { ExpectationError, parseExpectations } from '../../src/engine/expect/expectations.ts';
import { detect } from '../../src/engine/find/detect.ts';
import { find, inspect } from '../../src/engine/inspect.ts';
import type { Report } from '../../src/engine/model/report.ts';
import { meaningOf } from '../../src/engine/recognise/registered-claims.ts';
import { redactText } from '../../src/engine/redact/redact-text.ts';
import { isLive } from '../../src/engine/redact/token-edits.ts';
import { formats } from '../../src/engine/report/formats/index.ts';
import { readReport } from '../../src/engine/report/read-report.ts';
import { reportSchema } from '../../src/engine/report/report-document.ts';
import { ByteWindow } from '../../src/inputs/bytes/byte-window.ts';
import { createGatherer } from '../../src/inputs/gather.ts';
import { recogniseInput } from '../../src/inputs/recognise-input.ts';
import { decryptToken, KeyError, parseKey, verifySignature } from '../../src/verify/index.ts';
import { pageOf } from '../builders/captures.ts';
import { now } from '../builders/tokens.ts';
import { hostileToken, key, name, objectOf, policy, token, value } from './arbitraries.ts';
import { refuseFailures } from './properties.ts';

/** A page with hostile names and tokens, through every step to a report that is read again. */
export const survivesThePipeline = fc.property(
  fc.array(fc.tuple(key, token), { minLength: 1, maxLength: 2 }),
  key,
  policy,
  fc.nat(),
  fc.boolean(),
  (entries, cookie, rulesOf, pick, reveal) => {
    const picture = pageOf({
      url: `https://call.example/${pick % 3 === 0 ? encodeLoosely(cookie) : 'room'}?${encodeLoosely(cookie)}=${entries[0]?.[1]}`,
      cookies: [{ name: cookie, value: entries[0]?.[1] ?? '' }],
    });
    picture.stores.push({
      source: 'local-storage',
      origin: 'https://call.example',
      url: 'https://call.example/',
      entries: entries.map(([name, text]) => ({ key: name, text })),
      readBy: 'isolated-world',
    });
    const { sightings, problems } = find(picture);
    const report = inspect(sightings, { now, policy: rulesOf, page: picture.page, problems });
    refuseFailures(report.problems);
    for (const subject of report.subjects) {
      const causes = diagnose(subject, { now, pageUrl: picture.page?.url ?? null, frames: [] });
      if (causes.some(({ id }) => id === 'unit-failed')) throw new Error(JSON.stringify(causes));
      for (const name of Object.keys(subject.token.claims ?? {})) meaningOf(null, name);
    }
    holdsWhatIsSeen(report);
    writesAndReadsAgain(report, pick, reveal);
  },
);

function holdsWhatIsSeen(report: Report): void {
  const results = checkExpectations(report, expectWhatIsSeen(report));
  const lost = results.find(({ held }) => !held);
  if (lost) throw new Error(`What was seen is not there: ${lost.says}`);
}

function writesAndReadsAgain(report: Report, pick: number, reveal: boolean): void {
  const format = formats[pick % formats.length] as (typeof formats)[number];
  const text = format.write(report, { reveal });
  if (format.id === 'sarif') JSON.parse(text);
  if (format.id !== 'json') return;
  const again = readReport(JSON.parse(text), 'again.json');
  if (again?.report.subjects.length !== report.subjects.length) throw new Error('The saved report holds other tokens');
  for (const other of formats) other.write(again.report, {});
}

function encodeLoosely(text: string): string {
  return encodeURIComponent(text.replace(/[\ud800-\udfff]/g, '?'));
}

/** Recordings of each kind with hostile names and values in them, and anything that begins like one. */
export const inputText = fc.oneof(
  fc.array(fc.tuple(name, value), { maxLength: 6 }).map(objectOf),
  fc
    .tuple(value, value, value, token)
    .map(
      ([one, another, third, text]) =>
        `{"log":{"version":${one},"pages":${another},"entries":[${third},{"startedDateTime":${one},"request":{"method":${one},"url":${JSON.stringify(`https://a.example/?t=${text}`)},"headers":[{"name":${third},"value":${another}},${one}],"cookies":${third},"postData":${another}},"response":{"status":${one},"headers":${another},"content":{"text":${JSON.stringify(text)},"encoding":${third}}},"_webSocketMessages":${one}}]}}`,
    ),
  fc
    .tuple(value, value, key, token)
    .map(
      ([one, another, name, text]) =>
        `{"cookies":[${one},{"name":${JSON.stringify(name)},"value":${JSON.stringify(text)},"domain":${another},"path":${one},"expires":${another},"sameSite":${one}}],"origins":[${another},{"origin":${one},"localStorage":[${one},{"name":${JSON.stringify(name)},"value":${JSON.stringify(text)}}],"indexedDB":${another}}]}`,
    ),
  fc
    .tuple(value, value, value)
    .map(
      ([one, another, third]) =>
        `{"$schema":"${reportSchema}","version":1,"tokens":[${one},{"id":${another},"header":${third},"claims":${one},"findings":[${another},{"rule":${third}}],"sightings":[${one},{"place":${third}}],"facts":${another},"privileges":${third}}],"summary":${one},"findings":${another},"problems":${third},"inputs":${one}}`,
    ),
  fc
    .tuple(value, value, value)
    .map(
      ([one, another, third]) =>
        `{"snapshot":{"meta":{"node_fields":${one},"node_types":${another},"edge_fields":${third},"edge_types":${one}},"node_count":${another},"edge_count":${third}},"nodes":${one},"edges":${another},"strings":[${third},${one}]}`,
    ),
  fc
    .array(fc.tuple(name, name, key, token), { maxLength: 4 })
    .map(
      (rows) =>
        `# Netscape HTTP Cookie File\n${rows.map(([domain, path, cookie, text]) => [domain, 'TRUE', path, 'TRUE', path, cookie, text].join('\t')).join('\n')}`,
    ),
  fc
    .array(fc.tuple(name, token), { maxLength: 4 })
    .map((rows) => `GET / HTTP/1.1\r\n${rows.map((row) => row.join(': ')).join('\r\n')}\r\n\r\n${rows[0]?.[1]}`),
  token,
);

export const readsAnyInput = fc.asyncProperty(inputText, fc.nat(), fc.boolean(), async (whole, at, isCut) => {
  const text = isCut ? whole.slice(0, at % (whole.length + 1)) : whole;
  const bytes = new TextEncoder().encode(text);
  const open = () => {
    let from = 0;
    return new ByteWindow(async (into) => {
      const part = bytes.subarray(from, from + into.length);
      into.set(part);
      from += part.length;
      return part.length;
    });
  };
  const reopen = async () => ({ window: open(), close: async () => {} });
  const gatherer = createGatherer();
  await gatherer.add(await recogniseInput(open(), { name: 'input', bytes: bytes.length, reopen }), now);
  const { sightings, problems, inputs } = gatherer.finish();
  refuseFailures([...problems, ...inputs.flatMap((input) => input.problems)]);
  refuseFailures(inspect(sightings, { now, policy: policies.standard }).problems);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return;
  }
  const saved = readReport(value, 'input');
  if (saved) for (const format of formats) format.write(saved.report, {});
});

export const leavesNothingUsable = fc.property(inputText, fc.nat(), fc.boolean(), (whole, at, isCut) => {
  const text = isCut ? whole.slice(0, at % (whole.length + 1)) : whole;
  const safe = redactText(text).text;
  const live = detect(safe).hits.filter(isLive);
  if (live.length > 0) throw new Error(`Still alive: ${JSON.stringify(live)} in ${JSON.stringify(safe)}`);
  const again = redactText(safe).text;
  if (again !== safe) throw new Error(`Changed again: ${JSON.stringify(safe)} to ${JSON.stringify(again)}`);
});

const ruleIds = rules.map(({ id }) => id);
const member = fc.oneof(
  fc.constantFrom(
    'name',
    'extends',
    'lifetimes',
    'severities',
    'off',
    'timeBoxedCalls',
    'origins',
    'requiredClaims',
    'forbiddenClaims',
    'mutes',
    'recipients',
    'expect',
    'none',
    'count',
    'tokens',
    'every',
    'have',
    'where',
    'maxSeverity',
    'min',
    'max',
    'like',
    'not',
  ),
  name,
);
const fileValue = fc.oneof(
  value,
  fc
    .array(
      fc.tuple(
        member,
        fc.oneof(value, fc.constantFrom('"low"', '"standard"', '["exp-missing"]', '{"exp-missing":"low"}')),
      ),
      { maxLength: 4 },
    )
    .map(objectOf),
);
const rulesFile = fc.oneof(
  fc.array(fc.tuple(member, fileValue), { maxLength: 5 }).map(objectOf),
  fc
    .array(fc.tuple(member, fileValue), { maxLength: 3 })
    .map((list) => `{"expect":[${objectOf([['name', '"a"'], ...list])}]}`),
  fc
    .tuple(name, fc.constantFrom('severities', 'lifetimes', 'origins', 'off'))
    .map(([one, of]) => `{"${of}":${of === 'off' ? `[${JSON.stringify(one)}]` : objectOf([[one, '"low"']])}}`),
  fc.string(),
);

/** A policy or a list of expectations: either it is refused in words, or it can be used and written down again. */
export const refusesOrReadsRules = fc.property(rulesFile, hostileToken, (text, judged) => {
  const { policy: own, problems } = parsePolicy(text, { ruleIds });
  if ((own === null) !== problems.length > 0) throw new Error('Neither read nor refused');
  const { sightings } = find(pageOf({ local: { token: judged } }));
  const report = inspect(sightings, { now, policy: own ?? policies.standard });
  refuseFailures(report.problems);
  if (own && parsePolicy(formatPolicy(own), { ruleIds }).policy === null)
    throw new Error('A policy that was read is not read again');
  try {
    const results = checkExpectations(report, parseExpectations(text));
    const failed = results.find(({ says }) => says.includes('A part of Roomkey failed'));
    if (failed) throw new Error(failed.says);
  } catch (error) {
    if (!(error instanceof ExpectationError)) throw error;
  }
});

const keyText = fc.oneof(
  value,
  name,
  fc.constantFrom(
    '',
    'secret',
    '{"kty":"oct","k":"AA"}',
    '{"keys":[{"kty":"RSA","n":1,"e":{}}]}',
    '{"kty":"EC","crv":"__proto__"}',
    '-----BEGIN PUBLIC KEY-----\nAA\n-----END PUBLIC KEY-----',
    '0011',
    '='.repeat(40),
  ),
  fc.tuple(name, value).map(
    ([one, content]) =>
      `{"keys":[${objectOf([
        ['kty', '"oct"'],
        ['k', content],
        [one, content],
      ])}]}`,
  ),
);

/** Any key for any token: a verdict in words, or a key that is refused in words. */
export const verifiesAnything = fc.asyncProperty(token, keyText, async (text, keyOf) => {
  const [hit] = detect(text).hits;
  const decoded = decode(hit?.token ?? text, hit?.form ?? 'jws');
  try {
    const keys = parseKey(keyOf);
    const verdicts = [await verifySignature(decoded, keys), await decryptToken(decoded, keys)];
    if (verdicts.some(({ reason }) => typeof reason !== 'string')) throw new Error(JSON.stringify(verdicts));
  } catch (error) {
    if (!(error instanceof KeyError)) throw error;
  }
});
