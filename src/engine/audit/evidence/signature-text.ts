/** Signatures that are words: placeholders of development tokens and samples. */
export function isPlaceholder(text: string): boolean {
  return /^(?:devtoken|signature|sig|test)$/i.test(text);
}

/** A signature that a redactor or a person replaced or cut. */
export function isRedacted(text: string): boolean {
  return /redacted|\*{3,}|…$|\.\.\.$|^xxxxx*$/i.test(text);
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Bytes of a base64url text, both alphabets; null when it holds anything else. At most 2 KiB are read. */
export function signatureBytesOf(text: string): number[] | null {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const letter of text.slice(0, 2800).replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_')) {
    const value = alphabet.indexOf(letter);
    if (value < 0) return null;
    bits = ((bits << 6) | value) & 0xffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes.push((bits >> held) & 0xff);
    }
  }
  return bytes;
}
