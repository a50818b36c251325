import type { Frame } from 'puppeteer-core';
import type { ReportDocument } from '../../src/engine/report/report-document.ts';

/** The report as the panel's Export menu saves it. With `whole`, as after ticking its box for whole tokens. */
export async function exportReport(
  panel: Frame,
  { whole = false } = {},
): Promise<{ text: string; report: ReportDocument }> {
  const text = (await panel.evaluate(`(${pressExport})(${whole}, 'json')`)) as string;
  return { text, report: JSON.parse(text) as ReportDocument };
}

/** The masked report in another format of the Export menu. */
export async function exportAs(panel: Frame, format: string): Promise<string> {
  return (await panel.evaluate(`(${pressExport})(false, '${format}')`)) as string;
}

// A text rather than a function: loaders that rename functions would break it on its way into the panel.
const pressExport = `async (isWhole, format) => {
  const until = async (what, find) => {
    for (const end = Date.now() + 20_000; Date.now() < end; ) {
      const found = find();
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 4));
    }
    throw new Error('no ' + what);
  };
  const button = (label) =>
    [...document.querySelectorAll('button')].find((one) => label.test(one.ariaLabel ?? one.textContent ?? ''));
  const create = URL.createObjectURL;
  const click = HTMLAnchorElement.prototype.click;
  let saved = null;
  URL.createObjectURL = (blob) => {
    saved = blob;
    return create.call(URL, blob);
  };
  // The file is read here instead of from the download folder.
  HTMLAnchorElement.prototype.click = () => {};
  try {
    const open = await until('export button to press', () => {
      const one = button(/^Export report$/);
      return one && one.ariaDisabled !== 'true' ? one : null;
    });
    open.click();
    const choice = await until('choice of format', () => document.querySelector('.popup select'));
    choice.value = format;
    choice.dispatchEvent(new Event('change', { bubbles: true }));
    const name = choice.selectedOptions[0].textContent;
    if (isWhole) (await until('box for whole tokens', () => document.querySelector('.popup input[type=checkbox]'))).click();
    const label = isWhole ? /^Save with whole tokens$/ : new RegExp('^Save ' + name + '(?: report|,)');
    const save = await until('save button', () => {
      const one = button(label);
      return one && !one.disabled ? one : null;
    });
    save.click();
    return await (await until('saved file', () => saved)).text();
  } finally {
    URL.createObjectURL = create;
    HTMLAnchorElement.prototype.click = click;
  }
}`;
