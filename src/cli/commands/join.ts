import { parseArgs } from 'node:util';
import { standard } from '../../engine/audit/policy/policies.ts';
import type { Surroundings } from '../../engine/diagnose/cause.ts';
import { joinAnswer } from '../../engine/diagnose/join.ts';
import { find, inspect } from '../../engine/inspect.ts';
import type { Report, Subject } from '../../engine/model/report.ts';
import { maskToken } from '../../engine/redact/mask.ts';
import { defaultFormat, formats } from '../../engine/report/formats/index.ts';
import { printable } from '../../engine/report/formats/printable.ts';
import { headline, joinLines } from '../../engine/report/formats/report-words.ts';
import { toDocument } from '../../engine/report/report-document.ts';
import { parseJson } from '../../engine/text/json.ts';
import { clip } from '../../engine/text/sentence.ts';
import { emptyCapture } from '../../inputs/input.ts';
import { quoted } from '../one-line.ts';
import { readNow, readPage, readRoom } from '../options.ts';
import { readArgument } from '../reading/read-argument.ts';
import { UsageError } from '../usage-error.ts';
import type { Command } from './command.ts';

export const join: Command = {
  id: 'join',
  usage: 'join <token|-> [--page URL]',
  summary: 'why joining a call with one token fails',
  help: `Says why joining a call with a token fails, as far as the token and the page show, and what neither can show.

Usage
  roomkey join <token|-> [options]

With - it is read from standard input, which keeps it out of the shell's history.

Options
  --page URL                     address of the page that joins; its room is compared with the token's
  --room NAME                    the room that is asked for, where the address does not name it
  --now <ISO 8601|epoch seconds> the clock to judge by; default now
  --format ${formats.map(({ id }) => id).join('|')}
                                 the whole report in another format; default ${defaultFormat.id}
  --reveal                       print claims whole; tokens are masked otherwise

Exit codes
  0  nothing was seen, or only what is possible   1  a cause is certain or likely
  2  the text holds no token for a call, or the command could not be used

Examples
  pbpaste | roomkey join - --page https://acme.daily.co/standup
  roomkey join "$TOKEN" --page https://meet.example.org/standup --format json
`,

  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        page: { type: 'string' },
        room: { type: 'string' },
        now: { type: 'string' },
        format: { type: 'string', default: defaultFormat.id },
        reveal: { type: 'boolean', default: false },
      },
    });
    const format = formats.find(({ id }) => id === values.format);
    if (!format) throw new UsageError(`unknown format ${quoted(values.format)}; see roomkey join --help`);
    const now = values.now === undefined ? terminal.now() : readNow(values.now);
    const pageUrl = values.page === undefined ? null : readPage(values.page);
    const room = values.room === undefined ? null : readRoom(values.room);
    const text = await readArgument('join', positionals, terminal);
    const { sightings, problems } = find({ ...emptyCapture(now), texts: [{ name: 'the text given', text }] });
    const found = sightings.map((sighting) => ({ ...sighting, seenAt: null }));
    const report = inspect(found, { now, policy: standard, problems });
    const place = { pageUrl, frames: [], room };
    const others = found.map(({ token }) => token);
    const page = { ...place, around: aroundOf(text, onlyCall(report, place).token.text, others) };
    const { tokens } = toDocument(report, { reveal: values.reveal, page });
    const token = tokens.find((one) => one.join !== null);
    if (!token?.join) throw new UsageError('the token in the text given opens no call');
    const written = format.isForTerminal
      ? [headline(token), ...joinLines(token.join)].map((line) => `${clip(printable(line), 4000)}\n`).join('')
      : format.write(report, { reveal: values.reveal, page });
    terminal.print(written);
    return token.join.causes.some(({ likelihood }) => likelihood !== 'possible') ? 1 : 0;
  },
};

/** The one token of a text that is for a call; what else is in it stands beside that one. */
function onlyCall({ subjects, now }: Report, place: Pick<Surroundings, 'pageUrl' | 'frames' | 'room'>): Subject {
  const [call, ...more] = subjects.filter((subject) => joinAnswer(subject, { ...place, now }) !== null);
  if (!call) {
    const what =
      subjects.length === 0 ? 'there is no token in the text given' : 'the token in the text given opens no call';
    throw new UsageError(what);
  }
  if (more.length > 0) throw new UsageError('there is more than one token for a call in the text given');
  return call;
}

/** What stands beside a token in a text, and would be sent with it. An address or a JSON text is where it was found, and is sent by nobody. */
function aroundOf(text: string, token: string, others: readonly string[]): string {
  const at = text.indexOf(token);
  if (at < 0 || isFoundIn(text.trim())) return '';
  const around = text.slice(0, at) + text.slice(at + token.length);
  return others.reduce((masked, other) => masked.replaceAll(other, () => maskToken(other)), around);
}

function isFoundIn(text: string): boolean {
  return /^https?:\/\/\S+$/i.test(text) || (/^[[{]/.test(text) && parseJson(text) !== undefined);
}
