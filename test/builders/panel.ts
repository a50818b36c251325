import { act, cleanup, configure, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeAll, beforeEach } from 'vitest';
import type { Capture } from '../../src/engine/model/capture.ts';
import { preloadViews } from '../../src/panel/App.tsx';
import * as judging from '../../src/panel/chunks/judging.ts';
import type { PageState } from '../../src/panel/host.ts';
import { mount } from '../../src/panel/mount.tsx';
import { createFakeHost, type FakeHost } from '../doubles/fake-host.ts';
import { inlineWorker } from '../doubles/inline-worker.ts';
import { now } from './tokens.ts';

/** The panel as a test sees it: what surrounds it, and the element it is in. */
export interface PanelInTest {
  host: FakeHost;
  root: HTMLElement;
  close: () => void;
  /** Closes it and opens it again, as with settings that were changed meanwhile. */
  reopen: () => void;
}

const panel = {} as PanelInTest;

// What is loaded on request takes a busy machine its time.
configure({ asyncUtilTimeout: 20_000 });

/** Opens a whole panel in the document before each test of a file, and closes it after. Its clock stands, in UTC. */
export function usePanel(): PanelInTest {
  // Loaded ahead, so that a test need not wait for files.
  beforeAll(preloadViews);

  beforeEach(async () => {
    panel.host = createFakeHost();
    panel.host.stored = { policy: 'standard', pageMarks: {}, timeZone: 'utc' };
    panel.root = document.body.appendChild(document.createElement('div'));
    await acted(open);
    panel.reopen = () => {
      panel.close();
      open();
    };
  });

  afterEach(() => {
    panel.close();
    panel.root.remove();
    cleanup();
  });

  return panel;
}

function open(): void {
  panel.close = mount(panel.root, panel.host, {
    clock: { now: () => now, onSecond: () => () => {} },
    createWorker: inlineWorker,
    loadJudging: async () => judging,
  });
}

/** Resolves when what was asked of the worker has been answered. */
const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 5));

/** Does something with the panel, and waits until it has drawn that, and what it draws in a task of its own besides. */
async function acted(does: () => unknown): Promise<void> {
  await act(async () => {
    does();
    await settled();
  });
  await act(settled);
}

export async function emitState(state: PageState): Promise<void> {
  await acted(() => panel.host.emitState(state));
}

/** Lets the panel watch a page and see this of it. */
export async function see(
  picture: Capture,
  sites: Extract<PageState, { kind: 'watching' }>['sites'] = [],
): Promise<void> {
  await emitState({ kind: 'watching', sites });
  await acted(() => panel.host.emitCapture(picture));
}

/** The rows of the list, or of any other table, without its head. */
export const rows = () => screen.getAllByRole('row').slice(1);

export function rowOf(text: string | RegExp): HTMLElement {
  const row = rows().find((one) =>
    typeof text === 'string' ? one.textContent?.includes(text) : text.test(one.textContent ?? ''),
  );
  if (!row) throw new Error(`no row with ${text}`);
  return row;
}

export async function press(element: Element, key: string, modifiers: KeyboardEventInit = {}): Promise<void> {
  await acted(() => fireEvent.keyDown(element, { key, ...modifiers }));
}

export async function click(element: Element, modifiers: MouseEventInit = {}): Promise<void> {
  await acted(() => fireEvent.click(element, modifiers));
}

export async function type(element: Element, value: string): Promise<void> {
  await acted(() => fireEvent.input(element, { target: { value } }));
}

export async function choose(element: Element, value: string): Promise<void> {
  await acted(() => fireEvent.change(element, { target: { value } }));
}

export const openTab = (name: RegExp) => click(screen.getByRole('tab', { name }));

/** What the open tab shows. */
export const tabPanel = () => screen.getByRole('tabpanel');

/** Types a backend into the settings, and presses Add. */
export async function addBackend(url: string, value = ''): Promise<void> {
  await click(screen.getByRole('button', { name: 'Settings' }));
  await click(screen.getByRole('button', { name: 'Add a backend' }));
  await type(screen.getByLabelText('URL'), url);
  await type(screen.getByLabelText('Its value'), value);
  await click(screen.getByRole('button', { name: 'Add' }));
}
