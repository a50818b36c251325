import { writeFileSync } from 'node:fs';
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
  writeFileSync(path, await pictureOfPanel(devtools, panel));
}

/** The panel as it looks now, as PNG. */
export async function pictureOfPanel(devtools: Page, panel: Frame): Promise<Uint8Array> {
  const frame = await panel.frameElement();
  const clip = await frame?.boundingBox();
  // A frame of another process can be missing from the first picture after a change of theme or size.
  await devtools.screenshot();
  await panel.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(0))))');
  for (let tries = 0; tries < 10; tries += 1) {
    const picture = await devtools.screenshot(clip ? { clip } : {});
    if (picture.length > blankBytes) return picture;
    await paintAgain(devtools);
  }
  throw new Error('The panel was not painted.');
}

/** A frame of another process that is missing from pictures stays so until its size changes. */
async function paintAgain(devtools: Page): Promise<void> {
  const viewport = devtools.viewport();
  if (viewport) {
    await devtools.setViewport({ ...viewport, height: viewport.height + 1 });
    await devtools.setViewport(viewport);
  }
  await new Promise((resolve) => setTimeout(resolve, 300));
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
  await emulateMedia(panel, { 'prefers-color-scheme': theme });
}

/** Makes media queries of the panel hold: `{ 'forced-colors': 'active' }`. */
export async function emulateMedia(panel: Frame, features: Record<string, string>): Promise<void> {
  const session = (panel as unknown as { client: { send(method: string, parameters: object): Promise<unknown> } })
    .client;
  await session.send('Emulation.setEmulatedMedia', {
    features: Object.entries(features).map(([name, value]) => ({ name, value })),
  });
}
