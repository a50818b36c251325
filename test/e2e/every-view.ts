import type { Frame } from 'puppeteer-core';
import { toDocument } from '../../src/engine/report/report-document.ts';
import { dailyHost } from '../builders/join-tokens.ts';
import { seatOf } from '../builders/seats.ts';
import { hours } from '../builders/tokens.ts';
import { eventually, press } from './session.ts';

/** A view of the panel, how it is reached, and how it is left where going to the next does not do so. */
export interface View {
  name: string;
  open(panel: Frame): Promise<void>;
  close?(panel: Frame): Promise<void>;
}

const pressSettings = (panel: Frame) => press(panel, 'Settings');
const pressExpectations = (panel: Frame) => press(panel, /^Expectations/);
const detailTabs = ['Overview', 'Claims', 'Privileges', 'Findings', 'Places', 'Validity', 'Raw'];

/** Every view on a page with tokens, by what it shows. */
export const everyView: readonly View[] = [
  { name: 'the list', open: openList },
  { name: 'findings', open: (panel) => press(panel, 'Findings') },
  { name: 'an open finding', open: openFinding },
  { name: 'origins', open: (panel) => press(panel, 'Origins') },
  { name: 'privileges', open: (panel) => press(panel, 'Privileges') },
  { name: 'timeline', open: (panel) => press(panel, 'Timeline') },
  { name: 'expectations', open: pressExpectations, close: pressExpectations },
  { name: 'a new expectation', open: openNewExpectation, close: closeEditor },
  ...detailTabs.map((tab): View => ({ name: `${tab} of a token`, open: (panel) => openTab(panel, tab, [1]) })),
  ...['Privileges', 'Claims'].map(
    (tab): View => ({
      name: `${tab} of five tokens compared`,
      open: (panel) => openTab(panel, `${tab} compared`, [1, 0, 2, 3, 4]),
    }),
  ),
  { name: 'settings', open: pressSettings, close: pressSettings },
];

/** What lies over a view, and what fills one that is empty at first. */
export const everyLayer: readonly View[] = [
  { name: 'two tokens compared', open: (panel) => openTab(panel, 'Privileges compared', [1, 0]), close: openList },
  ...['Validate all', 'Export report', 'More'].map(
    (name): View => ({
      name: `the menu ${name}`,
      open: (panel) => press(panel, name),
      close: (panel) => press(panel, name),
    }),
  ),
  { name: 'the menu of the heads', open: openHeadMenu, close: pressEscape },
  {
    name: 'the list by person',
    open: (panel) => groupBy(panel, 'Person'),
    close: (panel) => groupBy(panel, 'Nothing'),
  },
  { name: 'the menu of a row', open: openRowMenu, close: pressEscape },
  { name: 'the menu of an answer', open: openAnswerMenu, close: pressEscape },
  { name: 'the list of shortcuts', open: openShortcuts, close: pressEscape },
  { name: 'what the filter completes', open: (panel) => writeFilter(panel, 'is:'), close: clearFilter },
  { name: 'a filter that leaves nothing', open: (panel) => writeFilter(panel, 'room:nowhere'), close: clearFilter },
  { name: 'whether to expect what is wrong', open: askWhetherToExpect, close: pressExpectations },
  { name: 'expectations that were made', open: makeExpectations, close: pressExpectations },
  { name: 'an expectation that is edited', open: editExpectation, close: closeEditor },
  { name: 'the file of expectations as text', open: editFile, close: closeEditor },
  { name: 'a run that is recorded', open: recordRun, close: endRun },
  { name: 'two seats', open: openOtherSeat, close: closeOtherSeat },
];

async function recordRun(panel: Frame): Promise<void> {
  await pressExpectations(panel);
  await press(panel, 'Record a run');
  await panel.waitForSelector('.run li');
}

async function endRun(panel: Frame): Promise<void> {
  await press(panel, 'Stop recording');
  await press(panel, /^Remove /);
  await pressExpectations(panel);
}

async function openList(panel: Frame): Promise<void> {
  await press(panel, 'Tokens');
  await panel.evaluate(`document.querySelector('[aria-label="Close details"]')?.click()`);
}

async function openFinding(panel: Frame): Promise<void> {
  await press(panel, 'Findings');
  await panel.waitForSelector('.finding-list .entry');
  await panel.evaluate("document.querySelectorAll('.finding-list .entry')[0].click()");
  await panel.waitForSelector('[aria-label="Open finding"]');
}

/** Chooses rows of the list by their positions, and a tab beside it. */
export async function openTab(panel: Frame, tab: string, rows: number[]): Promise<void> {
  await press(panel, 'Tokens');
  await panel.waitForSelector('[role=grid] [role=row][id]');
  for (const [index, row] of rows.entries()) {
    await panel.evaluate(`document.querySelectorAll('[role=grid] [role=row][id]')[${row}]
      .dispatchEvent(new MouseEvent('click', { bubbles: true, ctrlKey: ${index > 0} }))`);
  }
  await eventually(async () => {
    const isThere = await panel.evaluate(`(() => {
      const one = [...document.querySelectorAll('.detail [role=tab]')].find(({ textContent }) => textContent.startsWith(${JSON.stringify(tab)}));
      one?.click();
      return one !== undefined;
    })()`);
    if (!isThere) throw new Error(`no tab ${tab}`);
  }, 5);
}

