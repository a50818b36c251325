import { useState } from 'preact/hooks';
import type { Token } from '../../../engine/model/token.ts';
import { isMasked } from '../../../engine/redact/mask.ts';
import type { Row } from '../../state/row.ts';
import { maskedLine } from '../../words/masked.ts';
import { formName } from '../../words/token-words.ts';
import { cut, visible } from '../../words/visible.ts';
import { CopyButton } from '../parts/CopyButton.tsx';
import { useModel } from '../store-context.ts';

/** Characters drawn of a revealed token at first, and at most. */
const few = 8000;
const many = 64_000;

const partNames: Record<number, readonly string[]> = {
  2: ['header', 'payload'],
  3: ['header', 'payload', 'signature'],
  5: ['header', 'encrypted key', 'initialization vector', 'ciphertext', 'authentication tag'],
};

/** The token itself: masked until revealed, its parts coloured. */
export function Raw({ row }: { row: Row }) {
  const { has, toggle } = useModel('revealed');
  const { token } = row.subject;
  const isRevealed = has(token.id);
  if (isMasked(token.text)) {
    return (
      <div class="raw-view">
        <p class="token">{maskedLine(token)}</p>
        <p class="hint">Only this masked form was saved. Nobody can use it.</p>
        <Hash token={token} />
      </div>
    );
  }
  return (
    <div class="raw-view">
      <div class="actions">
        <button type="button" class="plain" aria-pressed={isRevealed} onClick={() => toggle(token.id)}>
          {isRevealed ? 'Hide token' : 'Reveal token'}
        </button>
        <CopyButton what="Token" text={() => token.text} />
        <CopyButton what="Masked line" text={() => maskedLine(token)} />
        {token.header ? <CopyButton what="Header" text={() => json(token.header)} /> : null}
        {token.claims ? <CopyButton what="Claims" text={() => json(token.claims)} /> : null}
      </div>
      {isRevealed ? <Revealed text={token.text} /> : <p class="token">{maskedLine(token)}</p>}
      <p class="hint">
        {formName(token.form)}, {token.text.length.toLocaleString('en')} characters
        {token.signature ? `, signature of ${token.signature.bytes.toLocaleString('en')} bytes` : ''}. Whoever holds it
        can use it: share the masked line instead.
      </p>
      <Hash token={token} />
    </div>
  );
}

/** A token as it is, its first characters at first. */
function Revealed({ text: whole }: { text: string }) {
  const [length, setLength] = useState(few);
  const { text, rest } = cut(whole, length);
  const names = partNames[whole.split('.', 6).length];
  return (
    <>
      <p class="token" data-revealed>
        {names
          ? text.split('.').map((part, index) => (
              <span key={names[index]}>
                {index > 0 ? '.' : ''}
                <span class={`part part-${index}`} title={names[index]}>
                  {visible(part)}
                </span>
              </span>
            ))
          : visible(text)}
        {rest > 0 ? '…' : ''}
      </p>
      {rest > 0 ? (
        <p class="hint">
          {rest.toLocaleString('en')} more characters.{' '}
          {length < many ? (
            <button type="button" class="link" onClick={() => setLength(many)}>
              Show more
            </button>
          ) : (
            'Copy the token to see all of it.'
          )}
        </p>
      ) : null}
    </>
  );
}

function Hash({ token }: { token: Token }) {
  return (
    <p class="hint">
      SHA-256: <code>{token.id}</code>
    </p>
  );
}

function json(value: unknown): string {
  try {
    return JSON.stringify(value, null, 2);
  } catch {
    return '(nested too deeply to be written)';
  }
}
