import { gunzipSync, inflateSync } from 'node:zlib';

/**
 * Everything that can be read in a text by undoing encodings one after the other, up to four deep. Written with Node's
 * own decoders, so that it shares nothing with what it checks.
 */
export function peelings(text: string, depth = 5): string[] {
  const seen = new Set<string>([text]);
  let layer = [text];
  for (let level = 0; level < depth && layer.length > 0; level += 1) {
    const next: string[] = [];
    for (const one of layer) {
      for (const inner of undo(one)) {
        if (inner.length < 8 || seen.has(inner) || seen.size > 3000) continue;
        seen.add(inner);
        next.push(inner);
      }
    }
    layer = next;
  }
  return [...seen];
}

function undo(text: string): string[] {
  const out: string[] = [];
  const changed = (inner: string) => inner !== text && out.push(inner);
  changed(text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => attempt(() => decodeURIComponent(run)) ?? run));
  changed(
    text.replace(
      /\\(?:u([0-9a-f]{4})|x([0-9a-f]{2})|(.))/gi,
      (_, u: string | undefined, x: string | undefined, char: string) =>
        u || x
          ? String.fromCharCode(Number.parseInt(u ?? x ?? '', 16))
          : char === 'n'
            ? '\n'
            : char === 'r'
              ? '\r'
              : char,
    ),
  );
  changed(
    text
      .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
      .replace(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&')
      .replaceAll('&period;', '.'),
  );
  changed(
    text
      .replace(/=\r?\n/g, '')
      .replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
  );
  changed(text.replace(/\r?\n[ \t>|]*(?:data: ?)?/g, ''));
  // Commented out, numbered, or in the lines of a difference.
  changed(text.replace(/\r?\n[ \t]*(?:[>|#*+-]+|\/\/|\d+:)[ \t]*/g, ''));
  changed(text.replace(/[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]|[\ufe00-\ufe0f]|<wbr>|&shy;/g, ''));
  changed(text.replace(/(["'`])\s*(?:\+|\.{1,2}|&(?: _)?|,)?\s*\1/g, ''));
  changed(text.replace(/(?<=[\w.-]{20}) (?=[\w.-]{20})|[\u2010-\u2013]/g, (sign) => (sign === ' ' ? '' : '-')));
  const lines = /[A-Za-z0-9+/_-]{16,}(?:\r?\n[> ]*[A-Za-z0-9+/_-]+={0,2}(?=[\r\n]|$))+/g;
  // What stands below may be a word.
  const whole = [...text.matchAll(lines)].flatMap(([run]) => [run, run.replace(/\r?\n.*$/, '')]);
  const runs = [...text.matchAll(/[A-Za-z0-9+/_-]{16,}={0,2}/g), ...whole.map((one) => [one])];
  for (const [broken = ''] of runs) {
    const run = broken.replace(/[\r\n> ]/g, '');
    const bytes = Buffer.from(run, 'base64');
    out.push(bytes.toString('utf8'), bytes.toString('latin1'), bytes.toString('utf16le'));
    if (bytes.includes('\0\0\0')) out.push(bytes.toString('latin1').replaceAll('\0', ''));
    // Something may be glued to its front: `base64-`.
    const inside = run.search(/eyJ|ewo/);
    if (inside > 0) out.push(Buffer.from(run.slice(inside), 'base64').toString('utf8'));
    const packed = attempt(() => gunzipSync(bytes)) ?? attempt(() => inflateSync(bytes));
    if (packed) out.push(packed.toString('utf8'));
  }
  for (const [run] of text.matchAll(/(?:[0-9a-f]{2}){12,}/gi)) {
    const bytes = Buffer.from(run, 'hex');
    const packed = attempt(() => gunzipSync(bytes));
    out.push(bytes.toString('latin1'), bytes.toString('utf16le'), ...(packed ? [packed.toString('utf8')] : []));
  }
  return out;
}

function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}
