import type { Frame } from 'puppeteer-core';
import { eventually, press, reportOf } from './session.ts';

/** What the tab Validity says after Validate was pressed. */
export interface ShownVerdict {
  /** Everything in the section of the backend, as text. */
  text: string;
  /** Outcome by check, where the backend tells them. */
  checks: Record<string, string>;
}

/** Fills the form in the settings and presses Add, with the mouse: the browser asks only after a real press. */
export async function fillBackend(panel: Frame, { url, value }: { url: string; value: string }): Promise<void> {
  if ((await panel.$('#roomkey-settings')) === null) await press(panel, 'Settings');
  await press(panel, 'Add a backend');
  await panel.waitForSelector('.add-backend');
  await fill(panel, '.add-backend input[type=url]', url);
  await fill(panel, '.add-backend input[type=password]', value);
  await pressAdd(panel);
}

/** Presses Add with the mouse, once the panel around it has come to rest: what appears above would push it away. */
export async function pressAdd(panel: Frame): Promise<void> {
  const button = await panel.waitForSelector('.add-backend .primary');
  let last = '';
  await eventually(async () => {
    const now = JSON.stringify(await button?.boundingBox());
    const isAtRest = now === last;
    last = now;
    if (!isAtRest) throw new Error('the panel is still moving');
    await new Promise((resolve) => setTimeout(resolve, 300));
    if (JSON.stringify(await button?.boundingBox()) !== now) throw new Error('the panel is still moving');
  });
  await button?.click();
}

export async function removeBackends(panel: Frame): Promise<void> {
  if ((await panel.$('#roomkey-settings')) === null) await press(panel, 'Settings');
  while ((await panel.$('.backend')) !== null) {
    const before = (await panel.$$('.backend')).length;
    await press(panel, 'Remove');
    await eventually(async () => {
      if ((await panel.$$('.backend')).length >= before) throw new Error('the backend is still listed');
    }, 5);
  }
}

/** Chooses a token, presses Validate, and waits for what comes of it. A `room` is typed over the one the panel found. */
export async function validate(panel: Frame, token: string, room?: string): Promise<ShownVerdict> {
  const id = await eventually(async () => {
    const found = (await reportOf(panel)).tokens.find((one) => one.token === token);
    if (!found) throw new Error('the token is not listed');
    return found.id;
  });
  await panel.evaluate(`document.querySelector('.grid [role=row][id$="${id}"]').click()`);
  await panel.waitForSelector('#detail-tab-validity');
  await panel.evaluate("document.querySelector('#detail-tab-validity').click()");
  await panel.waitForSelector('.validity');
  if (room !== undefined) await fill(panel, '.validity .line input', room);
  await press(panel, 'Validate');
  return eventually(async () => {
    const shown = (await panel.evaluate(`(() => {
      const section = document.querySelector('.validity [aria-label="Your backend"]');
      return {
        text: section.innerText,
        isDone: section.querySelector('.verdict') !== null && section.querySelector('.primary').disabled === false,
        checks: Object.fromEntries([...section.querySelectorAll('tbody tr')].map((row) =>
          [row.cells[0].innerText, row.cells[1].innerText.trim()])),
      };
    })()`)) as ShownVerdict & { isDone: boolean };
    if (!shown.isDone) throw new Error(`no verdict yet: ${shown.text}`);
    return { text: shown.text, checks: shown.checks };
  });
}

async function fill(panel: Frame, selector: string, value: string): Promise<void> {
  await panel.evaluate(
    (where, what) => {
      const field = document.querySelector<HTMLInputElement>(where);
      if (!field) throw new Error(`no ${where}`);
      field.value = what;
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    },
    selector,
    value,
  );
}
