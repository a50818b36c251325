import type { Body, Exchange, Header } from '../engine/model/capture.ts';
import { linesOf } from './batches.ts';
import { byteWork } from './bytes/byte-work.ts';
import { createNotes, mostExchanges, type Transcript } from './curl-output.ts';
import { InputError } from './input.ts';
import { exchangeOfMessages, headerOf, headerValue, type Message, messageOf, statusLine } from './message-text.ts';
import { bodyOfOctets, textOf } from './wire-message.ts';

/** A heading, with the time and the number of the transfer in front or not. */
const heading =
  /^(?:\d\d:\d\d:\d\d\.\d{6} )?(?:\[[\dx-]{1,20}\] )?(?:== Info: (?<note>.*)|(?:=>|<=) (?<way>Send|Recv) (?<what>header|data|SSL data)(?:, (?<size>\d{1,12}) bytes.*)?)$/;
const dataLine = /^([\da-f]{4,8}): (.*)$/;

/** What goes over the wire under one heading, each octet a character. */
interface Section {
  isSent: boolean;
  isHeader: boolean;
  octets: string;
  /** Some octets are missing, or stand as dots. */
  isShort: boolean;
  isHex: boolean;
}

interface Open {
  request: Message | null;
  sent: Section[];
  response: Message | null;
  received: Section[];
  url: string | null;
}

/**
 * What curl writes with `--trace` and `--trace-ascii`: every message in pieces with their offsets, as text or in hex
 * (https://curl.se/docs/manpage.html#--trace, tool_cb_dbg.c of curl 8.16). Linear; never throws.
 */
export function readTrace(text: string): Transcript {
  const exchanges: Exchange[] = [];
  const loose: string[] = [];
  const notes = createNotes(loose);
  let open = nothingYet();
  let cut: string | null = null;
  let failure: InputError | null = null;
  const bodyIn = (pieces: readonly Section[], headers: readonly Header[]): Body | null => {
    const read = bodyOfOctets(pieces.map(({ octets }) => octets).join(''), headers);
    const isLost =
      pieces.some(({ isHex }) => !isHex) && (headerValue(headers, 'content-encoding') ?? 'identity') !== 'identity';
    failure ??= isLost
      ? new InputError('input-packed', 'holds a packed body of which not all is written; --trace writes all')
      : read.failure;
    return read.body;
  };
  const end = () => {
    const { request, sent, response, received, url } = open;
    if (request || response)
      exchanges.push(
        exchangeOfMessages({
          name: `entry ${exchanges.length + 1}`,
          request: request && { ...request, body: bodyIn(sent, request.headers) },
          response: response && { ...response, body: bodyIn(received, response.headers) },
          url,
        }),
      );
    open = nothingYet();
  };
  for (const section of sectionsOf(text, notes.take, loose)) {
    const written = textOf(section.octets);
    if (section.isShort) cut = section.isHeader ? 'in a head' : 'in a body';
    if (exchanges.length >= mostExchanges) loose.push(written);
    else if (section.isSent && section.isHeader) {
      end();
      const request = messageOf(written);
      open.request = request;
      if (request.rest) loose.push(request.rest);
      open.url = notes.urlOf(request);
    } else if (section.isHeader) takeHeader(written);
    else if (section.isSent ? open.request : open.response) open[section.isSent ? 'sent' : 'received'].push(section);
    else loose.push(written);
  }
  end();
  return { exchanges, loose, cut, failure, isOpen: notes.isOpen() };

  function takeHeader(written: string): void {
    const [line = ''] = written.split('\r\n', 1);
    if (statusLine.test(line)) {
      // What came before an answer, as "100 Continue", belongs to it; a second answer is one of its own.
      const isInterim = / 1\d\d\b/.test(open.response?.first ?? '');
      if (open.response && !isInterim) end();
      open.response = { first: line, headers: (isInterim && open.response?.headers) || [], rest: '', body: null };
    } else if (open.response && headerOf(line).length > 0) open.response.headers.push(...headerOf(line));
    else loose.push(written);
  }
}

const nothingYet = (): Open => ({ request: null, sent: [], response: null, received: [], url: null });

/** Sections one after the other; notes go to `note`, and what is encrypted or no part of a trace to `loose`. */
function* sectionsOf(text: string, note: (line: string) => void, loose: string[]): Generator<Section> {
  let of: { way: string; what: string; size: number } | null = null;
  let lines: { at: number; content: string }[] = [];
  const done = (): Section | null => {
    const from = of;
    const dumped = lines;
    of = null;
    lines = [];
    if (!from) return null;
    const dump = dumpOf(dumped, from.size);
    if (from.what !== 'SSL data') return { isSent: from.way === 'Send', isHeader: from.what === 'header', ...dump };
    loose.push(textOf(dump.octets));
    return null;
  };
  for (const line of linesOf(text)) {
    const [, at = '', content = ''] = (of && dataLine.exec(line)) ?? [];
    if (at) {
      lines.push({ at: Number.parseInt(at, 16), content });
      continue;
    }
    const groups = heading.exec(line)?.groups;
    const section = done();
    if (section) yield section;
    if (groups?.note !== undefined) note(`* ${groups.note}`);
    else if (groups?.way && groups.what) of = { way: groups.way, what: groups.what, size: Number(groups.size ?? 0) };
    else loose.push(line);
  }
  const section = done();
  if (section) yield section;
}

/** Up to sixteen bytes in hex, and what they are as text. */
const hexLine = /^(?:[\da-f]{2} ){1,16}/;
const cutHex = /^(?:[\da-f]{2} ){0,15}[\da-f]{0,2}$/;

/** A dump of so many bytes: of its hex, or of lines that go on where the next begins, and else end in a line break. */
function dumpOf(
  lines: readonly { at: number; content: string }[],
  size: number,
): Pick<Section, 'octets' | 'isShort' | 'isHex'> {
  // The last line may be cut.
  const isHex =
    lines.length > 0 &&
    lines.every(
      ({ at, content }, index) =>
        isHexOf(content, Math.min(16, size - at)) || (index > 0 && index === lines.length - 1 && cutHex.test(content)),
    );
  if (isHex) {
    const pairs = lines.flatMap(({ at, content }) =>
      content
        .slice(0, Math.min(16, size - at) * 3)
        .split(' ')
        .filter((pair) => pair.length === 2),
    );
    const octets = byteWork.latin1(Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16)));
    return { octets, isShort: octets.length < size, isHex };
  }
  const octets = lines
    .map(({ at, content }, index) => {
      const next = lines[index + 1]?.at ?? size;
      return next - at > content.length ? `${content}\r\n` : content;
    })
    .join('');
  return { octets, isShort: octets.length < size, isHex };
}

function isHexOf(content: string, bytes: number): boolean {
  return bytes > 0 && hexLine.exec(content)?.[0].length === bytes * 3;
}
