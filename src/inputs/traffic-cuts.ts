import { urlFrom } from '../engine/text/hosts.ts';
import { walkJson } from '../engine/text/json.ts';
import { byteWork } from './bytes/byte-work.ts';

/** Where a stretch of a text begins whose requests go to one host. */
export interface Cut {
  start: number;
  /** Null where none is told. */
  origin: string | null;
}

/** A piece of a text, where it starts in the whole, and the host that stands in it. */
export interface Stretch extends Cut {
  text: string;
}

/** The origin of an address; null for what is none. */
export function originOf(url: string): string | null {
  return (url && urlFrom(url)?.origin) || null;
}

/** Stretches beyond these are one with the last. */
const mostStretches = 100_000;

/** The whole text in stretches, cut where it is said in order. */
export function* stretchesOf(text: string, cuts: readonly Cut[]): Generator<Stretch> {
  const all = [{ start: 0, origin: null }, ...cuts.slice(0, mostStretches)];
  for (const [index, { start, origin }] of all.entries()) {
    const end = all[index + 1]?.start ?? text.length;
    // After the last one that is known, no host is.
    if (end > start) yield { text: text.slice(start, end), start, origin };
  }
}

const address = '(https?:\\/\\/[^\\s"\'<>\\\\/?#{]{1,300})';
const zapMarks = [
  new RegExp(`^={3,} ?\\d{1,9} ?={3,}\\s{1,9}(?:[A-Z]{3,20} ${address})?`, 'gm'),
  new RegExp(`<(?:site\\b[^<>]{0,300}?\\bname="|uri>)${address}`, 'g'),
  new RegExp(`"(?:@name|uri)"\\s{0,9}:\\s{0,9}"${address}`, 'g'),
];

/** A message saved as XML has its head in base64. */
const savedHead = /<Headers>([\w+/=\s]{1,40000})/;

/** Messages of ZAP begin with a mark and a whole address; its reports name the site, and the address of each instance. */
export function zapCuts(text: string): Cut[] {
  const [, head] = savedHead.exec(text.slice(0, 50_000)) ?? [];
  const [, asked] =
    new RegExp(`^[A-Z]{3,20} ${address}`).exec(head ? byteWork.latin1(byteWork.base64(head)) : '') ?? [];
  if (asked !== undefined) return [{ start: 0, origin: originOf(asked) }];
  const marks = /^\s*=/.test(text) ? zapMarks[0] : /^\s*</.test(text) ? zapMarks[1] : zapMarks[2];
  return [...text.matchAll(marks as RegExp)].map(({ index, 1: url }) => ({
    start: index,
    origin: originOf(url ?? ''),
  }));
}

/** The address of a request stands in front of its headers. */
export function developerToolsCuts(text: string): Cut[] {
  const mark = new RegExp(`^Request URL:?\\s{1,9}(?:${address})?`, 'gm');
  return [...text.matchAll(mark)].map(({ index, 1: url }) => ({ start: index, origin: originOf(url ?? '') }));
}

/** Each record of a WARC file begins with its version, and tells the address that it is of. */
export function warcCuts(text: string): Cut[] {
  return [...text.matchAll(/^WARC\/\d\.\d{1,2}\r?\n/gm)].map(({ index }) => {
    const head = text.slice(index, index + 4000).split(/\r?\n\r?\n/, 1)[0] ?? '';
    const [, url] = /^WARC-Target-URI: ?<?(\S{1,2000}?)>?\r?$/im.exec(head) ?? [];
    return { start: index, origin: originOf(url ?? '') };
  });
}

/** Objects with a `request`: it says where it goes. */
export function postmanCuts(text: string): Cut[] {
  return jsonCuts(text, (name) => name === 'request');
}

/** Resources of an export of version 4 that have an address. */
export function insomniaCuts(text: string): Cut[] {
  return jsonCuts(text, (name, depth) => name === 'url' && depth === 3);
}

/** Cuts out the outermost objects that have a member which `marks` knows. What is no JSON is left whole from there on. */
function jsonCuts(text: string, marks: (name: string, depth: number) => boolean): Cut[] {
  const variables = variablesIn(text);
  const cuts: Cut[] = [];
  let end = 0;
  walkJson(text, {
    member(nameStart, nameEnd, stack) {
      const start = stack.at(-1)?.start ?? 0;
      if (start < end || nameEnd - nameStart > 10 || !marks(text.slice(nameStart, nameEnd), stack.length)) return;
      const stop = walkJson(text, {}, start);
      end = stop < 0 ? text.length : stop;
      cuts.push({ start, origin: originIn(text.slice(start, end), variables) }, { start: end, origin: null });
    },
  });
  return cuts;
}

const jsonAddress =
  /"(?:raw|url|endpoint)"\s{0,9}:\s{0,9}"(?:(https?:\\?\/\\?\/[^\s"'<>/?#{\\]{1,300})|\{\{ ?(?:_\.)?([\w.-]{1,100}) ?\}\})/;

function originIn(text: string, variables: ReadonlyMap<string, string>): string | null {
  const [, url, name] = jsonAddress.exec(text) ?? [];
  return originOf(url?.replaceAll('\\', '') ?? variables.get(name ?? '') ?? '');
}

const jsonVariable =
  /"key"\s{0,9}:\s{0,9}"([\w.-]{1,100})"\s{0,9},\s{0,9}"value"\s{0,9}:\s{0,9}"(https?:\/\/[^\s"\\]{1,300})"/g;
