import type { Problem } from '../engine/model/capture.ts';
import { isCurlTrace } from '../engine/text/curl-trace.ts';
import { seconds } from '../engine/text/narrow.ts';
import { batches } from './batches.ts';
import { readText, tooLarge } from './bytes/read-json.ts';
import { type CopiedRequests, readFetchCalls, readPowerShell } from './copied-script.ts';
import { readCurlCommand } from './curl-command.ts';
import { hasHeads, mostExchanges, readHeads, readVerbose, type Transcript } from './curl-output.ts';
import { readTrace } from './curl-trace.ts';
import { emptyCapture, type Input, InputError } from './input.ts';
import { headerValue, statusLine } from './message-text.ts';
import { commandAt, type Shell, withoutCarets } from './shell-words.ts';
import { readAsText } from './text.ts';
import { isWgetOutput, readWget } from './wget-output.ts';

interface Read extends Transcript {
  problem?: Omit<Problem, 'subject'>;
}

/** Requests as people copy them: what curl and wget print, and what developer tools copy as cURL, fetch or PowerShell. */
export const curl: Input = {
  id: 'curl',
  name: 'output of curl or wget, or a request copied as cURL, fetch or PowerShell',
  matches: (head) => !head.includes('\0') && readerOf(head) !== null,
  async read(window, context, emit) {
    const { now, name, recorded } = context;
    const text = await readText(window);
    if (text === null) return readAsText(window, context, emit, tooLarge());
    const {
      exchanges,
      loose,
      problem = null,
      cut,
      failure,
      isOpen,
    } = (readerOf(text.slice(0, 64 << 10)) ?? nothing)(text);
    for (const some of batches(exchanges)) {
      for (const { responseHeaders } of some) recorded(seconds(headerValue(responseHeaders, 'date')));
      emit({ ...emptyCapture(now), exchanges: some });
    }
    // Lines belong together: a token may be broken over some.
    const rest = loose.join('\n');
    const isDoubted = isOpen === true && !cut && !failure;
    const problems = [...(problem ? [problem] : []), ...(isDoubted ? [notDone] : [])].map((one) => ({
      ...one,
      message: `${name} ${one.message}`,
    }));
    if (rest.trim() || problems.length > 0)
      emit({ ...emptyCapture(now), texts: rest.trim() ? [{ name, text: rest }] : [], problems });
    if (cut) throw new InputError('input-truncated', `is cut off ${cut}; what is there was read`);
    if (failure) throw failure;
  },
};

const notDone = {
  code: 'input-truncated',
  message: 'ends before curl says that its connection is done; what is there was read.',
};

const nothing = (text: string): Read => ({ exchanges: [], loose: [text] });

