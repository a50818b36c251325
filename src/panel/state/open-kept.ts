import type { KeptExpectationOptions } from './kept-expectations.ts';
import type { KeptViewOptions } from './kept-view.ts';

/**
 * Brings back how the panel was left and what is expected of the site, and keeps both from then on, until the returned function is called.
 * Nothing of the first view waits for it.
 */
export function openKept(options: KeptViewOptions & KeptExpectationOptions): () => void {
  const closings: (() => void)[] = [];
  let isClosed = false;
  const parts = [import('./kept-view.ts'), import('./kept-expectations.ts')] as const;
  void Promise.all(parts).then(([{ createKeptView }, { KeptExpectationList }]) => {
    if (!isClosed) closings.push(createKeptView(options).open(), new KeptExpectationList(options).open());
  });
  return () => {
    isClosed = true;
    for (const close of closings) close();
  };
}
