import type { Page } from '../../model/capture.ts';
import type { Confidence, Sighting } from '../../model/token.ts';
import type { RuleContext } from '../rules/rule.ts';

/** Whole words that name a page for people who do not run the call. */
const guestWords =
  /(?<![\p{L}\p{N}])(?<!non[ -])(?:guest|viewer|attendee|audience)(?![\p{L}\p{N}])(?![ _-]?(?:list|book|speaker|management|count|settings))/iu;

/** Why the page in which a token lies is taken for a guest's; null when it is not. */
export function guestPage(
  { place }: Sighting,
  { page, pageMark }: Pick<RuleContext, 'page' | 'pageMark'>,
): { because: string; confidence: Confidence } | null {
  // A pasted text or a file lies in no page.
  if (!page || place.origin === null || pageMark === 'host') return null;
  if (pageMark === 'guest') return { because: 'you marked this page as a guest’s', confidence: 'certain' };
  if (saysGuest(addressWords(page))) return { because: "the page's address says so", confidence: 'likely' };
  if (guestWords.test(page.title.slice(0, 300))) return { because: "the page's title says so", confidence: 'likely' };
  return null;
}

function saysGuest(words: string): boolean {
  return guestWords.test(words);
}

/** Host, path and parameters of the address, with anything as long as a token left out. */
function addressWords({ url }: Page): string {
  try {
    const { hostname, pathname, searchParams } = new URL(url);
    const parameters = [...searchParams].flat();
    return [hostname, ...pathname.split('/'), ...parameters].filter((part) => part.length <= 64).join(' / ');
  } catch {
    return '';
  }
}
