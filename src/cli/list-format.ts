import { quoted } from './one-line.ts';
import { UsageError } from './usage-error.ts';

export function readListFormat(word: string): 'text' | 'json' {
  if (word === 'text' || word === 'json') return word;
  throw new UsageError(`--format takes text or json here, not ${quoted(word)}`);
}
