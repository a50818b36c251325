import type { Frame, Page } from 'puppeteer-core';

export interface PhotographOptions {
  width: number;
  height: number;
  theme?: 'light' | 'dark';
  /** Device pixels per CSS pixel. */
  scale?: number;
}

/** Saves a picture of the panel as it looks in devtools of this size. */
export async function photographPanel(
  devtools: Page,
  panel: Frame,
  path: string,
  { width, height, theme = 'light', scale = 1 }: PhotographOptions,
): Promise<void> {
  await arrangePanel(devtools, panel, { width, height, theme, scale });
  const frame = await panel.frameElement();
  const clip = await frame?.boundingBox();
  // A frame of another process can be missing from the first picture after a change of theme or size.
  await devtools.screenshot();
  await panel.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(0))))');
  for (let tries = 0; tries < 10; tries += 1) {
    const picture = await devtools.screenshot({ path: path as `${string}.png`, ...(clip ? { clip } : {}) });
    if (picture.length > blankBytes) return;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  throw new Error(`The panel was not painted for ${path}.`);
}

/** A picture of one colour takes no more than this. */
const blankBytes = 10_000;

/** Gives the panel a window of its own, of this size. */
export async function arrangePanel(
  devtools: Page,
  panel: Frame,
  { width, height, theme = 'light', scale = 1 }: PhotographOptions,
): Promise<void> {
  await devtools.evaluate(`import('./ui/legacy/legacy.js').then(({ DockController }) =>
    DockController.DockController.instance().setDockSide('undocked'))`);
  const tabs = 27;
  await devtools.setViewport({ width, height: height + tabs, deviceScaleFactor: scale });
  await emulateTheme(panel, theme);
  // Layout, then a frame on the screen.
  await new Promise((resolve) => setTimeout(resolve, 400));
}

/** Makes the panel look as in devtools of that theme. */
export async function emulateTheme(panel: Frame, theme: 'light' | 'dark'): Promise<void> {
  const session = (panel as unknown as { client: { send(method: string, parameters: object): Promise<unknown> } })
    .client;
  await session.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: theme }] });
}
