/** A window whose functions are the browser's own, as far as can be told from inside the page. */
export interface HonestWindow {
  view: Window & typeof globalThis;
  /** What was found of the page's own window: nothing odd, or replaced functions that were seen through, or that were not. */
  page: 'clean' | 'seen-through' | 'doctored';
  /** Takes away what was put into the page. */
  leave(): void;
}

/**
 * Looks for a window by which storages, cookies and states can be read: the page's own, unless it has replaced some of its functions;
 * then that of an empty frame, which exists for the moment. The page can see such a frame, so there is none where it is not needed.
 *
 * A getter or method of the browser refuses objects that are not of its kind, and most stand-ins answer whoever asks: this is how they
 * are told apart, by operators alone. It is no proof. Frames are found by their number, which no page can replace, put into the page in
 * several ways, since it can replace each of them, and held to the same test.
 *
 * It is turned into text and runs inside the inspected page, so it imports nothing and leans on operators instead of methods.
 *
 * @param isForced takes no window of the page's own: it was found to lie
 */
export function honestWindow(isForced: boolean): HonestWindow {
  const page = window;

  /** Whether a member refuses an object that only descends from its own. */
  function refuses(of: unknown, name: string, isMethod: boolean): boolean {
    try {
      const stranger = { __proto__: of } as unknown as Record<string, () => unknown>;
      if (isMethod) stranger[name]?.();
      else void stranger[name];
      return false;
    } catch {
      return true;
    }
  }

  function isHonestStorage(view: Window, area: 'localStorage' | 'sessionStorage'): boolean {
    let store: Storage;
    try {
      store = view[area];
    } catch {
      // Refused, or by a function that has been put there; the two are not told apart here.
      return refuses(view, area, false);
    }
    return (
      typeof store === 'object' &&
      store !== null &&
      refuses(view, area, false) &&
      refuses(store, 'length', false) &&
      refuses(store, 'key', true) &&
      refuses(store, 'getItem', true)
    );
  }

  function isHonest(view: Window): boolean {
    return (
      isHonestStorage(view, 'localStorage') &&
      isHonestStorage(view, 'sessionStorage') &&
      refuses(view.document, 'cookie', false) &&
      refuses(view, 'name', false) &&
      refuses(view, 'history', false) &&
      refuses(view.history, 'state', false)
    );
  }

  /** The windows of frames that are there, by their number. */
  function framesOf(view: Window): Record<number, Window> {
    const found = { __proto__: null } as unknown as Record<number, Window>;
    for (let i = 0; i < 2000; i += 1) {
      let frame: Window | undefined;
      try {
        frame = view[i];
      } catch {
        // Where there is no such frame, a window of another origin throws; this one is the page's own.
      }
      if (!frame) break;
      found[i] = frame;
    }
    return found;
  }

  function roots(): Element[] {
    const { documentElement, body, firstElementChild } = document as Document & { firstElementChild: Element };
    return [documentElement, body, firstElementChild];
  }

  /** In a document of XML an element of this name is a frame only in the namespace of HTML, and would stay there for ever. */
  function frameOf(made: unknown): Element {
    if (!('contentWindow' in (made as object))) throw null;
    return made as Element;
  }

  /** Ways to put an empty frame into the page. Texts stand where they are used, so that whoever reviews the build sees that they are none of a page's. */
  const ways: ((root: Element) => void)[] = [
    (root) => root.appendChild(frameOf(document.createElement('iframe'))),
    (root) => root.append(frameOf(page.Document.prototype.createElement.call(document, 'iframe'))),
    (root) => root.insertAdjacentHTML('beforeend', '<iframe xmlns="http://www.w3.org/1999/xhtml"></iframe>'),
    (root) => {
      const range = new page.Range();
      range.selectNodeContents(root);
      range.insertNode(document.createElementNS('http://www.w3.org/1999/xhtml', 'iframe'));
    },
    (root) => {
      const range = new page.Range();
      range.selectNodeContents(root);
      range.insertNode(range.createContextualFragment('<iframe xmlns="http://www.w3.org/1999/xhtml"></iframe>'));
    },
  ];

  function put(way: (root: Element) => void, root: Element): Window | null {
    const before = framesOf(page);
    // Among so many a new one would not be found, and could not be taken away again.
    if (before[1999]) return null;
    try {
      way(root);
    } catch {
      // The page has replaced it, names an element so, or allows no such text.
    }
    const after = framesOf(page);
    for (const number in after) {
      const frame = after[number] as Window;
      let isNew = true;
      for (const other in before) if (before[other] === frame) isNew = false;
      if (isNew) return frame;
    }
    return null;
  }

  /** By the frame's own functions, which are those of the browser where it is honest. */
  function remove(frame: Window, root: Element | undefined) {
    const realm = frame as Window & typeof globalThis;
    try {
      realm.Reflect.apply(realm.Element.prototype.remove, frame.frameElement, []);
    } catch {
      // In a sandboxed page every frame is of another origin, and tells nothing of its element. Else it stays.
      const ends = root ? [root.lastElementChild, root.firstElementChild] : [];
      for (let i = 0; i < ends.length; i += 1) {
        const end = ends[i] as HTMLIFrameElement | null;
        if (end?.contentWindow === frame) end.remove();
      }
    }
  }

  let isClean = false;
  try {
    isClean = !isForced && isHonest(page);
  } catch {
    // Nothing of the browser throws there.
  }
  if (isClean) return { view: page, page: 'clean', leave: () => {} };
  for (let i = 0; i < 5; i += 1)
    for (let from = 0; from < 3; from += 1) {
      let frame: Window | null = null;
      let root: Element | undefined;
      try {
        root = roots()[from];
        frame = root ? put(ways[i] as (root: Element) => void, root) : null;
        if (frame && isHonest(frame)) {
          const found = frame as Window & typeof globalThis;
          return { view: found, page: 'seen-through', leave: () => remove(found, root) };
        }
      } catch {
        // The frame has gone, or is of another origin.
      }
      if (frame) remove(frame, root);
    }
  return { view: page, page: 'doctored', leave: () => {} };
}
