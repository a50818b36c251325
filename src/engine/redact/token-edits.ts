import { decode } from '../decode/decode.ts';
import { detect } from '../find/detect.ts';
import { mendedRunAt } from '../find/mended-runs.ts';
import type { Hit } from '../model/token.ts';
import type { Context } from './context.ts';
import { type Edit, removal } from './edits.ts';
import { isPlaceholder, removed } from './opaque-value.ts';
import type { Pass } from './pass.ts';
import { characterClass, runEnd, runStart } from './runs.ts';
import { isSafeToken } from './safe-token.ts';

/** False for what was redacted already. */
export function isLive({ token, note }: Hit): boolean {
  return note !== 'token-redacted' && !token.startsWith(removed);
}

/** The token that detection found goes, in whatever way it is written. */
export function hitEdit(pass: Pass, text: string, { token, form, offset }: Hit, context: Context): Edit {
  if (text.startsWith(token, offset)) return tokenEdit(pass, offset, token, form, context.bytes);
  const mended = mendedRunAt(text, offset);
  if (mended?.text.includes(token)) {
    pass.ledger.count('token');
    rememberChecksum(pass, token, form);
    return removal(offset, mended.end, context.bytes);
  }
  const at = text.indexOf(token);
  if (at >= 0) return tokenEdit(pass, at, token, form, context.bytes);
  pass.ledger.count('token');
  rememberChecksum(pass, token, form);
  // Written in some encoding: the whole run that holds it goes.
  return removal(offset, Math.max(runEnd(text, offset, encoded), offset + 1), context.bytes);
}

/** Tokens of a secret value keep their structure; whatever else stands in it goes. */
export function mixedEdits(pass: Pass, text: string, context: Context): Edit[] {
  const edits: Edit[] = [];
  let at = 0;
  for (const { token, form, offset } of plainHits(text, context)) {
    if (offset < at) continue;
    const end = offset + token.length;
    edits.push(...restEdits(pass, text, at, offset, context));
    if (!isSafeToken(token)) edits.push(tokenEdit(pass, offset, token, form, context.bytes));
    at = end;
  }
  edits.push(...restEdits(pass, text, at, text.length, context));
  return edits;
}

/** What stands before, between and behind the tokens of a value: at most one edit. */
function restEdits({ ledger }: Pass, text: string, start: number, end: number, context: Context): Edit[] {
  const between = text.slice(start, end);
  const lead = runEnd(between, 0, dividers);
  const held = between.slice(lead, runStart(between, between.length, dividers, lead));
  if (isPlaceholder(held)) return [];
  if (context.suspicion === 'certain') ledger.remember(held);
  ledger.count(context.name === 'private key' ? 'key' : context.isName ? 'cookie' : context.held);
  return [removal(start + lead, start + lead + held.length, context.bytes)];
}

/** Signed tokens that stand in a text as they are, in order. */
function plainHits(text: string, { name, bytes }: Context): Hit[] {
  if (bytes || text.length < 24) return [];
  return detect(text, { key: name })
    .hits.filter(({ token, form, offset }) => form.startsWith('jws') && text.startsWith(token, offset))
    .sort((a, b) => a.offset - b.offset);
}

function tokenEdit(
  { ledger, safeTokens }: Pass,
  start: number,
  token: string,
  form: Hit['form'],
  bytes: boolean,
): Edit {
  ledger.count('token');
  rememberChecksum({ ledger }, token, form);
  const end = start + token.length;
  const safe = bytes ? null : safeTokens.of(token, form);
  // What is JSON leaves JSON behind.
  if (!bytes && token.startsWith('{')) return { start, end, text: `"${removed}"` };
  return safe === null ? removal(start, end, bytes) : { start, end, text: safe };
}

/** The parameters of a link that is a credential as a whole stand elsewhere one by one, and with its checksum it could be put together again. */
function rememberChecksum({ ledger }: Pick<Pass, 'ledger'>, token: string, form: Hit['form']) {
  if (!/^[\w.~-]{1,64}=[^&]{0,1024}&/.test(token)) return;
  const { signature } = decode(token, form);
  if (signature) ledger.remember(signature.text);
}

const encoded = characterClass('\\w+/=%~.*\\\\&;#-', 1);
/** What stands between the parts of a mixed value. */
const dividers = characterClass('\\s|;,:&"\'', 1);
