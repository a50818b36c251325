/** A name and what divides it from its value: `token=`, `"token": `, `token: `, `--token `. */
const assignment = /([A-Za-z_$][\w$.[\]%-]{0,79})\\?["'`]?\s{0,4}(?:=>|[:=])\s{0,4}$/;

/** The name that a value at `at` is given to by what stands right before it; null when there is none. */
export function nameBefore(text: string, at: number): string | null {
  return assignment.exec(text.slice(Math.max(0, at - 100), at))?.[1] ?? null;
}
