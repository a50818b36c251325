const parameter = /([?&#;]?)([\w.[\]-]{1,64})=$/;

/** `?name` or `#name` when a parameter's name stands right before; "" otherwise. */
export function parameterBefore(text: string, at: number): string {
  if (text.charCodeAt(at - 1) !== 0x3d) return '';
  const found = parameter.exec(text.slice(Math.max(0, at - 80), at));
  if (!found) return '';
  const from = at - found[0].length;
  const hash = found[1] === '#' || (found[1] === '&' && isInFragment(text, from));
  return `${hash ? '#' : '?'}${found[2]}`;
}

function isInFragment(text: string, at: number): boolean {
  for (let from = at; from > 0 && at - from < 4096; from -= 1) {
    const char = text.charAt(from);
    if (char === '#') return true;
    if (char === '?' || char <= ' ') return false;
  }
  return false;
}
