import type { Evaluation } from './browser.ts';
import { evaluate, lost, type Way } from './evaluate.ts';

/**
 * Asks the inspected page. Each page of an extension has a way of its own into it, which Firefox at times loses for good, most of all where
 * a page could not be loaded before ("Target already destroyed, unable to fetch children fronts", `getFront` in
 * devtools/client/fronts/targets/target-mixin.js of Firefox 153, seen 2026-11-28). A page in a frame has one of its own, too, and a new one finds
 * the inspected page again.
 */
export function createAsking(): (expression: string) => Promise<Evaluation> {
  /** None is that of this page. */
  let way: Promise<Way | undefined> = Promise.resolve(undefined);
  let frame: HTMLIFrameElement | null = null;

  function open(): Promise<Way> {
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
  }

  return async (expression) => {
    const asked = way;
    const answer = await evaluate(expression, undefined, await asked);
    if (answer.ok || answer.message !== lost) return answer;
    // Whoever else finds it lost meanwhile takes the same new one.
    if (way === asked) way = open();
    return evaluate(expression, undefined, await way);
  };
}
