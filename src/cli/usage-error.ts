/** A command that cannot be carried out as it was given; the message is what the user reads: one line, or one per mistake in a file. */
export class UsageError extends Error {}
