import type { ComponentChildren, RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { leastFraction } from '../../state/layout.ts';
import { useModel } from '../store-context.ts';

/** Below this width the second pane goes under the first. */
const narrow = 640;
/** Below this height as well, there is room for one of them only. */
const low = 360;

type Shape = 'beside' | 'below' | 'instead';

/** Two panes with a divider that is dragged or moved by arrow keys; the second is left out when there is nothing in it. */
export function SplitPane({ first, second }: { first: ComponentChildren; second: ComponentChildren | null }) {
  const frame = useRef<HTMLDivElement>(null);
  const shape = useShape(frame);
  const { fractions, resize: resizeTo } = useModel('layout');

  // A hidden list would take the focus with it into nowhere.
  const isListHidden = second !== null && shape === 'instead';
  useLayoutEffect(() => {
    if (!isListHidden || !frame.current?.querySelector('.first')?.contains(document.activeElement)) return;
    frame.current.querySelector<HTMLElement>('.second [role="tab"][aria-selected="true"]')?.focus();
  }, [isListHidden]);

  const axis = shape === 'below' ? 'below' : 'beside';
  const fraction = fractions.value[axis];
  const resize = (to: number) => resizeTo(axis, to);
  const size = second && shape !== 'instead' ? `${fraction * 100}%` : '100%';
  return (
    <div ref={frame} class={`split ${shape}`}>
      <div class="first" style={{ flexBasis: size, flexGrow: second ? 0 : 1 }} hidden={isListHidden}>
        {first}
      </div>
      {second && shape !== 'instead' ? <Divider {...{ frame, axis, fraction, resize }} /> : null}
      {second ? <div class="second">{second}</div> : null}
    </div>
  );
}

/** How the panes lie, by the room there is. */
function useShape(frame: RefObject<HTMLDivElement | null>): Shape {
  const [shape, setShape] = useState<Shape>('beside');
  useEffect(() => {
    const element = frame.current;
    if (!element || typeof ResizeObserver === 'undefined') return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (!entry) return;
      const { width, height } = entry.contentRect;
      setShape(width >= narrow ? 'beside' : height >= low ? 'below' : 'instead');
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return shape;
}

interface DividerProps {
  frame: RefObject<HTMLDivElement | null>;
  axis: 'beside' | 'below';
  /** Of the first pane, 0 to 1. */
  fraction: number;
  resize: (to: number) => void;
}

function Divider({ frame, axis, fraction, resize }: DividerProps) {
  function drag(event: PointerEvent): void {
    const divider = event.currentTarget as HTMLElement;
    const box = frame.current?.getBoundingClientRect();
    if (!box || event.button !== 0) return;
    event.preventDefault();
    divider.setPointerCapture(event.pointerId);
    const move = ({ clientX, clientY }: PointerEvent) =>
      resize(axis === 'below' ? (clientY - box.top) / box.height : (clientX - box.left) / box.width);
    divider.addEventListener('pointermove', move);
    divider.addEventListener('lostpointercapture', () => divider.removeEventListener('pointermove', move), {
      once: true,
    });
  }

  function step(event: KeyboardEvent): void {
    const by = { ArrowLeft: -0.02, ArrowUp: -0.02, ArrowRight: 0.02, ArrowDown: 0.02 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    resize(fraction + by);
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a divider that moves is a separator with a value, which <hr> cannot be
    <div
      class="divider"
      role="separator"
      tabIndex={0}
      aria-label="Size of the list"
      aria-orientation={axis === 'below' ? 'horizontal' : 'vertical'}
      aria-valuemin={leastFraction * 100}
      aria-valuemax={(1 - leastFraction) * 100}
      aria-valuenow={Math.round(fraction * 100)}
      onPointerDown={drag}
      onKeyDown={step}
    />
  );
}
