import type { Evaluation } from './browser.ts';
import { evaluate, lost, type Way } from './evaluate.ts';

/** The page that the browser shows, as it tells of it. */
export interface Shown {
  documentId: string;
  url: string;
}

/** '' where it is no longer shown. No page can give itself another address (`LegacyUnforgeable`, https://html.spec.whatwg.org/multipage/nav-history-apis.html#the-location-interface). */
const whereabouts = "window.closed?'':location.href";
/** How often an answer from elsewhere is none. Then it counts: of some viewers of Firefox's own the address is another one. */
const mostDoubts = 4;

/**
 * Asks the inspected page. Each page of an extension has a way of its own into it, which Firefox at times loses for good, most of all where
 * a page could not be loaded before ("Target already destroyed, unable to fetch children fronts", `getFront` in
 * devtools/client/fronts/targets/target-mixin.js of Firefox 153, seen 2026-11-28). One that was found while the page was left leads for good into the
 * document that has gone, which answers as if it was there: whose storage is that of its origin, and whose texts are old (seen then, too, on a busy
 * machine). So the first answer of each document has to have its address. A page in a frame has a way of its own, too, and a new one finds
 * the inspected page again.
 *
 * @param shown the page that was listed last; null before that
 */
export function createAsking(
  shown: () => Shown | null,
  openWay: () => Promise<Way> = createWays(),
): (expression: string) => Promise<Evaluation> {
  /** None is that of this page. */
  let way: Promise<Way | undefined> = Promise.resolve(undefined);
  let trusted = '';
  let doubted = { documentId: '', times: 0 };

  /** Whether the way leads into the page that is shown. */
  async function isThere(): Promise<boolean> {
    const page = shown();
    if (!page || page.documentId === trusted) return true;
    const asked = way;
    const answer = await evaluate(whereabouts, undefined, await asked);
    // Why it may not be asked, it says at the question itself.
    if (!answer.ok) return true;
    if (doubted.documentId !== page.documentId) doubted = { documentId: page.documentId, times: 0 };
    doubted.times += 1;
    if (answer.value === page.url || doubted.times > mostDoubts) {
      trusted = page.documentId;
      return true;
    }
    // At first the way may be about to follow the page by itself, or the page to have moved on.
    if (doubted.times > 1 && way === asked) way = openWay();
    return false;
  }

  return async (expression) => {
    if (!(await isThere())) return { ok: false, code: 'not-found', message: 'The page has gone.' };
    const asked = way;
    const answer = await evaluate(expression, undefined, await asked);
    if (answer.ok || answer.message !== lost) return answer;
    // Whoever else finds it lost meanwhile takes the same new one.
    if (way === asked) way = openWay();
    return evaluate(expression, undefined, await way);
  };
}

/** Makes new ways, one at a time. */
function createWays(): () => Promise<Way> {
  let frame: HTMLIFrameElement | null = null;
  return () => {
    const before = frame;
    const element = document.createElement('iframe');
    frame = element;
    element.hidden = true;
    element.title = 'Asks the inspected page';
    element.src = '/src/extension/way-in.html';
    return new Promise((resolve) => {
      const hand = () => resolve((element.contentWindow as unknown as { chrome: Way }).chrome);
      element.addEventListener('load', hand, { once: true });
      document.body.append(element);
      before?.remove();
    });
  };
}
