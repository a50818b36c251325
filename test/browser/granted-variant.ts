import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Variant {
  /** A built extension. */
  extension: string;
  remove(): void;
}

/** The extension with access to every site from the start: without a window no prompt can be answered. */
export function grantedVariant(extension: string): Variant {
  const folder = mkdtempSync(join(tmpdir(), 'roomkey-variant-'));
  cpSync(extension, folder, { recursive: true });
  const file = join(folder, 'manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as object;
  writeFileSync(file, JSON.stringify({ ...manifest, host_permissions: ['http://*/*', 'https://*/*'] }));
  return { extension: folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
