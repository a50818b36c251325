import type { Problem } from './model/capture.ts';

/** Parts that are run one after the other over what a page, file or token holds. */
export type UnitKind =
  | 'form'
  | 'encoding'
  | 'provider'
  | 'rule'
  | 'library'
  | 'source'
  | 'search'
  | 'cause'
  | 'expectation'
  | 'reader'
  | 'format'
  | 'view';

/** What is missing when one of them fails. */
const missing: Record<UnitKind, string> = {
  form: 'Tokens of this form may be missing, or stand there unread.',
  encoding: 'What is encoded this way was not looked into.',
  provider: 'Tokens of this platform may not be recognised, or be explained only in part.',
  rule: 'Its findings are missing.',
  library: 'What this library calls the tokens it keeps is not said.',
  source: 'What lies in this place was not searched.',
  search: 'What it looks for may be missing.',
  cause: 'It was left out of the diagnosis.',
  expectation: 'Nobody knows whether it holds.',
  reader: 'What it had not read by then is missing.',
  format: 'Nothing was written in it.',
  view: 'It is not shown.',
};

/**
 * Runs one unit. One that throws answers `otherwise`, and `tell` hears of it; all others stand. Never throws, unless
 * `tell` does.
 */
export function contained<T>(
  kind: UnitKind,
  id: string,
  otherwise: T,
  tell: (problem: Problem) => void,
  run: () => T,
): T {
  try {
    return run();
  } catch (error) {
    tell(unitFailed(kind, id, error));
    return otherwise;
  }
}

/** True for what `contained` tells: a part of the program failed, whatever it was given. */
export function isFailure({ code }: Pick<Problem, 'code'>): boolean {
  return code === 'unit-failed' || code === 'rule-failed';
}

/** True where a token was left unread for Roomkey's own reasons: nothing is wrong with it, as far as anybody knows. */
export function isUnread({ code }: Pick<Problem, 'code'>): boolean {
  return code === 'unit-failed' || code === 'too-long';
}

/**
 * The problem that a unit failed. An error's own message may quote what the unit was reading, a token or a secret, so
 * only the name of the error is told.
 */
export function unitFailed(kind: UnitKind, id: string, error: unknown): Problem {
  const name = error instanceof Error && /^\w{1,40}$/.test(error.name) ? ` (${error.name})` : '';
  return {
    code: kind === 'rule' ? 'rule-failed' : 'unit-failed',
    message: `A part of Roomkey failed: the ${kind} "${id}"${name}. ${missing[kind]} Everything else stands.`,
    subject: kind === 'rule' ? id : `${kind} ${id}`,
  };
}
