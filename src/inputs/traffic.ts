import type { Capture, LineColumn } from '../engine/model/capture.ts';
import type { ByteWindow } from './bytes/byte-window.ts';
import { byteWork } from './bytes/byte-work.ts';
import { joinLines, linesIn } from './bytes/lines.ts';
import { largestJson, readText, tooLarge } from './bytes/read-json.ts';
import { emptyCapture, type Input, InputError, type ReadContext } from './input.ts';
import { endInLines } from './place-in-lines.ts';
import { readAsText } from './text.ts';
import {
  brunoCuts,
  type Cut,
  cassetteCuts,
  developerToolsCuts,
  hoppscotchCuts,
  httpFileCuts,
  insomniaCuts,
  mitmdumpCuts,
  mitmdumpLine,
  originOf,
  postmanCuts,
  type Stretch,
  stretchesOf,
  tnetstrings,
  warcCuts,
  yamlCuts,
  zapCuts,
} from './traffic-cuts.ts';
import { isWgetOutput } from './wget-output.ts';

/**
 * Recordings and collections of requests of which the places are not told: they are searched as text, piece by piece, each with the host
 * that stands in it, and it is said what they are.
 */
export const traffic: Input = {
  id: 'traffic',
  isWhole: true,
  name: 'traffic of ZAP, mitmproxy, Postman, Insomnia, Hoppscotch, Bruno, JMeter, cassettes, .http files, net logs of Chrome and what developer tools copy',
  matches: (head) => recordings.some(({ matches }) => matches(head)),
  async read(window, context, emit) {
    const head = byteWork
      .utf8(await window.atLeast(64 << 10))
      .slice(0, 64 << 10)
      .replace(/^\ufeff/, '');
    const { what, lost = '', read } = recordings.find(({ matches }) => matches(head)) ?? unknown;
    const message = `${context.name} is ${what}, of which places are not told${lost}; it was searched as text.`;
    emit({
      ...emptyCapture(context.now),
      problems: [{ code: 'places-not-told', message }],
    });
    await read(window, context, emit);
  },
};

interface Recording {
  /** With its article: it goes on "is …". */
  what: string;
  /** What is not searched, or not to be found; goes on "of which places are not told". */
  lost?: string;
  matches(head: string): boolean;
  read: Input['read'];
}

/** Reads a text whole, and searches it in the stretches that `cuts` makes of it. */
function inStretches(cuts: (text: string) => Cut[]): Input['read'] {
  return async (window, context, emit) => {
    const text = await readText(window);
    if (text === null) return readAsText(window, context, emit, tooLarge());
    let from: LineColumn = { line: 1, column: 1 };
    for (const stretch of stretchesOf(text, cuts(text))) {
      emit(captureOf(stretch, context, from));
      from = endInLines(stretch.text, from);
    }
  };
}

function captureOf({ text, start, origin }: Stretch, { now, name }: ReadContext, from?: LineColumn): Capture {
  return { ...emptyCapture(now), texts: [{ name, text, start, ...(from && { from }), ...(origin && { origin }) }] };
}

/** One flow after the other. */
async function readFlows(window: ByteWindow, context: ReadContext, emit: (capture: Capture) => void): Promise<void> {
  const bytes = await window.atLeast(largestJson + 1);
  if (bytes.length > largestJson) return readAsText(window, context, emit, tooLarge());
  for (const { isCut, ...stretch } of tnetstrings(byteWork.latin1(bytes))) {
    emit(captureOf(stretch, context));
    if (isCut)
      throw new InputError(
        'input-truncated',
        'is cut off or damaged in a flow; it was searched as text',
        stretch.start,
      );
  }
}

/** Requests, and hosts, whose address is remembered. */
const mostSources = 100_000;

