/** A token as it may be shown: enough to tell two apart, too little to use. The only place that shortens tokens. */
export function redact(token: string): string {
  if (token.length <= 24) return `${token.slice(0, 4)}…(${token.length} characters)`;
  return `${token.slice(0, 10)}…(${token.length} characters)`;
}

/** Any text with every given token replaced by its redacted form. */
export function redactAll(text: string, tokens: readonly string[]): string {
  return [...tokens]
    .sort((a, b) => b.length - a.length)
    .reduce((masked, token) => masked.replaceAll(token, redact(token)), text);
}
