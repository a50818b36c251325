import { useModel } from '../store-context.ts';
import { Icon } from './Icon.tsx';

interface CopyProps {
  what: string;
  text: () => string | Promise<string>;
  iconOnly?: boolean;
}

/** Copies on a press. What is copied is named: "Header copied." */
export function CopyButton({ what, text, iconOnly = false }: CopyProps) {
  const { copy } = useModel('clipboard');
  return (
    <button
      type="button"
      class={iconOnly ? 'tool small' : 'plain'}
      aria-label={iconOnly ? `Copy ${what.toLowerCase()}` : undefined}
      title={`Copy ${what.toLowerCase()}`}
      onClick={() => void copy(what, text())}
    >
      <Icon name="copy" />
      {iconOnly ? null : <span>Copy {what.toLowerCase()}</span>}
    </button>
  );
}
