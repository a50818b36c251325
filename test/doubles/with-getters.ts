/** Stands for a member that nobody may read, as the storage of a sandboxed frame. */
export const refused = Symbol('refused');

/** Members as browsers make them: whoever only descends from what they are of is refused. */
export function withGetters<Of extends object>(members: object, of = {} as Of): Of {
  for (const [name, value] of Object.entries(members))
    Object.defineProperty(of, name, {
      configurable: true,
      get(this: unknown) {
        if (this !== of || value === refused) throw new TypeError('Illegal invocation');
        return value;
      },
    });
  return of;
}
