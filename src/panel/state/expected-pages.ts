import type { Expectation, Expectations as ExpectationFile } from '../../engine/expect/expectations.ts';
import { urlFrom } from '../../engine/text/hosts.ts';
import { isLike } from '../../engine/text/like.ts';
import { isSecret } from '../words/step-address.ts';

/** Which pages something is expected of: any, the one on screen, or those of a mark, by its name. */
export type PagesChoice = 'any:' | 'page:' | (string & {});

export interface PagesChosen {
  /** What marks stand for now. */
  marked: ExpectationFile['pages'];
  /** Address of the page on screen; null where it has none, or files are shown. */
  pageUrl: string | null;
  /** What the user has chosen here, or else whose page the user says it is; null for neither. */
  picked: PagesChoice | null;
}

/** Marks that are offered before any is written down. */
const usualMarks = ['guest', 'host'];

/** The pages that new expectations are about. */
export function pagesChosen({ marked, pageUrl, picked }: PagesChosen) {
  const address = pageUrl === null ? null : patternOf(pageUrl);
  const written = Object.keys(marked ?? {}).filter((name) => address === null || !usualMarks.includes(name));
  const choices: PagesChoice[] = ['any:', ...(address === null ? [] : ['page:', ...usualMarks]), ...written];
  const chosen = picked !== null && choices.includes(picked) ? picked : 'any:';
  const on = chosen === 'page:' ? address : chosen === 'any:' ? null : chosen;
  return {
    choices,
    chosen,
    /** A mark or a pattern; null where any page will do. */
    on,
    /** What marks stand for once the page on screen is among those that are chosen; undefined where nothing is marked. */
    pages: chosen.endsWith(':') || address === null ? marked : withPage(marked, chosen, address),
    /** The same expectation of the chosen pages, unless it says of which already. */
    onChosen(one: Expectation): Expectation {
      if (one.on !== undefined || on === null) return one;
      const { name, ...others } = one;
      return { name, on, ...others };
    },
  };
}

function withPage(marked: ExpectationFile['pages'], mark: string, address: string): ExpectationFile['pages'] {
  const patterns = marked && Object.hasOwn(marked, mark) ? (marked[mark] ?? []) : [];
  return { ...marked, [mark]: patterns.some((one) => isLike(address, one)) ? patterns : [...patterns, address] };
}

/** The address without its query, and without what could be a token in its path. */
function patternOf(url: string): string | null {
  const address = urlFrom(url);
  if (!address || address.origin === 'null') return null;
  return address.origin + address.pathname.replace(/[^/]+/g, (part) => (isSecret(part) ? '*' : part));
}
