import type { Expectation, Expectations } from '../../engine/expect/expectations.ts';
import { compareLocks } from '../../engine/lock/compare-locks.ts';
import type { TokenLock } from '../../engine/lock/lock-file.ts';
import { tellsInputs } from '../../engine/lock/lock-tokens.ts';
import type { ReportDocument } from '../../engine/report/report-document.ts';
import { checkExpectations } from '../check-expectations.ts';
import { lockTokens } from '../lock-tokens.ts';
import { type InspectPageOptions, inspectPage } from './inspect-page.ts';
import type { PlaywrightTarget } from './playwright.ts';
import { unreadOf } from './unread-problems.ts';

export interface TokenMatcherOptions extends Omit<InspectPageOptions, 'timeout' | 'now'> {
  /**
   * Milliseconds for which the page is read again until it is as wanted; what Playwright's other matchers wait unless told otherwise,
   * 5,000 by its defaults and elsewhere. A report is looked at once.
   */
  timeout?: number;
  /** Passes although a page or a frame could not be read. */
  allowUnread?: boolean;
}

/** What `expect.extend` of Playwright, Vitest and Jest takes and hands on. */
interface MatcherState {
  isNot: boolean;
  /** Milliseconds, as `expect.timeout` of Playwright's configuration or `expect.configure` says; nobody else tells. */
  timeout?: number;
}

interface MatcherResult {
  pass: boolean;
  message(): string;
}

/** What is looked at: a page, a context, or what `inspectPage` returned. */
type Looked = PlaywrightTarget | ReportDocument;

/** Verdict on one report: null where it is not known. */
interface Verdict {
  held: boolean | null;
  /** One sentence for each thing that is not as wanted. */
  says: readonly string[];
}

/** For `expect.extend`: `await expect(page).toMeetTokenExpectations([…])`, `await expect(page).toMatchTokenLock(lock)`. */
export const tokenMatchers = {
  /**
   * Every expectation holds. One about what nobody looked at has not, with `not` neither: nothing is known of it.
   */
  toMeetTokenExpectations(
    this: MatcherState,
    looked: Looked,
    expectations: Expectations | Expectation[],
    options: TokenMatcherOptions = {},
  ): Promise<MatcherResult> {
    const wanted = Array.isArray(expectations) ? { expect: expectations } : expectations;
    return match('toMeetTokenExpectations', this, looked, options, (report) => {
      const all = checkExpectations(report, wanted, options);
      if (all.length === 0) return { held: null, says: ['Nothing is expected, which would hold whatever is found.'] };
      const results = all.filter(({ held }) => held !== true);
      const held = results.some((one) => one.held === false) ? false : results.length > 0 ? null : true;
      return { held, says: results.map(({ name, says }) => `${name}: ${says}`) };
    });
  },

  /** The tokens are as they were locked. */
  toMatchTokenLock(
    this: MatcherState,
    looked: Looked,
    lock: TokenLock,
    options: TokenMatcherOptions = {},
  ): Promise<MatcherResult> {
    return match('toMatchTokenLock', this, looked, options, (report) => {
      if (lock.kinds.length === 0)
        return { held: null, says: ['The lock holds nothing, and would always be kept to.'] };
      const seen = lockTokens(report, { byInput: tellsInputs(lock) });
      const says = compareLocks(lock, seen).map((change) => change.says);
      return { held: says.length === 0, says };
    });
  },
};

/** Milliseconds between two looks: soon at first, as Playwright's own matchers. */
const pauses = [100, 250, 500, 1000];

/** Milliseconds that each look has at least. */
const leastPatience = 5000;

/** Looks until it is as wanted, or the time is over. */
async function match(
  name: string,
  { isNot, timeout: configured = 5000 }: MatcherState,
  looked: Looked,
  { timeout = configured, allowUnread = false, ...options }: TokenMatcherOptions,
  judge: (report: ReportDocument) => Verdict,
): Promise<MatcherResult> {
  if (!isLookable(looked)) throw new TypeError(`${name} takes a page, a context, or what inspectPage returned.`);
  const until = performance.now() + timeout;
  for (let look = 0; ; look += 1) {
    const left = Math.max(leastPatience, until - performance.now());
    const report = isReport(looked) ? looked : await inspectPage(looked, { ...options, timeout: left });
    const { held, says } = judge(report);
    const unread = allowUnread ? [] : unreadOf(report);
    const isKnown = held === false || (held === true && unread.length === 0);
    const isDone = isKnown && held !== isNot;
    const pause = pauses[Math.min(look, pauses.length - 1)] ?? 1000;
    if (isDone || isReport(looked) || performance.now() + pause > until)
      // What is not known fails, with `not` as without.
      return { pass: isKnown ? held : isNot, message: () => messageOf(name, isNot, says, unread, held) };
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

function isLookable(looked: unknown): boolean {
  if (typeof looked !== 'object' || looked === null) return false;
  return 'tokens' in looked || 'mainFrame' in looked || 'pages' in looked;
}

function isReport(looked: Looked): looked is ReportDocument {
  return 'tokens' in looked && Array.isArray(looked.tokens);
}

/** Sentences of each kind in a message. */
const mostLines = 20;

function messageOf(
  name: string,
  isNot: boolean,
  says: readonly string[],
  unread: readonly string[],
  held: boolean | null,
): string {
  const lines = [`expect(page)${isNot ? '.not' : ''}.${name}()`, ''];
  if (isNot && held === true) lines.push('Everything is as it was expected not to be.');
  lines.push(...few(says));
  if (unread.length > 0)
    lines.push('', 'Not everything could be read; { allowUnread: true } passes over it:', ...few(unread));
  return lines.join('\n');
}

function few(sentences: readonly string[]): string[] {
  const more = sentences.length - mostLines;
  return [...sentences.slice(0, mostLines), ...(more > 0 ? [`and ${more} more`] : [])].map((line) => `  ${line}`);
}
