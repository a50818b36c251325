import { parseArgs } from 'node:util';
import type { Policy } from '../../engine/audit/policy/policies.ts';
import { contained } from '../../engine/contain.ts';
import { isWholeToken, straysIn, strayWords } from '../../engine/find/strays.ts';
import { find, inspect } from '../../engine/inspect.ts';
import type { Problem } from '../../engine/model/capture.ts';
import type { Report, Subject } from '../../engine/model/report.ts';
import type { Sighting } from '../../engine/model/token.ts';
import { providers } from '../../engine/recognise/providers/index.ts';
import type { ClaimMeaning } from '../../engine/recognise/providers/provider.ts';
import { meaningOf } from '../../engine/recognise/registered-claims.ts';
import { maskJson } from '../../engine/redact/mask.ts';
import { createThoroughMasker } from '../../engine/redact/mask-disguised.ts';
import { defaultFormat, formats } from '../../engine/report/formats/index.ts';
import { printable } from '../../engine/report/formats/printable.ts';
import { dateWords } from '../../engine/report/formats/report-words.ts';
import type { Json, JsonObject } from '../../engine/text/json.ts';
import { clip } from '../../engine/text/sentence.ts';
import { otherUnit } from '../../engine/text/time-unit.ts';
import { emptyCapture } from '../../inputs/input.ts';
import { quoted } from '../one-line.ts';
import { readNow, readPolicy } from '../options.ts';
import { readArgument } from '../reading/read-argument.ts';
import { reportText } from '../report-text.ts';
import { UsageError } from '../usage-error.ts';
import type { Command } from './command.ts';

export const decode: Command = {
  id: 'decode',
  usage: 'decode <token|->',
  summary: 'one token, whole explanation',
  help: `Explains one token: header and claims with their meaning, what it allows, how long, and what is wrong.

Usage
  roomkey decode <token|-> [options]

A scheme (Bearer), quotes, a whole URL or a JSON text around the token do not matter. With - it is read from standard
input, which keeps it out of the shell's history.

Options
  --format ${formats.map(({ id }) => id).join('|')}   default ${defaultFormat.id}
  --policy standard|strict|relaxed|FILE        limits to judge by; default standard
  --now <ISO 8601|epoch seconds>               the clock to judge by; default now
  --reveal                                     print the token whole; it is masked otherwise
  --no-color                                   no colours

Exit codes
  0  it was read   1  it is damaged   2  there is no token, or the command could not be used

Examples
  pbpaste | roomkey decode -
  roomkey decode "$TOKEN" --format json
`,

  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        format: { type: 'string', default: defaultFormat.id },
        policy: { type: 'string', default: 'standard' },
        now: { type: 'string' },
        reveal: { type: 'boolean', default: false },
        'no-color': { type: 'boolean', default: false },
      },
    });
    const format = formats.find(({ id }) => id === values.format);
    if (!format) throw new UsageError(`unknown format ${quoted(values.format)}; see roomkey decode --help`);
    const policy = await readPolicy(values.policy);
    const now = values.now === undefined ? terminal.now() : readNow(values.now);
    const text = await readArgument('decode', positionals, terminal);

    const { sightings, report } = readGiven(text, now, policy);
    const options = { reveal: values.reveal, width: terminal.width, color: terminal.color && !values['no-color'] };
    const { text: written, failures } = reportText(report, format, options);
    const lines = [...failures];
    const tell = ({ message }: Problem) => lines.push(message);
    if (sightings.length === 0 && lines.length === 0) throw new UsageError('there is no token in the text given');
    if (format.isForTerminal) {
      terminal.print(contained('view', 'explanation', '', tell, () => explain(report, text, values.reveal)));
    }
    if (written !== null) terminal.print(written);
    for (const line of lines) terminal.complain(`roomkey: ${line}`);
    if (lines.length > 0) return 2;
    return report.subjects.every(({ token }) => token.problem === null) ? 0 : 1;
  },
};

interface Read {
  sightings: readonly Sighting[];
  report: Report;
}

