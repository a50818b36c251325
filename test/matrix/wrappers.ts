import { gzipSync, zipSync } from 'fflate';

const utf8 = (text: string) => new TextEncoder().encode(text);
const wide = (text: string, isBig: boolean) => {
  const bytes = Buffer.from(text, 'utf16le');
  return new Uint8Array(isBig ? bytes.swap16() : bytes);
};

/** What a file goes through before it is handed over, and the name that it has then. */
export const wrappers: Record<string, { name: string; wrap(text: string): Uint8Array }> = {
  'UTF-8': { name: 'file', wrap: utf8 },
  'UTF-8 with a mark': { name: 'file', wrap: (text) => utf8(`\ufeff${text.replace(/^\ufeff/, '')}`) },
  'UTF-16 LE': { name: 'file', wrap: (text) => wide(text, false) },
  'UTF-16 LE with a mark': { name: 'file', wrap: (text) => wide(`\ufeff${text.replace(/^\ufeff/, '')}`, false) },
  'UTF-16 BE': { name: 'file', wrap: (text) => wide(text, true) },
  'UTF-16 BE with a mark': { name: 'file', wrap: (text) => wide(`\ufeff${text.replace(/^\ufeff/, '')}`, true) },
  gzip: { name: 'file.gz', wrap: (text) => gzipSync(utf8(text)) },
  zip: { name: 'file.zip', wrap: (text) => zipSync({ 'inside/file': utf8(text) }) },
  'UTF-16 in zip': { name: 'file.zip', wrap: (text) => zipSync({ file: wide(`\ufeff${text}`, false) }) },
  'gzip in zip': { name: 'file.zip', wrap: (text) => zipSync({ 'file.gz': gzipSync(utf8(text)) }) },
};
