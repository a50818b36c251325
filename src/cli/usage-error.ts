/** A command that cannot be carried out as it was given; the message is the one line the user reads. */
export class UsageError extends Error {}
