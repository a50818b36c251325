/** An element of XML that holds text, and perhaps elements. */
export interface XmlElement {
  name: string;
  /** As they stand in its tag. */
  attributes: string;
  /** What it says, its references and sections undone. */
  text: string;
}

/** An element of a list, or what stands between two. */
export interface XmlItem {
  /** The innermost elements in it, in order; none for what stands between. */
  members: XmlElement[];
  /** Text that stands in no member. */
  rest: string;
  /** Whether the text ends before it does. */
  isCut: boolean;
}

/**
 * The elements of these names, which hold none of their kind, and the text between them. Not everything that XML is:
 * declarations and comments are text, and a document type names no entities of its own (XML 1.0 §2.4, §2.7, §4.6).
 * Linear in the text; never throws.
 */
export function* elementsOf(text: string, names: readonly string[]): Generator<XmlItem> {
  let item: XmlItem | null = null;
  let member: XmlElement | null = null;
  const between: XmlItem = { members: [], rest: '', isCut: false };
  const add = (piece: string) => {
    if (member) member.text += piece;
    else if (item) item.rest += piece;
    else between.rest += piece;
  };
  for (const { kind, value, attributes } of piecesOf(text)) {
    if (kind === 'text') add(value);
    else if (kind === 'open' && !item && names.includes(value)) {
      yield { ...between };
      between.rest = '';
      item = { members: [], rest: '', isCut: false };
    } else if (kind === 'open' && item) {
      // One that holds others keeps its own text.
      member = { name: value, attributes, text: '' };
      item.members.push(member);
    } else if (kind === 'close' && item && names.includes(value)) {
      yield item;
      item = null;
      member = null;
    } else if (kind === 'close') member = null;
  }
  if (item) yield { ...item, isCut: true };
  yield between;
}

interface Piece {
  kind: 'text' | 'open' | 'close';
  /** The text, or the name of the tag. */
  value: string;
  attributes: string;
}

const tag = /<(\/?)([A-Za-z_][\w.:-]*)([^<>]*)>/y;

function* piecesOf(text: string): Generator<Piece> {
  for (let at = 0; at < text.length; ) {
    const found = text.indexOf('<', at);
    const end = found < 0 ? text.length : found;
    if (end > at) yield { kind: 'text', value: references(text.slice(at, end)), attributes: '' };
    if (found < 0) return;
    const hidden = sections.find(({ opens }) => text.startsWith(opens, end));
    if (hidden) {
      const start = end + hidden.opens.length;
      const closes = text.indexOf(hidden.closes, start);
      const stop = closes < 0 ? text.length : closes;
      yield { kind: 'text', value: text.slice(start, stop), attributes: '' };
      at = stop + (closes < 0 ? 0 : hidden.closes.length);
      continue;
    }
    tag.lastIndex = end;
    const [whole, slash, name = '', attributes = ''] = tag.exec(text) ?? [];
    if (whole === undefined) yield { kind: 'text', value: '<', attributes: '' };
    else {
      if (!slash) yield { kind: 'open', value: name, attributes };
      if (slash || attributes.endsWith('/')) yield { kind: 'close', value: name, attributes: '' };
    }
    at = end + (whole?.length ?? 1);
  }
}

/** What begins with `<` and is no tag. A comment may hold a token as well as anything else; so may declarations, which are texts. */
const sections = [
  { opens: '<![CDATA[', closes: ']]>' },
  { opens: '<!--', closes: '-->' },
];

const named = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** References of XML undone (§4.1, §4.6). */
function references(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,4}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return named.get(name) ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
