import type { Exchange } from '../engine/model/capture.ts';
import { linesOf } from './batches.ts';
import { byteWork } from './bytes/byte-work.ts';
import { createNotes, mostExchanges, type Transcript } from './curl-output.ts';
import { bodyOf, exchangeOfMessages, headerOf, type Message, messageOf, statusLine } from './message-text.ts';
import { unchunked } from './wire-message.ts';

/** A heading, with the time and the number of the transfer in front or not. */
const heading =
  /^(?:\d\d:\d\d:\d\d\.\d{6} )?(?:\[[\dx-]{1,20}\] )?(?:== Info: (?<note>.*)|(?:=>|<=) (?<way>Send|Recv) (?<what>header|data|SSL data)(?:, (?<size>\d{1,12}) bytes.*)?)$/;
const dataLine = /^([\da-f]{4,8}): (.*)$/;

/** What goes over the wire under one heading. */
interface Section {
  isSent: boolean;
  isHeader: boolean;
  text: string;
}

interface Open {
  request: Message | null;
  sent: string[];
  response: Message | null;
  received: string[];
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
  const end = () => {
    const { request, sent, response, received, url } = open;
    if (request || response)
      exchanges.push(
        exchangeOfMessages({
          name: `entry ${exchanges.length + 1}`,
          request: request && { ...request, body: bodyOf(sent.join(''), request.headers) },
          response: response && {
            ...response,
            body: bodyOf(unchunked(received.join(''), response.headers), response.headers),
          },
          url,
        }),
      );
    open = nothingYet();
  };
  for (const section of sectionsOf(text, notes.take, loose)) {
    if (exchanges.length >= mostExchanges) loose.push(section.text);
    else if (section.isSent && section.isHeader) {
      end();
      const request = messageOf(section.text);
      open.request = request;
      if (request.rest) loose.push(request.rest);
      open.url = notes.urlOf(request);
    } else if (section.isHeader) {
      const [line = ''] = section.text.split('\r\n', 1);
      if (statusLine.test(line)) {
        // What came before an answer, as "100 Continue", belongs to it; a second answer is one of its own.
        const isInterim = / 1\d\d\b/.test(open.response?.first ?? '');
        if (open.response && !isInterim) end();
        open.response = { first: line, headers: (isInterim && open.response?.headers) || [], rest: '', body: null };
      } else if (open.response && headerOf(line).length > 0) open.response.headers.push(...headerOf(line));
      else loose.push(section.text);
    } else if (section.isSent ? open.request : open.response)
      open[section.isSent ? 'sent' : 'received'].push(section.text);
    else loose.push(section.text);
  }
  end();
  return { exchanges, loose };
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
    if (from.what !== 'SSL data') return { isSent: from.way === 'Send', isHeader: from.what === 'header', text: dump };
    loose.push(dump);
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

/** The text of a dump of so many bytes: of its hex, or of lines that go on where the next begins, and else end in a line break. */
function dumpOf(lines: readonly { at: number; content: string }[], size: number): string {
  const isHex = lines.length > 0 && lines.every(({ at, content }) => isHexOf(content, Math.min(16, size - at)));
  if (isHex) {
    const pairs = lines.flatMap(({ at, content }) =>
      content
        .slice(0, Math.min(16, size - at) * 3)
        .trim()
        .split(' '),
    );
    return byteWork.utf8(Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16)));
  }
  return lines
    .map(({ at, content }, index) => {
      const next = lines[index + 1]?.at ?? size;
      return next - at > content.length ? `${content}\r\n` : content;
    })
    .join('');
}

function isHexOf(content: string, bytes: number): boolean {
  return bytes > 0 && hexLine.exec(content)?.[0].length === bytes * 3;
}
