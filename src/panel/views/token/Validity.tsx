import type { Row } from '../../state/row.ts';
import { useModel } from '../store-context.ts';
import { AskBackend } from './AskBackend.tsx';
import { KeyInHand } from './KeyInHand.tsx';
import { WeakKey } from './WeakKey.tsx';

/** Whether a token would be accepted: asked of the user's own backend, or checked with a key in hand. */
export function Validity({ row }: { row: Row }) {
  const { isWhole } = useModel('validation');
  if (!isWhole()) return <p class="hint">This report holds masked tokens, which nobody can verify.</p>;
  return (
    <div class="validity">
      <AskBackend row={row} />
      <KeyInHand row={row} />
      <WeakKey row={row} />
    </div>
  );
}
