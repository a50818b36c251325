import type { Evaluation } from './browser.ts';

/** Why a page of the extension got no answer that another one may get. */
export const lost = 'Devtools have lost the page.';

/** The callback form: the promise forms of Chromium and Firefox resolve to different things. */
export function evaluate(expression: string, options: { frameURL?: string } | undefined): Promise<Evaluation> {
  return new Promise((resolve) => {
    try {
      chrome.devtools.inspectedWindow.eval(expression, options as object, (value, info) => {
        // Firefox's devtools at times lose the page for a while, after an error page for one, and then answer nothing at all.
        if (chrome.runtime?.lastError) return resolve({ ok: false, code: 'refused', message: lost });
        if (!info?.isException && !info?.isError) return resolve({ ok: true, value });
        const message = wordsOf(info);
        if (info.isException) return resolve({ ok: false, code: 'threw', message });
        resolve({ ok: false, code: info.code === 'E_NOTFOUND' ? 'not-found' : 'refused', message });
      });
    } catch (error) {
      resolve({ ok: false, code: 'refused', message: String(error) });
    }
  });
}

/** What a page threw may be an object that answers to no conversion. */
function wordsOf({ value, details, description }: chrome.devtools.inspectedWindow.EvaluationExceptionInfo): string {
  const thrown: unknown = value;
  if (typeof thrown === 'string') return thrown;
  if (typeof thrown === 'object' && thrown !== null) return JSON.stringify(thrown);
  return String(thrown ?? details?.join(' ') ?? description ?? '');
}