async function openHeadMenu(panel: Frame): Promise<void> {
  await openList(panel);
  await press(panel, 'Columns and groups');
  await panel.waitForSelector('.head-menu');
}

async function groupBy(panel: Frame, grouping: string): Promise<void> {
  await openHeadMenu(panel);
  await panel.evaluate(`[...document.querySelectorAll('.head-menu [role=menuitemradio]')]
    .find(({ textContent }) => textContent === ${JSON.stringify(grouping)}).click()`);
}

async function openRowMenu(panel: Frame): Promise<void> {
  await openList(panel);
  await panel.evaluate(`(() => {
    const cell = document.querySelector('.grid [id^=token] .cell.status');
    const { left, bottom } = cell.getBoundingClientRect();
    cell.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, button: 2, clientX: left + 4, clientY: bottom - 4 }));
  })()`);
  await panel.waitForSelector('.context-menu');
}

async function openAnswerMenu(panel: Frame): Promise<void> {
  await press(panel, 'Privileges');
  await panel.waitForSelector('.matrix td');
  await panel.evaluate(`(() => {
    const cell = document.querySelector('.matrix td');
    cell.focus();
    cell.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }));
  })()`);
  await panel.waitForSelector('.context-menu');
}

async function openShortcuts(panel: Frame): Promise<void> {
  await panel.evaluate(
    `document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '?', bubbles: true, cancelable: true }))`,
  );
  await panel.waitForSelector('dialog[open]');
}

async function pressEscape(panel: Frame): Promise<void> {
  await panel.evaluate(`document.activeElement.dispatchEvent(
    new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }))`);
}

async function writeFilter(panel: Frame, words: string): Promise<void> {
  await openList(panel);
  await panel.evaluate(`(() => {
    const field = document.querySelector('[aria-label="Filter tokens"]');
    field.focus();
    field.value = ${JSON.stringify(words)};
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  })()`);
}

async function clearFilter(panel: Frame): Promise<void> {
  await writeFilter(panel, '');
  await panel.evaluate('document.activeElement.blur()');
}

async function askWhetherToExpect(panel: Frame): Promise<void> {
  await pressExpectations(panel);
  await press(panel, 'Expect what I see');
  await panel.waitForSelector('.doubts');
}

async function makeExpectations(panel: Frame): Promise<void> {
  await askWhetherToExpect(panel);
  await press(panel, 'Expect anyway');
  await panel.waitForSelector('.expectations ol li');
}

async function openNewExpectation(panel: Frame): Promise<void> {
  await pressExpectations(panel);
  await press(panel, 'New expectation');
  await panel.waitForSelector('.editor textarea.json');
}

async function editExpectation(panel: Frame): Promise<void> {
  await pressExpectations(panel);
  await panel.waitForSelector('.expectations [data-edit="0"]');
  await panel.evaluate(`document.querySelector('.expectations [data-edit="0"]').click()`);
  await panel.waitForSelector('.editor textarea.json');
  await panel.evaluate(`(() => {
    const field = document.querySelector('.editor textarea.json');
    const every = { provider: 'daily', role: { not: { like: 'h*' } } };
    const have = { 'claims.o': [false, null], 'privileges.record': false, 'times.lifetimeSeconds': { min: 60, max: 7200 } };
    field.value = JSON.stringify({ name: 'guests', on: '*/guest/*', where: { origin: 'https://call.example' }, every, have }, null, 2);
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  })()`);
}

async function editFile(panel: Frame): Promise<void> {
  await pressExpectations(panel);
  await press(panel, 'Edit as text');
  await panel.waitForSelector('.editor textarea.json');
  await press(panel, 'Add a mark');
}

async function closeEditor(panel: Frame): Promise<void> {
  await press(panel, 'Cancel');
  await pressExpectations(panel);
}

/** Drops the report of a host's page on the expectations. */
async function openOtherSeat(panel: Frame): Promise<void> {
  await pressExpectations(panel);
  await panel.waitForSelector('.expectations');
  const at = Math.floor(Date.now() / 1000);
  const token = dailyHost({ iat: at - 60, exp: at + hours(1), u: 'Ada', r: 'standup' });
  const report = JSON.stringify(toDocument(seatOf('host', [token], { at }).report));
  await panel.evaluate((text: string) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([text], 'host-report.json'));
    document
      .querySelector('.expectations')
      ?.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  }, report);
  await panel.waitForSelector('.seats .verdict');
}

async function closeOtherSeat(panel: Frame): Promise<void> {
  await press(panel, 'Close the other seat');
  await pressExpectations(panel);
}
