import type { Frame } from 'puppeteer-core';
import type { ContractReport } from '../../src/engine/formats/json.ts';

/** The report as the panel's Export menu saves it. With `whole`, as after ticking its box for whole tokens. */
export async function exportReport(
  panel: Frame,
  { whole = false } = {},
): Promise<{ text: string; report: ContractReport }> {
  const text = (await panel.evaluate(`(${pressExport})(${whole})`)) as string;
  return { text, report: JSON.parse(text) as ContractReport };
}

// A text rather than a function: loaders that rename functions would break it on its way into the panel.
const pressExport = `async (isWhole) => {
  const until = async (what, find) => {
    for (let i = 0; i < 100; i += 1) {
      const found = find();
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 20));
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
    if (isWhole) (await until('box for whole tokens', () => document.querySelector('.popup input[type=checkbox]'))).click();
    const label = isWhole ? /^Save with whole tokens$/ : /^Save JSON report/;
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
