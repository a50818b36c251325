import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A rule that was described before it was made. */
export interface WaitingRule {
  title: string;
  severity: string;
  /** The file that describes it, below the root, and its text without it. */
  path: string;
  rest: string;
}

const path = 'test/docs/waiting-rules.ts';

/** The description of a rule that waits to be made; null when there is none. */
export function waitingRule(root: string, id: string): WaitingRule | null {
  const text = readFileSync(join(root, path), 'utf8');
  const entry = new RegExp(`\\n *\\{\\s*id: '${id}',\\s*title: (['"])(.*)\\1,\\s*severity: '(\\w+)',[^}]*\\},`).exec(
    text,
  );
  if (!entry) return null;
  const [whole, , title = '', severity = ''] = entry;
  return { title, severity, path, rest: text.replace(whole, () => '') };
}