/** An event a line; events of one source belong to one request, and the first of them tells its address. */
async function readNetLog(window: ByteWindow, context: ReadContext, emit: (capture: Capture) => void): Promise<void> {
  const originOfSource = createOrigins();
  let hasBytes = false;
  let last = '';
  let origin: string | null = null;
  const together = joinLines(({ text, start, from }) => emit(captureOf({ text, start, origin }, context, from)));
  for await (const line of linesIn(window)) {
    const { text } = line;
    if (text.trim() !== '') {
      last = text;
      hasBytes ||= /"(?:hex_encoded_)?bytes":\s?"/.test(text);
      const own = originOfSource(text);
      if (own !== origin) together.end();
      origin = own;
    }
    together.add(line);
  }
  together.end();
  if (hasBytes) tellBytes(context, emit);
  // While it records, Chrome ends each event with a comma.
  if (!/\}\s*$/.test(last)) throw new InputError('input-truncated', 'is cut off; what is there was searched as text');
}

function tellBytes(context: ReadContext, emit: (capture: Capture) => void): void {
  const message = `${context.name} holds what went over its connections in pieces; what is split or compressed there was not searched.`;
  emit({ ...emptyCapture(context.now), problems: [{ code: 'bytes-in-pieces', message }] });
}

/** Tells the origin of one event after the other: by its own address, by its host, or by what its source told before. */
function createOrigins(): (event: string) => string | null {
  const bySource = new Map<string, string>();
  // Null is both: a header names the host, not the scheme.
  const byHost = new Map<string, string | null>();
  return (event) => {
    const [, source] = /"source":\s?\{"id":\s?(\d{1,15})/.exec(event) ?? [];
    const [, url, host] =
      /"url":\s?"((?:https?|wss?):\/\/[^"\\/?#]{1,300})|"(?:host|:authority): ([^"\\/?#\s]{1,300})"/i.exec(event) ?? [];
    const [, scheme] = /":scheme: (https?)"/.exec(event) ?? [];
    const known = source === undefined ? null : (bySource.get(source) ?? null);
    const told =
      url || (host && scheme) ? originOf(url ?? `${scheme}://${host}`) : host ? (byHost.get(host) ?? null) : null;
    if (url && told) {
      const name = told.slice(told.indexOf('//') + 2);
      const before = byHost.get(name);
      if (byHost.size < mostSources) byHost.set(name, before === undefined || before === told ? told : null);
    }
    if (host !== undefined && !scheme && known?.endsWith(`//${host.toLowerCase()}`)) return known;
    if (told && source !== undefined && bySource.size < mostSources) bySource.set(source, told);
    return told ?? (host === undefined ? known : null);
  };
}

const method = '(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|TRACE|CONNECT|GRAPHQL|WEBSOCKET)';
const httpRequest = new RegExp(
  `^(${method} +)?(?:(?:https?|wss?):\\/\\/|\\{\\{)\\S{1,10000}( HTTP\\/\\d(?:\\.\\d)?)?[ \\t]*\\r?$`,
  'im',
);

const relativeRequest = new RegExp(`^${method} +\\/\\S{0,10000} HTTP\\/\\d`);

/** A request as clients of editors write it: after settings and notes, or without a version, or one of several. */
function isHttpFile(head: string): boolean {
  let at = 0;
  let isBefore = false;
  while (at < head.length && /^(?:\s|#|\/\/|@[\w-]{1,100}\s{0,20}=|< \{%)/.test(head.slice(at, at + 200))) {
    isBefore ||= /\S/.test(head.charAt(at));
    // A script that runs before a request, in JetBrains' client.
    const end = head.startsWith('< {%', at) ? head.indexOf('%}', at) : head.indexOf('\n', at);
    if (end < at) return false;
    at = end + (head.charAt(end) === '%' ? 2 : 1);
  }
  if (isBefore && relativeRequest.test(head.slice(at, at + 12_000))) return true;
  const [line, verb, version] = httpRequest.exec(head.slice(at, at + 12_000)) ?? [];
  if (line === undefined || !head.startsWith(line, at)) return false;
  if (/^###/m.test(head)) return true;
  // An address alone is asked for by GET; in a list of addresses no header follows it.
  if (!verb) return /^\r?\n[\w-]{1,100}: /.test(head.slice(at + line.length, at + line.length + 200));
  return isBefore || version === undefined;
}

const zapMessage = /^\s*(?:<\?xml[^<>]{0,200}\?>)?\s*<Message>\s*<Headers>/;

const recordings: readonly Recording[] = [
  {
    // https://github.com/zaproxy/zap-extensions (PopupMenuExportMessages and PopupMenuSaveXmlMessage of its add-on exim, read 2026-11), and reports.
    what: 'an export of ZAP',
    matches: (head) =>
      /^\s*={3,} ?\d{1,9} ?={3,}\s{1,9}[A-Z]{3,20} https?:\/\//.test(head) ||
      /^\s*={3,4} ?\d{1,9} ={10}\r?\n/.test(head) ||
      zapMessage.test(head.slice(0, 4000)) ||
      /<OWASPZAPReport\b/.test(head.slice(0, 4000)) ||
      /^\s*\{\s*"@programName"\s*:\s*"ZAP"/.test(head),
    read: inStretches(zapCuts),
  },
  {
    // https://github.com/mitmproxy/mitmproxy/blob/main/mitmproxy/io/tnetstring.py.
    what: 'a file of flows of mitmproxy',
    lost: ', and whose compressed bodies were not unpacked',
    matches: (head) =>
      /^\d{2,10}:\d{1,3}:[a-z_]{2,24}[;,]/.test(head) &&
      /\d:(?:client_conn|server_conn|version|request)[;,]/.test(head),
    read: readFlows,
  },
  {
    // https://schema.postman.com/.
    what: 'a collection or environment of Postman',
    matches: (head) =>
      /^\s*\{/.test(head) &&
      (/"_postman_(?:id|variable_scope|exported_at)"\s*:/.test(head) ||
        /"schema"\s*:\s*"https:\\?\/\\?\/schema\.(?:get)?postman\.com\b/.test(head) ||
        /^\s*\{\s*"version"\s*:\s*1\s*,\s*"collections"\s*:\s*\[/.test(head)),
    read: inStretches(postmanCuts),
  },
  {
    // https://github.com/Kong/insomnia (importers, insomnia-v5).
    what: 'an export of Insomnia',
    matches: (head) => /^\s*\{/.test(head) && /"__export_format"\s*:/.test(head),
    read: inStretches(insomniaCuts),
  },
  {
    what: 'an export of Insomnia',
    matches: (head) => /^type: ["']?[a-z]{1,30}\.insomnia\.rest\/5/m.test(head.slice(0, 4000)),
    read: inStretches(yamlCuts),
  },
  {
    // https://www.chromium.org/for-testers/providing-network-details/.
    what: 'a net log of Chrome',
    matches: (head) =>
      /^\s*\{\s*"constants"\s*:\s*\{/.test(head) &&
      /"(?:activeFieldTrialGroups|addressFamily|cacheModes?|clientInfo|logEventTypes|certStatusFlag)"\s*:/.test(head),
    read: readNetLog,
  },
  {
    // https://github.com/hoppscotch/hoppscotch (hoppscotch-data, collection).
    what: 'a collection of Hoppscotch',
    matches: (head) =>
      /^\s*[[{]/.test(head) && /"endpoint"\s*:\s*"/.test(head) && /"(?:v|preRequestScript)"\s*:/.test(head),
    read: inStretches(hoppscotchCuts),
  },
  {
    // https://github.com/vcr/vcr and https://github.com/kevin1024/vcrpy, which many others write like.
    what: 'a cassette of recorded requests',
    matches: (head) =>
      /^(?:---\s*\n)?(?:http_)?interactions:\s*\n/.test(head) ||
      /^\s*\{\s*"(?:http_)?interactions"\s*:\s*\[/.test(head),
    read: inStretches(cassetteCuts),
  },
  {
    // https://docs.usebruno.com/bru-lang/language.
    what: 'a request of Bruno',
    matches: (head) =>
      /^meta \{\r?$/m.test(head) && /^(?:get|post|put|patch|delete|head|options|http) \{\r?$/m.test(head),
    read: inStretches(brunoCuts),
  },
  {
    // https://jmeter.apache.org/usermanual/.
    what: 'a plan or results of JMeter',
    matches: (head) => /<jmeterTestPlan\b|<testResults\b[^<>]{0,100}>\s{0,99}<httpSample\b/.test(head.slice(0, 4000)),
    read: inStretches(() => []),
  },
  {
    // https://docs.mitmproxy.org/stable/concepts-options/#flow_detail.
    what: 'what mitmdump prints',
    matches: (head) => head.search(mitmdumpLine) >= 0 && /^ {1,20}<< /m.test(head),
    read: inStretches(mitmdumpCuts),
  },
  {
    // https://docs.python.org/3/library/http.client.html#http.client.HTTPConnection.set_debuglevel.
    what: 'what http.client of Python prints',
    matches: (head) => /^send: b?["'](?:[A-Z]{3,20}) /m.test(head) && /^reply: ["']HTTP\//m.test(head),
    read: inStretches(() => []),
  },
  {
    // https://developer.chrome.com/docs/devtools/network/reference#headers, as it is selected and copied; older ones end names in a colon.
    what: 'headers copied from developer tools',
    matches: (head) =>
      (/^Request URL:?\s{1,9}\S/m.test(head) && /^Request Method:?\s/m.test(head)) ||
      (/^:(?:authority|path):?\s/m.test(head) && /^:(?:method|scheme):?\s/m.test(head)),
    read: inStretches(developerToolsCuts),
  },
  {
    // https://developer.chrome.com/docs/devtools/application/cookies, its columns in order.
    what: 'a table of cookies copied from developer tools',
    matches: (head) =>
      /^(?:Name\tValue\tDomain\tPath\tExpires|[^\t\n]{1,300}\t[^\t\n]{0,5000}\t[\w.:-]{1,300}\t\/[^\t\n]{0,1000}\t(?:Session|\d{4}-\d\d-\d\dT[\d:.]{5,15}Z)\t\d{1,6}\t)/.test(
        head,
      ),
    read: inStretches(() => []),
  },
  {
    what: 'a list of headers',
    matches: (head) => /^\s*(?:(?:set-)?cookie2?|authorization|proxy-authorization): ?\S/i.test(head),
    read: inStretches(() => []),
  },
  {
    // https://www.gnu.org/software/wget/manual/html_node/Logging-and-Input-File-Options.html, without -d and -S.
    what: 'what wget prints',
    matches: (head) =>
      /^--\d{4}-\d\d-\d\d \d\d:\d\d:\d\d-- {1,3}https?:\/\//m.test(head) &&
      /\.\.\. (?:connected|\d{3} )/.test(head) &&
      !isWgetOutput(head),
    read: inStretches(() => []),
  },
  {
    // https://iipc.github.io/warc-specifications/.
    what: 'a web archive (WARC)',
    matches: (head) => /^WARC\/\d\.\d{1,2}\r?\n/.test(head),
    read: inStretches(warcCuts),
  },
  {
    // https://curl.se/docs/manpage.html#--libcurl.
    what: 'a program written by curl (--libcurl)',
    matches: (head) => /^\/\*+ Sample code generated by the curl command/m.test(head.slice(0, 2000)),
    read: inStretches(() => []),
  },
  {
    // What curl prints has "> " in front by itself.
    what: 'a text with HTTP requests that are quoted or indented',
    matches: (head) =>
      /^(?!> [A-Z])([ \t>|]{1,20})[A-Z]{3,10} \S{1,4000} HTTP\/\d(?:\.\d)?\r?\n\1[A-Za-z][\w-]{1,60}: /m.test(
        head.slice(0, 8000),
      ),
    read: inStretches(() => []),
  },
  {
    // https://www.jetbrains.com/help/idea/exploring-http-syntax.html and the REST client of VS Code.
    what: 'a file of requests for an editor (.http)',
    matches: isHttpFile,
    read: inStretches(httpFileCuts),
  },
];

const unknown: Recording = { what: 'a recording', matches: () => false, read: inStretches(() => []) };
