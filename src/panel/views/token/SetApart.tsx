import { useMemo } from 'preact/hooks';
import { type Aspect, type Difference, differencesFrom, mostAlike } from '../../state/aspects.ts';
import type { Row } from '../../state/row.ts';
import { titleOf } from '../../words/token-words.ts';
import { cut } from '../../words/visible.ts';
import { Pair } from '../parts/Pair.tsx';
import { useModel } from '../store-context.ts';

const names: Record<Aspect, string> = {
  role: 'Role',
  room: 'Room',
  person: 'Identity',
  lifetime: 'Lifetime',
  place: 'Place',
  platform: 'Platform',
};

/** What others have instead is told of so many of them. */
const most = 3;

/** In what a token differs from most of the others that are there; nothing where it is alone, or like most of them in all. */
export function SetApart({ row }: { row: Row }) {
  const { all } = useModel('rows');
  const { select } = useModel('selection');
  const rows = all.value;
  const others = useMemo(
    () => rows.filter((one) => one.subject !== row.subject && one.goneAt === null && !one.isVersion),
    [rows, row.subject],
  );
  const differences = useMemo(
    () =>
      differencesFrom(
        row.subject,
        others.map(({ subject }) => subject),
      ).filter(({ alike }) => alike * 2 <= others.length),
    [row.subject, others],
  );
  const alike = useMemo(() => mostAlike(row.subject, others), [row.subject, others]);
  if (differences.length === 0 || !alike) return null;
  return (
    <section class="apart" aria-label="What sets it apart">
      <h2>
        {others.length === 1
          ? 'Beside the other token here'
          : `Beside the ${others.length.toLocaleString('en')} other tokens here`}
      </h2>
      <dl>
        {differences.map((difference) => (
          <Pair key={difference.aspect} name={names[difference.aspect]}>
            <b class="untrusted">{short(difference.own, 120)}</b> <span class="muted">{againstOthers(difference)}</span>
          </Pair>
        ))}
      </dl>
      <p>
        <button type="button" class="link" onClick={() => select(alike.subject.token.id, 'toggle')}>
          Compare with the most alike: {titleOf(alike.subject)}
        </button>
      </p>
    </section>
  );
}

function short(value: string, most: number): string {
  const { text, rest } = cut(value, most);
  return rest > 0 ? `${text}…` : text;
}

/** "the only one; the others: Participant (12), Viewer". */
function againstOthers({ alike, instead, kinds }: Difference): string {
  const own = alike === 0 ? 'the only one' : `as ${alike.toLocaleString('en')} ${alike === 1 ? 'other' : 'others'}`;
  const frequent = kinds > most ? instead.filter(({ count }) => count > 1) : instead;
  const told = frequent
    .slice(0, most)
    .map(({ value, count }) => `${short(value, 32)}${count > 1 ? ` (${count.toLocaleString('en')})` : ''}`);
  if (told.length === 0) return own;
  return `${own}; ${alike === 0 ? 'the others' : 'the rest'}: ${told.join(', ')}${told.length < kinds ? ' …' : ''}`;
}
