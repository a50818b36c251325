import { withoutQuery } from '../model/looked-at.ts';
import { urlFrom } from '../text/hosts.ts';
import { isLike } from '../text/like.ts';
import { isMark } from './expectation-file.ts';
import type { Expectations } from './expectations.ts';

/** Patterns that `on` stands for: its own, or those of its mark. */
export function patternsOf(on: string, { pages = {} }: Pick<Expectations, 'pages'>): readonly string[] {
  if (!isMark(on)) return [on];
  return Object.hasOwn(pages, on) ? (pages[on] ?? []) : [];
}

/** Whether the address of a page fits a pattern. Its query and its fragment count where the pattern has one. */
export function isPageLike(url: string, pattern: string): boolean {
  // An address of a host alone is that of its root.
  const wanted = /^[a-z][a-z\d+.-]*:\/\/[^/?#*]+$/i.test(pattern) ? `${pattern}/` : pattern;
  if (wanted.includes('#')) return isLike(url, wanted);
  const [withoutFragment = ''] = url.split('#', 1);
  return isLike(wanted.includes('?') ? withoutFragment : withoutQuery(url), wanted);
}

/**
 * Whether a page is the one that a step opens: of that origin, where it tells one, and of that path. Of query and fragment it has
 * what the step says, and may have more, such as a token that is not written down.
 */
export function isPageOf(url: string, open: string): boolean {
  const page = urlFrom(url);
  const wanted = page && urlFrom(open.startsWith('/') ? page.origin + open : open);
  if (!page || !wanted || page.origin !== wanted.origin) return false;
  if (withoutSlash(page.pathname) !== withoutSlash(wanted.pathname)) return false;
  if (wanted.hash !== '' && wanted.hash !== page.hash) return false;
  return [...wanted.searchParams].every(([name, value]) => page.searchParams.getAll(name).includes(value));
}

/** Servers answer for a path with and without it alike, and often lead from one to the other. */
function withoutSlash(path: string): string {
  return path.replace(/\/$/, '');
}
