/** A command that cannot be carried out as it was given. Each line is what the user reads on standard error: one, or one per mistake in a file. */
export class UsageError extends Error {
  readonly lines: readonly string[];
  constructor(...lines: [string, ...string[]]) {
    super(lines.join('\n'));
    this.lines = lines;
  }
}

/** Why the platform could not do something with a file, in words that follow its name. */
export function reasonWords(error: unknown, done: 'read' | 'written'): string {
  const { code, name } = error as { code?: unknown; name?: unknown };
  if (code === 'ENOENT') return done === 'read' ? 'does not exist' : 'cannot be written: its folder does not exist';
  if (code === 'EACCES' || code === 'EPERM') return `may not be ${done} by this user`;
  if (code === 'EISDIR') return 'is a folder';
  return `cannot be ${done} (${typeof code === 'string' ? code : String(name)})`;
}
