import type { KeptTexts, KnownStamps, Place } from './probe.ts';

interface Opener {
  dom?: { openOrClosedShadowRoot(element: unknown): unknown };
}
/** In Firefox, to scripts of extensions alone (dom/webidl/Element.webidl, seen on 28 November 2026 in Firefox 153). */
interface Closed {
  openOrClosedShadowRoot?: unknown;
}

/**
 * Reads the texts in the documents of an origin that could hold a token: attributes (hidden fields, `data-…`, `meta`, links), inline
 * scripts and JSON, comments and other text, in templates and open shadow trees too. Keys are lines: the document's URL, the
 * attribute (none for text, `?` for processing instructions), the element's tag (none for what is no element's), `id` and `name`, and a number where all that repeats.
 *
 * Frames are told of as well (`f`), so that those which the browser does not list are noticed. Those in shadow trees are no windows by
 * number: they are read from here, and kept for window-state.ts under `inside`.
 *
 * It is turned into text and runs inside the inspected page, so it imports nothing. Elements answer to the names of what lies in
 * them, so nothing is asked of an element itself but through functions of its prototypes. The page may have replaced those: they
 * are asked in two ways, and where these disagree those of an untouched frame, which exists for the moment, are taken.
 * Where documents of two origins have agreed to reach each other (`document.domain`), the other's is read through a frame of its own.
 * It works for a few milliseconds and rests sixteen times as long: a page of any size stays as quick as it was.
 */
