import type { Evaluation } from './browser.ts';

/** Why a page of the extension got no answer that another one may get. */
export const lost = 'Devtools have lost the page.';

/** What of another page of the extension leads into the inspected page. */
export interface Way {
  devtools: { inspectedWindow: { eval(expression: string, options: undefined, answer: Answer): void } };
  runtime: { lastError?: unknown };
}
type Info = chrome.devtools.inspectedWindow.EvaluationExceptionInfo;
type Answer = (value: unknown, info?: Info) => void;

/** The callback form: the promise forms of Chromium and Firefox resolve to different things. */
export function evaluate(
  expression: string,
  options: { frameURL?: string } | undefined,
  way?: Way,
): Promise<Evaluation> {
  return new Promise((resolve) => {
    const answer: Answer = (value, info) => {
      if (way ? way.runtime.lastError : chrome.runtime?.lastError)
        return resolve({ ok: false, code: 'no-answer', message: lost });
      if (!info?.isException && !info?.isError) return resolve({ ok: true, value });
      const message = wordsOf(info);
      if (info.isException) return resolve({ ok: false, code: 'threw', message });
      const code = info.code === 'E_NOTFOUND' ? 'not-found' : isForbidden(message) ? 'forbidden' : 'refused';
      resolve({ ok: false, code, message });
    };
    try {
      if (way) way.devtools.inspectedWindow.eval(expression, undefined, answer);
      else chrome.devtools.inspectedWindow.eval(expression, options as object, answer);
    } catch (error) {
      resolve({ ok: false, code: 'refused', message: String(error) });
    }
  });
}

/** In Firefox's words: `eval` in devtools/server/actors/addon/webextension-inspected-window.js of Firefox 153 (read 2026-11-28). */
const isForbidden = (message: string) => message.includes('not allowed on the current inspected window origin');

/** What a page threw may be an object that answers to no conversion. */
function wordsOf({ value, details, description }: Info): string {
  const thrown: unknown = value;
  if (typeof thrown === 'string') return thrown;
  if (typeof thrown === 'object' && thrown !== null) return JSON.stringify(thrown);
  return String(thrown ?? details?.join(' ') ?? description ?? '');
}
