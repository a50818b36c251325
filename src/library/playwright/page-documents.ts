import { mostDocuments, type OpenDocument, type OpenedDocuments, refused, skipped } from './open-document.ts';
import type { PlaywrightFrame, PlaywrightPage } from './playwright.ts';

/** Opens every document of a page with the page's own JavaScript, as every browser allows. The page can hide and invent. */
export function openInPage(page: PlaywrightPage): OpenedDocuments {
  const frames = page.frames();
  return {
    documents: frames.slice(0, mostDocuments).map((frame) => openDocument(frame, frame === page.mainFrame())),
    problems: frames.length > mostDocuments ? [skipped(frames.length - mostDocuments)] : [],
    close: () => {},
  };
}

function openDocument(frame: PlaywrightFrame, isTop: boolean): OpenDocument {
  return {
    url: frame.url(),
    parentUrl: frame.parentFrame()?.url() ?? null,
    isTop,
    storageKey: null,
    partition: isTop ? { kind: 'first-party' } : null,
    readBy: 'page-script',
    // `await` works whatever the page has replaced.
    run: (run, args) => frame.evaluate(`(${callOf(run, args)})()`),
  };
}

/** Source text of a function that makes a call in a page, and answers `refused` where it throws. */
export function callOf(run: (...args: never[]) => unknown, args: readonly unknown[]): string {
  return `async()=>{try{return await(${run})(${args.map(literal).join(',')})}catch{return ${literal(refused)}}}`;
}

/** Source text of an argument. Objects get no prototype, so that the page's `Object.prototype` cannot speak for them. */
function literal(value: unknown): string {
  const text = JSON.stringify(value);
  return text.startsWith('{') ? `{__proto__:null,${text.slice(1)}` : text;
}
