/** Why an input, or the rest of it, cannot be read. The message is one clause: "is not valid JSON". */
export class InputError extends Error {
  readonly code: string;
  /** Bytes from the start. */
  readonly position: number | null;
  constructor(code: string, message: string, position: number | null = null) {
    super(message);
    this.code = code;
    this.position = position;
  }
}
