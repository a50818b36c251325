import type { Subject } from '../../../engine/model/report.ts';
import { aspectOf } from '../../state/aspects.ts';
import { identityOf, platformOf, roomOf } from '../../words/token-words.ts';

interface Props {
  subject: Subject;
  /** Opens the token; left out where something beside it does. */
  open?: () => void;
  /** Whether Tab reaches what opens it; left out where it does. */
  tabIndex?: number;
  /** Without its place and lifetime, where these stand beside it. */
  isBrief?: boolean;
}

/** A token among others on two lines of its own, neither of which breaks: who for which room, and what tells it from its likes. */
export function TokenName({ subject, open, tabIndex, isBrief = false }: Props) {
  const named = [identityOf(subject), roomOf(subject)].filter((part) => part !== null).join(' · ');
  const platform = platformOf(subject);
  const apart = isBrief ? [] : [aspectOf(subject, 'place'), aspectOf(subject, 'lifetime')];
  const second = [...apart.slice(0, 1), ...(named ? [platform] : []), ...apart.slice(1)].join(' · ');
  return (
    <span class="token-name" title={`${named || platform}\n${second}`}>
      {open ? (
        <button type="button" class="link" tabIndex={tabIndex} onClick={open}>
          {named || platform}
        </button>
      ) : (
        <span>{named || platform}</span>
      )}
      {second ? <span class="muted">{second}</span> : null}
    </span>
  );
}
