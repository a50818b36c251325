import type { ElementHandle, Frame } from 'puppeteer-core';

export interface CountedPresses {
  /** Presses made so far: a click or a key chord is one. */
  count(): number;
  /** Clicks, with the mouse, the button whose name or text fits. Waits until it is there and can be pressed. */
  click(label: RegExp, seconds?: number): Promise<void>;
  /** Opens the menu of the row whose text fits, with the mouse. */
  openMenu(row: RegExp): Promise<void>;
}

/** A user at the panel, whose presses are counted. */
export function countedPresses(panel: Frame): CountedPresses {
  let presses = 0;

  async function find(label: RegExp, among: string): Promise<ElementHandle<Element> | null> {
    const handle = await panel.evaluateHandle(
      (source, flags, selector) =>
        [...document.querySelectorAll<HTMLElement>(selector)].find(
          (one) =>
            new RegExp(source, flags).test(one.ariaLabel ?? one.textContent?.trim() ?? '') &&
            one.ariaDisabled !== 'true' &&
            one.checkVisibility(),
        ) ?? null,
      label.source,
      label.flags,
      among,
    );
    return handle.asElement() as ElementHandle<Element> | null;
  }

  async function found(label: RegExp, among: string, seconds: number): Promise<ElementHandle<Element>> {
    const until = Date.now() + seconds * 1000;
    let one = await find(label, among);
    while (!one && Date.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      one = await find(label, among);
    }
    if (!one) throw new Error(`there is none of ${among} with ${label}`);
    return one;
  }

  /** Rows move while tokens come in. */
  async function atRest(label: RegExp, among: string): Promise<ElementHandle<Element>> {
    for (let before = ''; ; ) {
      const one = await found(label, among, 20);
      const place = await one.evaluate((element) => {
        const { top } = element.getBoundingClientRect();
        return `${element.id} ${top} of ${element.parentElement?.childElementCount}`;
      });
      if (place === before) return one;
      before = place;
      await new Promise((resolve) => setTimeout(resolve, 700));
    }
  }

  /** What is aimed at can move on between the look and the press, as a user's aim would follow it: a miss is none of the presses. */
  async function hit(label: RegExp, seconds: number): Promise<void> {
    const among = 'button, [role=button], [role=menuitem]';
    for (let tries = 0; tries < 5; tries += 1) {
      const one = await found(label, among, seconds);
      await panel.evaluate((selector) => {
        const aimed = window as { pressed?: string };
        aimed.pressed = '';
        addEventListener(
          'click',
          ({ target }) => {
            const button = target instanceof Element ? target.closest<HTMLElement>(selector) : null;
            aimed.pressed = button?.ariaLabel ?? button?.textContent?.trim() ?? '';
          },
          { capture: true, once: true },
        );
      }, among);
      await one.click().catch((error: Error) => {
        // It left the document meanwhile.
        if (!/detached|not clickable|not an Element/.test(error.message)) throw error;
      });
      if (label.test(String(await panel.evaluate('window.pressed')))) return;
    }
    throw new Error(`${label} was not hit`);
  }

  return {
    count: () => presses,
    async click(label, seconds = 20) {
      await hit(label, seconds);
      presses += 1;
    },
    async openMenu(row) {
      await (await atRest(row, '.grid [role=row][id]')).click({ button: 'right' });
      presses += 1;
    },
  };
}
