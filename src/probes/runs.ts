import { documentCookies, documentFacts } from './document.ts';
import { probes } from './index.ts';

/** A function that is turned into text and runs in a document. Its arguments are those that who asks for it knows. */
export type AnyRun = (...args: unknown[]) => string | Promise<string>;

/** The function of this id, loaded where it is not yet. Rejects where there is none. */
export async function runOf(id: string): Promise<AnyRun> {
  if (id === 'document-facts') return documentFacts as AnyRun;
  if (id === 'document-cookies') return documentCookies as AnyRun;
  const probe = probes.find((one) => one.id === id);
  if (!probe) throw new Error(`There is no probe ${id.slice(0, 40)}.`);
  return (probe.answers === 'later' ? await probe.load() : probe.run) as AnyRun;
}