export async function documentTexts(
  _name: string,
  oldStamp: string,
  known: KnownStamps | null,
  maxCharacters: number,
  maxEntries: number,
  place: Place = { __proto__: null, serial: 0, seed: 0 } as unknown as Place,
): Promise<string> {
  const all = globalThis as unknown as Record<string, Place>;
  if (place.name && !all[place.name]) all[place.name] = place;
  const held = (place.name && all[place.name]) || place;
  const looks = { __proto__: null, class: 1, style: 1, d: 1, points: 1, srcset: 1, integrity: 1, nonce: 1 } as object;
  const inside = { __proto__: null } as unknown as Record<number, Window>;
  // Where nothing is the page's own, the browser opens closed shadow trees, too.
  const isApart = Boolean(place.name);
  const opener = isApart ? (globalThis as unknown as { chrome?: Opener; browser?: Opener }).chrome?.dom : undefined;
  const hosts = /^(?:article|aside|blockquote|body|div|footer|h[1-6]|header|main|nav|p|section|span|[a-z]\S*-\S*)$/;
  const commands = { __proto__: null } as unknown as Record<string, number>;
  const signs = 'mzlhvcsqtaeMZLHVCSQTAE';
  for (let i = 0; i < signs.length; i += 1) commands[signs[i] as string] = 1;
  const most = { windows: 2000, nodes: 500_000, waits: 40 };

  /** A token has no white space in it for long. Pictures and the like are left out. */
  function mayHold(text: string): boolean {
    if (text.length < 20) return false;
    if (text[0] === 'd' && text[1] === 'a' && text[2] === 't' && text[3] === 'a' && text[4] === ':')
      return text[5] !== 'i' && text[5] !== 'f' && text[5] !== 'v' && !(text[5] === 'a' && text[6] === 'u');
    let run = 0;
    for (let i = 0; i < text.length && run < 20; i += 1) run = (text[i] as string) > ' ' ? run + 1 : 0;
    return run === 20;
  }

  function isLetter(sign: string): boolean {
    return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z');
  }

  /** One of those that most tokens are made of. */
  function isSign(sign: string): boolean {
    return (
      isLetter(sign) || (sign >= '0' && sign <= '9') || sign === '-' || sign === '_' || sign === '.' || sign === '='
    );
  }

  /**
   * The same of an attribute that says how something looks or is checked: forty signs of a token in a row, of which one is no command of a path
   * (https://www.w3.org/TR/SVG2/paths.html#PathDataBNF, read 2026-11).
   */
  function mayHide(text: string): boolean {
    for (let i = 0, from = 0, isTelling = false; i <= text.length; i += 1) {
      const sign = text[i] ?? ' ';
      if (isSign(sign)) {
        isTelling ||= isLetter(sign) && !(sign in commands);
        continue;
      }
      if (isTelling && i - from >= 40) return true;
      from = i + 1;
      isTelling = false;
    }
    return false;
  }

  /** @param name under which is kept what was found in this way */
  async function read(realm: typeof globalThis, name: string) {
    const { Attr, CharacterData, Document, Element, Node, NodeIterator, HTMLTemplateElement } = realm;
    const { apply, getOwnPropertyDescriptor } = 'apply' in realm.Reflect ? realm.Reflect : Reflect; // Firefox empties it
    const ask = <T>(what: unknown, of: unknown, ...args: unknown[]) => apply(what as () => T, of, args);
    let odd = false;
    /** A function of the browser refuses what is not of its kind; most stand-ins answer whoever asks. */
    const tested = <T>(what: T): T => {
      try {
        ask(what, {}, document, '');
        odd = true;
      } catch {
        // As it should be.
      }
      return what;
    };
    const getter = (from: object, name: string) => tested(getOwnPropertyDescriptor(from, name)?.get);
    const typeOf = getter(Node.prototype, 'nodeType');
    const parentOf = getter(Node.prototype, 'parentElement');
    const dataOf = getter(CharacterData.prototype, 'data');
    const tagOf = getter(Element.prototype, 'localName');
    const attributesOf = getter(Element.prototype, 'attributes');
    const nameOf = getter(Attr.prototype, 'name');
    const contentsOf = getter(Attr.prototype, 'value');
    const localNameOf = getter(Attr.prototype, 'localName');
    const namespaceOf = getter(Attr.prototype, 'namespaceURI');
    const shadowOf = getter(Element.prototype, 'shadowRoot');
    const contentOf = getter(HTMLTemplateElement.prototype, 'content');
    const getAttribute = tested(Element.prototype.getAttribute);
    const getAttributeNS = tested(Element.prototype.getAttributeNS);
    const createNodeIterator = tested(Document.prototype.createNodeIterator);
    const nextNode = tested(NodeIterator.prototype.nextNode);
    const attribute = (of: unknown, name: string) => (of && ask<string>(getAttribute, of, name)) || '';
    const walk = (owner: unknown, root: unknown, kinds: number) => ask(createNodeIterator, owner, root, kinds);
    const next = (walker: unknown) => ask<Node | null>(nextNode, walker);
    const frames = { __proto__: null } as unknown as Record<string, number>;
    const seen = { __proto__: null } as unknown as Record<string, number>;
    const done = {
      own: false,
      entries: 0,
      characters: 0,
      sum: 0,
      nodes: 0,
      windows: 0,
      unvisited: 0,
      inside: 0,
      waits: 0,
    };
    const before = held[name] as KeptTexts | undefined;
    const texts = { __proto__: null } as unknown as KeptTexts;
    let startedAt = Date.now();
    let body = '';

    function add(url: string, element: unknown, name: string, text: string) {
      done.entries += 1;
      if (done.entries > maxEntries) return;
      const tag = element ? ask(tagOf, element) : '';
      const where = `${url}\n${name}\n${tag}\n${attribute(element, 'id')}\n${attribute(element, 'name')}`;
      seen[where] = (seen[where] ?? 0) + 1;
      const key = `${where}\n${seen[where]}`;
      const was = before?.[key];
      if (was?.text !== text) held.serial += 1;
      const entry = was?.text === text ? was : { text, stamp: held.serial };
      texts[key] = entry;
      const { stamp } = entry;
      done.sum += stamp;
      let kind = 'v';
      if (known?.[`$${key}`] === stamp) kind = 's';
      else if (done.characters + text.length > maxCharacters) kind = 'c';
      else done.characters += text.length;
      const kept = kind === 'v' ? text : '';
      body += `${kind} ${stamp} ${key.length} ${kept.length}\n${key}${kept}`;
    }

    function readAttributes(url: string, element: unknown) {
      const attributes = ask(attributesOf, element) as NamedNodeMap;
      const at = (i: number) => getOwnPropertyDescriptor(attributes, i)?.value as Attr | undefined;
      for (let i = 0, one = at(0); one; i += 1, one = at(i)) {
        const name = ask<string>(nameOf, one);
        const value = ask<string>(contentsOf, one);
        const namespace = ask(namespaceOf, one); // by its name alone the first of several would be got
        const text = ask<string>(getAttributeNS, element, namespace, ask(localNameOf, one)) || value;
        odd ||= text !== value;
        if (name in looks ? mayHide(text) : mayHold(text)) add(url, element, name, text);
      }
    }

    /** A frame in a shadow tree is no window by number, so it is visited from here. */
    async function readFrame(url: string, element: unknown, tag: string, isInShadow: boolean) {
      const { HTMLIFrameElement, HTMLFrameElement, HTMLObjectElement } = realm;
      const of = tag === 'iframe' ? HTMLIFrameElement : tag === 'frame' ? HTMLFrameElement : HTMLObjectElement;
      let view: Window | null = null;
      let address = '';
      try {
        view = ask<Window | null>(getter(of.prototype, 'contentWindow'), element);
        if (view && ask(getter(of.prototype, 'contentDocument'), element)) address = view.location.href;
      } catch {
        // It only goes by the name of one.
      }
      if (!view) return;
      const pair = `${url}\n${address}`;
      frames[pair] = (frames[pair] ?? 0) + 1;
      if (!address || !isInShadow) return;
      inside[done.inside] = view;
      done.inside += 1;
      if (done.windows < most.windows) await visit(view);
      else done.unvisited = 1;
    }

    function shadowIn(element: unknown, tag: string): unknown {
      const open = ask(shadowOf, element);
      if (open || !isApart || !hosts.test(tag)) return open;
      try {
        return opener ? opener.openOrClosedShadowRoot(element) : (element as Closed).openOrClosedShadowRoot;
      } catch {
        return null;
      }
    }

    async function readTree(url: string, owner: unknown, root: unknown, isInShadow = false) {
      const walker = walk(owner, root, 205); // elements, texts, sections of CDATA, processing instructions and comments
      // A token may lie in several texts, one after the other. Each by itself is read as well: two may touch that are not one.
      let last: Node | null = null;
      let joined = '';
      let pieces = 0;
      const join = (node: Node | null, text: string) => {
        const end = joined ? joined[joined.length - 1] : '';
        const touches = node && pieces > 0 && (!text || (end && isSign(end) && isSign(text[0] as string)));
        const isOne = touches && ask(parentOf, node) === ask(parentOf, last);
        if (!isOne && pieces > 1 && mayHold(joined)) add(url, ask(parentOf, last), '', joined);
        pieces = isOne ? pieces + 1 : node ? 1 : 0;
        joined = isOne ? joined + text : text;
        last = node;
      };
      for (let node = next(walker); node && done.nodes <= most.nodes; node = next(walker)) {
        done.nodes += 1;
        if (done.nodes % 100 === 0) await rest();
        const type = ask(typeOf, node);
        if (type === 1) {
          join(null, '');
          readAttributes(url, node);
          const tag = ask<string>(tagOf, node);
          if (tag === 'iframe' || tag === 'frame' || tag === 'object') await readFrame(url, node, tag, isInShadow);
          const shadow = shadowIn(node, tag);
          const inner = shadow ?? (tag === 'template' && ask(contentOf, node));
          if (inner) await readTree(url, owner, inner, isInShadow || !!shadow);
        } else {
          const text = ask<string>(dataOf, node);
          const isText = type === 3 || type === 4;
          join(isText ? node : null, isText ? text : '');
          if (mayHold(text)) add(url, Number(type) < 7 ? ask(parentOf, node) : null, type === 7 ? '?' : '', text);
        }
      }
      join(null, '');
    }

    async function rest() {
      const worked = Date.now() - startedAt;
      if (worked < 8 && done.nodes % 5000 !== 0) return;
      await new Promise((resolve) => setTimeout(resolve, worked > 50 ? 800 : worked * 16));
      startedAt = Date.now();
    }

    /** Whether two ways of counting a document's first nodes come to the same; a third one where it has none, since its root was removed. */
    function isHonest(owner: Document): boolean {
      const all = ask<HTMLCollection>(Document.prototype.getElementsByTagName, owner, '*');
      const walker = walk(owner, owner, 1);
      for (let i = 0; i < 100; i += 1) if ((next(walker) ?? undefined) !== all[i]) return false;
      if (all[0]) return true;
      const after = getter(Node.prototype, 'nextSibling');
      let child = ask(getter(Node.prototype, 'firstChild'), owner);
      while (child && ask(typeOf, child) !== 1) child = ask(after, child);
      return !child;
    }

    async function visit(view: Window) {
      done.windows += 1;
      let isReadable = view === window;
      try {
        done.own ||= view.document === document;
        // A document that has only just begun has no element yet; that is no sign of a page that hides its own.
        for (; done.waits < most.waits && view.document.documentElement === null; done.waits += 1)
          await new Promise((resolve) => setTimeout(resolve, 25));
        if (view.location.origin !== 'null' && view.location.origin !== document.location.origin) throw null;
        isReadable = true;
        if (!isHonest(view.document)) odd = true;
        await readTree(view.location.href, view.document, view.document);
      } catch {
        // Another origin, which is read through a frame of its own, or functions that the page has replaced.
        odd ||= isReadable;
      }
      for (let i = 0, child = childOf(view, 0); child && !done.unvisited; i += 1, child = childOf(view, i)) {
        if (done.windows < most.windows) await visit(child);
        else done.unvisited = 1;
      }
    }

    /** Past the last, a window of another origin throws, and a page could have put a getter on `Object.prototype`. */
    function childOf(view: Window, i: number): Window | undefined {
      try {
        return i < view.length ? view[i] : undefined;
      } catch {
        return undefined;
      }
    }

    await visit(window.top as Window);
    // One in a shadow tree of another site is reached by nobody but itself.
    const own = document.defaultView;
    if (!done.own && own?.document === document) await visit(own);
    // Where nothing is the page's own there is nobody to be told on: what did not let itself be read was not read.
    const missed =
      done.unvisited +
      (odd && isApart ? 1 : 0) +
      (done.entries > maxEntries ? done.entries - maxEntries : done.nodes > most.nodes ? 1 : 0);
    if (missed > 0) body += `m ${missed} 0 0\n`;
    let told = '';
    for (const pair in frames) told += `f ${frames[pair]} ${pair.length} 0\n${pair}`;
    if (told !== held[`${name}, frames`]) held.serial += 1;
    const framesStamp = told === held[`${name}, frames`] ? held[`${name}, frames stamp`] : held.serial;
    held[`${name}, frames`] = told;
    held[`${name}, frames stamp`] = framesStamp;
    held.inside = inside;
    body += told;
    held[name] = texts;
    return { stamp: `${done.entries}:${done.sum}:${missed}:${framesStamp}`, body, odd: odd && !isApart };
  }

  let { stamp, body, odd } = await read(window as unknown as typeof globalThis, 'document');
  if (!odd) return stamp === oldStamp ? '=' : `${stamp}\n${body}`;
  let box: HTMLElement | null = null;
  try {
    box = document.createElement('div');
    // In a document of XML elements have no kind but by their namespace.
    box.innerHTML = '<iframe xmlns="http://www.w3.org/1999/xhtml"></iframe>';
    document.documentElement.appendChild(box);
    const clean = (box.firstChild as HTMLIFrameElement).contentWindow as unknown as typeof globalThis;
    ({ stamp, body } = await read(clean, 'document, untouched'));
  } catch {
    // What was read before counts.
  }
  box?.remove();
  // What is odd is told anew once it is so no longer.
  stamp += ':odd';
  return stamp === oldStamp ? '=' : `${stamp}\n${body}o 0 0 0\n`;
}