function readerOf(head: string): ((text: string) => Read) | null {
  if (/^> [A-Z]{3,20} \S+ HTTP\/\d/m.test(head) && /^(?:\d\d:\d\d:\d\d\.\d{6} )?(?:\*|< HTTP)/m.test(head))
    return readVerbose;
  // A request alone is copied from there, too.
  if (/^\s*> [A-Z]{3,20} \S{1,4000} HTTP\/\d(?:\.\d)?\r?\n> [A-Za-z][\w-]{1,60}: /.test(head)) return readVerbose;
  if (/^\d\d:\d\d:\d\d\.\d{6} > [A-Z]{3,20} \S+ HTTP\/\d/m.test(head)) return readVerbose;
  if (isCurlTrace(head)) return readTrace;
  if (isWgetOutput(head)) return readWget;
  if (hasHeads(head)) return readHeads;
  const start = head.slice(commentsEnd(head));
  if (command.test(start)) return readCommands;
  if (/^(?:(?:const|let|var)\s+\w+\s*=\s*)?(?:await\s+)?fetch\(\s*"/.test(start))
    return (text) => told(readFetchCalls(text, mostExchanges), 'calls of fetch whose options are no JSON');
  if (
    /^(?:\$\w+\s*=\s*)?(?:New-Object\s+(?:-TypeName\s+)?Microsoft\.PowerShell\.Commands\.WebRequestSession|Invoke-(?:WebRequest|RestMethod)\s)/i.test(
      start,
    )
  )
    return (text) => told(readPowerShell(text, mostExchanges), 'a script of PowerShell that is too long');
  return null;
}

/** After a prompt or not, with an option or an address: prose may begin with the name of the program. */
const command =
  /^(?:[$%#>] |PS [^>\n]{0,200}> ?|[A-Z]:\\[^>\n]{0,200}> ?)?curl(?:\.exe)?\s+(?:-[\w-]|\^?\$?["']|https?:\/\/|(?:[\w-]{1,63}\.){1,10}[a-z]{2,20}[/:\s])/i;

/** Where the first line begins that is neither empty nor a comment. */
function commentsEnd(head: string): number {
  let at = 0;
  while (at < head.length) {
    const end = head.indexOf('\n', at);
    const line = head.slice(at, end < 0 ? head.length : end).trim();
    if (line !== '' && !(line.startsWith('#') && !/^# curl/.test(line))) return at + head.slice(at).search(/\S/);
    if (end < 0) return head.length;
    at = end + 1;
  }
  return at;
}

/** With a problem where something is left as text. */
function told({ exchanges, loose, unread }: CopiedRequests, what: string): Read {
  if (unread === 0) return { exchanges, loose };
  const message = `holds ${what}, of which places are not told; it was searched as text.`;
  return { exchanges, loose, problem: { code: 'places-not-told', message } };
}

/** Commands one after the other, and what each has printed. */
function readCommands(given: string): Read {
  const shell = shellOf(given);
  const text = shell.hasCarets ? withoutCarets(given) : given;
  const all: Read = { exchanges: [], loose: [] };
  for (let at = 0; at < text.length; ) {
    if (all.exchanges.length >= mostExchanges) {
      all.loose.push(text.slice(at));
      break;
    }
    if (statusLine.test(text.slice(at, at + 20))) {
      const output = readHeads(text.slice(at), all.exchanges.at(-1)?.url ?? null);
      addAnswers(all, output);
      all.cut = output.cut ?? null;
      break;
    }
    const { words, end } = commandAt(text, at, shell.kind);
    const name = words.findIndex((word) => /^curl(?:\.exe)?$/i.test(word));
    // A prompt may stand before it, and `time` or `sudo`.
    if (name >= 0 && name < 5) {
      const { exchanges, loose } = readCurlCommand(words.slice(name + 1));
      for (const one of exchanges) all.exchanges.push({ ...one, name: `entry ${all.exchanges.length + 1}` });
      for (const one of [...words.slice(0, name), ...loose]) all.loose.push(one);
    } else if (words.length > 0) all.loose.push(text.slice(at, end));
    at = end;
  }
  return all;
}

/** The first answer is that to the last command. */
function addAnswers(all: Read, { exchanges, loose }: Read): void {
  const [first, ...others] = exchanges;
  const asked = all.exchanges.pop();
  if (first && asked) {
    const { status, responseHeaders, responseBody } = first;
    all.exchanges.push({ ...asked, status, responseHeaders, responseBody });
  } else if (first) all.exchanges.push(first);
  for (const one of others) all.exchanges.push({ ...one, name: `entry ${all.exchanges.length + 1}` });
  for (const one of loose) all.loose.push(one);
}

function shellOf(text: string): { kind: Shell; hasCarets: boolean } {
  const head = text.slice(0, 64 << 10);
  const hasCarets = /\^(?:"|\s*\r?\n)/.test(head);
  const isCmd = hasCarets || (/^(?:\S{0,300}>)?\s*curl\.exe\s/i.test(head) && !/`\r?\n/.test(head));
  return { kind: isCmd ? 'cmd' : 'sh', hasCarets };
}
