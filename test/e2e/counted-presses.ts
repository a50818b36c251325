import type { ElementHandle, Frame } from 'puppeteer-core';

export interface CountedPresses {
  /** Presses made so far: a click or a key chord is one. */
  count(): number;
  /** Clicks, with the mouse, the button whose name or text fits. Waits until it is there and can be pressed. */
  click(label: RegExp, seconds?: number): Promise<void>;
}

/** A user at the panel, whose presses are counted. */
export function countedPresses(panel: Frame): CountedPresses {
  let presses = 0;

  async function find(label: RegExp): Promise<ElementHandle<Element> | null> {
    const handle = await panel.evaluateHandle(
      (source, flags) =>
        [...document.querySelectorAll<HTMLElement>('button, [role=button]')].find(
          (one) =>
            new RegExp(source, flags).test(one.ariaLabel ?? one.textContent?.trim() ?? '') &&
            one.ariaDisabled !== 'true' &&
            one.checkVisibility(),
        ) ?? null,
      label.source,
      label.flags,
    );
    return handle.asElement() as ElementHandle<Element> | null;
  }

  return {
    count: () => presses,
    async click(label, seconds = 20) {
      const until = Date.now() + seconds * 1000;
      let button = await find(label);
      while (!button && Date.now() < until) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        button = await find(label);
      }
      if (!button) throw new Error(`there is no button ${label}`);
      await button.click();
      presses += 1;
    },
  };
}
