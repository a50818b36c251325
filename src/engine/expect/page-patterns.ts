import { withoutQuery } from '../model/looked-at.ts';
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
