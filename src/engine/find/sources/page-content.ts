import { clip } from '../../text/sentence.ts';
import { documentSnippets } from './document-snippets.ts';
import type { Source } from './source.ts';

/** Attributes that hold what the element's own name says. */
const values = new Set(['value', 'content']);

export const pageContent: Source = {
  id: 'page-content',
  name: 'Page content',
  foundIn: 'document',
  snippets: (capture) =>
    documentSnippets(capture, 'page-content', { keptAfterClosing: false, storage: 'document' }, tell),
};

/** `meta[name="jwt"] content`, `div#app data-token`, `script#__NEXT_DATA__`, `comment`, `processing instruction`. */
function tell([attribute = '', tag = '', id = '', name = '']: readonly string[], text: string) {
  if (!tag) return { label: attribute ? 'processing instruction' : 'comment', key: null };
  // The frame's address is a place of its own.
  if (tag === 'iframe' && attribute === 'src') return null;
  const element = `${tag}${id ? `#${clip(id, 40)}` : name ? `[name=${JSON.stringify(clip(name, 40))}]` : ''}`;
  const own = name || id || null;
  if (attribute) return { label: `${element} ${clip(attribute, 40)}`, key: values.has(attribute) ? own : attribute };
  // What is no JSON is code.
  const isCode = tag === 'script' && !/^\s*[[{"]/.test(text);
  return { label: element, key: own, ...(isCode && { isCode: true as const }) };
}
