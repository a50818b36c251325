import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

/** CSS pixels. */
export const rowHeight = 24;
/** Of the heads, which stay above the rows, with the line below them. */
const headHeight = 26;
/** Rows drawn above and below what can be seen, and those by which the window moves at once. */
const margin = 10;
const step = 5;

/** Which rows are drawn: those that can be seen, and some above and below. The active row is kept in sight. Also how wide the list is: before that is known, no row is drawn. */
export function useWindow(scroller: RefObject<HTMLDivElement | null>, activeIndex: number) {
  const [range, setRange] = useState({ first: 0, count: 0, width: 0 });

  function measure(): void {
    const element = scroller.current;
    if (!element) return;
    const top = Math.floor(element.scrollTop / rowHeight);
    const first = Math.max(0, Math.floor((top - margin) / step) * step);
    const count = Math.ceil((element.clientHeight || 600) / rowHeight) + 2 * margin + step;
    const width = element.clientWidth;
    setRange((known) =>
      known.first === first && known.count === count && known.width === width ? known : { first, count, width },
    );
  }

  // Before the first paint, so that no column is drawn that there is no room for.
  useLayoutEffect(() => {
    measure();
    if (!scroller.current || typeof ResizeObserver === 'undefined') return undefined;
    const observer = new ResizeObserver(measure);
    observer.observe(scroller.current);
    return () => observer.disconnect();
  }, []);

  // Whether it moves by the keyboard, by sorting or from another view.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || activeIndex < 0) return;
    const top = activeIndex * rowHeight;
    const room = element.clientHeight - headHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (room > 0 && top + rowHeight > element.scrollTop + room) element.scrollTop = top + rowHeight - room;
    measure();
  }, [activeIndex]);

  return { ...range, measure };
}