const lineVariable = /^@([\w.-]{1,100})[ \t]{0,9}=[ \t]{0,9}([^\s"'{]{1,300})/gm;

/** Addresses that have a name in the same file. */
function variablesIn(text: string, pattern = jsonVariable): Map<string, string> {
  return new Map([...text.matchAll(pattern)].slice(0, 1000).map(({ 1: name = '', 2: value = '' }) => [name, value]));
}

const yamlLine = /^([ \t]{0,80})(?:- (?:url: ["']?(https?:\/\/[^\s"'/?#{]{1,300}))?|(?=[^\s#-]))/gm;

/** Items of a list in YAML whose first line is an address, as Insomnia writes them. */
export function yamlCuts(text: string): Cut[] {
  const cuts: Cut[] = [];
  let open: number | null = null;
  for (const { index, 0: whole, 1: indent = '', 2: url } of text.matchAll(yamlLine)) {
    const isItem = whole.length > indent.length;
    if (isItem && url !== undefined) {
      cuts.push({ start: index, origin: originOf(url) });
      open = indent.length;
    } else if (open !== null && indent.length <= open) {
      cuts.push({ start: index, origin: null });
      open = null;
    }
  }
  return cuts;
}

/** Objects with an endpoint, as collections of Hoppscotch have them. */
export function hoppscotchCuts(text: string): Cut[] {
  return jsonCuts(text, (name) => name === 'endpoint');
}

/** Exchanges of a cassette, in a list of YAML or of JSON, each of which tells its address somewhere. */
export function cassetteCuts(text: string): Cut[] {
  if (/^\s*\{/.test(text)) return jsonCuts(text, (name) => name === 'request');
  // Lists inside an item are set in further.
  const [, indent = ''] = /^([ \t]{0,8})- /m.exec(text) ?? [];
  return partsWithAddress(text, new RegExp(`^${indent}- `, 'gm'), /\b(?:uri|url): ["']?(https?:\/\/[^\s"'/?#]{1,300})/);
}

/** Lines of a request that mitmdump prints, up to the next. */
export function mitmdumpCuts(text: string): Cut[] {
  return partsWithAddress(text, mitmdumpLine, /(https?:\/\/[^\s"'/?#]{1,300})/);
}

export const mitmdumpLine = /^\S{3,60}:\d{1,5}: [A-Z]{3,20} https?:\/\//gm;

/** A request of Bruno, which is a file of its own. */
export function brunoCuts(text: string): Cut[] {
  return partsWithAddress(text, /^(?=meta \{)/gm, /^ {2}url: (https?:\/\/[^\s"'/?#{]{1,300})/m);
}

/** Parts that begin where `starts` is found, with the first address that stands in each. */
function partsWithAddress(text: string, starts: RegExp, address: RegExp): Cut[] {
  const all = [...text.matchAll(starts)].map(({ index }) => index);
  return all.map((start, index) => {
    const [, url = ''] = address.exec(text.slice(start, all[index + 1] ?? text.length)) ?? [];
    return { start, origin: originOf(url) };
  });
}

const requestLine =
  /^(?:[A-Z]{3,20}[ \t]{1,9})?(?:((?:https?|wss?):\/\/[^\s"'/?#{]{1,300})|((?:https?|wss?):\/\/)?\{\{ ?([\w.-]{1,100}) ?\}\})/im;

/** Requests of an `.http` file, which lines of `###` divide. */
export function httpFileCuts(text: string): Cut[] {
  const variables = variablesIn(text, lineVariable);
  const starts = [...text.matchAll(/^###/gm)].map(({ index }) => index);
  if (starts[0] !== 0) starts.unshift(0);
  return starts.map((start, index) => {
    const [, url, scheme = '', name] = requestLine.exec(text.slice(start, starts[index + 1] ?? text.length)) ?? [];
    const named = variables.get(name ?? '');
    return { start, origin: originOf(url ?? (named === undefined ? '' : scheme + named)) };
  });
}

/**
 * Values of tnetstring one after the other (https://tnetstrings.info/ in the dialect of mitmproxy), in bytes as characters; of flows
 * with the host of their request. What has no length, or a wrong one, comes whole and `isCut`.
 */
export function* tnetstrings(text: string): Generator<Stretch & { isCut: boolean }> {
  for (let at = 0; at < text.length; ) {
    const [prefix, length] = /^(\d{1,10}):/.exec(text.slice(at, at + 11)) ?? [];
    const end = prefix === undefined ? Number.NaN : at + prefix.length + Number(length) + 1;
    const isCut = !(end <= text.length && '}],;#^!~'.includes(text.charAt(end - 1)));
    const value = text.slice(at, isCut ? text.length : end);
    yield { text: value, start: at, origin: originOfFlow(value), isCut };
    at = isCut ? text.length : end;
  }
}

function originOfFlow(flow: string): string | null {
  const [, host] = /4:host[;,]\d{1,4}:([^\s;,]{1,300})[;,]/.exec(flow) ?? [];
  const [, scheme = 'https'] = /6:scheme[;,]\d:(https?)[;,]/.exec(flow) ?? [];
  const [, port = ''] = /4:port;\d:(\d{1,5})#/.exec(flow) ?? [];
  return host ? originOf(`${scheme}://${host}${port && `:${port}`}`) : null;
}
