import { effect, type ReadonlySignal } from '@preact/signals';
import { type Report, type Severity, severities } from '../../engine/model/report.ts';

/** Says how many tokens and findings there are, and how many expectations failed, whenever that changes, until the returned function is called. */
export function announceCounts(
  report: ReadonlySignal<Report>,
  isRead: ReadonlySignal<boolean>,
  failed: ReadonlySignal<number>,
  say: (sentence: string) => void,
): () => void {
  let announced = '';
  return effect(() => {
    if (!isRead.value) return;
    const { summary } = report.value;
    const alarm = failed.value > 0 ? `; expectations failed: ${failed.value}` : '';
    const words = countWords(summary.tokens, summary) + alarm;
    if (words !== announced) say(words);
    announced = words;
  });
}

/** `3 tokens: 1 critical, 2 high`. */
function countWords(tokens: number, counts: Partial<Record<Severity, number>>): string {
  const found = severities
    .filter((severity) => severity !== 'info' && (counts[severity] ?? 0) > 0)
    .map((severity) => `${counts[severity]} ${severity}`);
  return `${tokens === 0 ? 'No tokens' : tokens === 1 ? '1 token' : `${tokens} tokens`}${found.length ? `: ${found.join(', ')}` : ''}`;
}