/** What stands in the text; where that is damaged, and whole without the characters that no token has, without them. */
function readGiven(text: string, now: number, policy: Policy): Read {
  const read = (given: string): Read => {
    const { sightings, problems } = find({ ...emptyCapture(now), texts: [{ name: 'the text given', text: given }] });
    const report = inspect(
      sightings.map((sighting) => ({ ...sighting, seenAt: null })),
      { now, policy, problems },
    );
    return { sightings, report };
  };
  const asItIs = read(text);
  const isWhole = ({ report }: Read) =>
    report.subjects.length > 0 && report.subjects.every(({ token }) => isWholeToken(token));
  if (isWhole(asItIs) || text.length > longestGiven) return asItIs;
  const given = text.trim().replace(/^[A-Za-z]{2,20}[ \t]+(?=e)/, '');
  const without = given.replace(/[^\w.~+/=-]/g, '');
  const mended = read(without);
  const isOne = mended.report.subjects.length === 1 && mended.report.subjects[0]?.token.text === without;
  return isOne && isWhole(mended) ? mended : asItIs;
}

/** No token that people hand over is longer. */
const longestGiven = 1 << 17;

/** What was put into a token on its way, in words. */
function strayLines(text: string, token: string): string[] {
  const start = text.indexOf(token.slice(0, 8));
  const strays = start < 0 || text.includes(token) ? null : straysIn(text.slice(start), token);
  return strays ? strayWords(strays, token) : [];
}

/** Header and claims of each token, one member per line with its meaning. */
function explain({ subjects }: Report, text: string, reveal: boolean): string {
  const mask = reveal ? (text: string) => text : createThoroughMasker(subjects.map(({ token }) => token.text));
  return subjects
    .map((subject) => {
      const { token } = subject;
      const shown = (value: JsonObject | null) => (reveal ? value : maskJson(value, mask));
      const parts = [
        ...memberLines(subject, 'Header', 'header.', shown(token.header)),
        ...memberLines(subject, 'Claims', '', shown(token.claims)),
      ];
      if (token.opaquePayload !== null) parts.push('Payload', `  ${printable(mask(token.opaquePayload))}`);
      for (const { code, message } of token.irregularities)
        parts.push(`Odd: ${clip(printable(mask(message || code)), 4000)}`);
      for (const line of strayLines(text, token.text))
        parts.push(`Odd: ${line.charAt(0).toUpperCase()}${line.slice(1)}`);
      return `${parts.join('\n')}\n\n`;
    })
    .join('');
}

function memberLines(subject: Subject, title: string, prefix: string, members: Json): string[] {
  if (members === null || typeof members !== 'object') return [`${title}`, '  cannot be read'];
  const provider = providers.find(({ id }) => id === subject.provider?.id) ?? null;
  const rows = flatten(members, '').map(({ path, value }) => {
    const meaning = meaningOf(provider, `${prefix}${path}`);
    return { name: printable(path), value: valueWords(value, meaning), means: meaning?.means ?? '' };
  });
  const width = Math.min(24, Math.max(0, ...rows.map(({ name }) => name.length)));
  return [
    title,
    ...rows.flatMap(({ name, value, means }) => [
      `  ${name.padEnd(width)}  ${value}`,
      ...(means ? [`  ${''.padEnd(width)}    ${means}`] : []),
    ]),
  ];
}

const mostMembers = 200;

function flatten(value: Json, path: string, found: { path: string; value: Json }[] = [], depth = 0) {
  if (value !== null && typeof value === 'object' && depth < 8 && Object.keys(value).length > 0) {
    for (const [name, member] of Object.entries(value)) {
      if (found.length >= mostMembers) break;
      flatten(member, path ? `${path}.${name}` : name, found, depth + 1);
    }
  } else if (found.length < mostMembers) {
    found.push({ path, value });
  }
  return found;
}

function valueWords(value: Json, meaning: ClaimMeaning | null): string {
  const words = clip(printable(JSON.stringify(value)), 400);
  if (typeof value !== 'number') return words;
  const other = meaning?.unit === 'seconds since the epoch' ? otherUnit(value) : null;
  if (other) return `${words}  in ${other.unit}, not seconds`;
  if (meaning?.unit === 'seconds since the epoch') return `${words}  ${dateWords(value)}`;
  if (meaning?.unit === 'milliseconds') return `${words}  ${dateWords(value / 1000)}`;
  return words;
}
