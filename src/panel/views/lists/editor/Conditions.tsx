import { useState } from 'preact/hooks';
import { placeNames, tokenNames } from '../../../../engine/expect/expectation-file.ts';
import { possibleWords } from '../../../../engine/expect/possible-values.ts';
import { isObject, type Json, type JsonObject } from '../../../../engine/text/json.ts';
import { inWords } from '../../../../engine/text/time-words.ts';
import {
  type Comparison,
  type Condition,
  compared,
  comparisonsFor,
  conditionOf,
  kindOf,
  memberWord,
  stateChoices,
  valuesOf,
  wantedOf,
} from '../../../state/wanted-rows.ts';
import { masked } from '../../../words/masked.ts';
import { visible } from '../../../words/visible.ts';
import { Icon } from '../../parts/Icon.tsx';
import { useFirstWanted, useSuggestions } from './use-suggestions.tsx';

export type Names = 'places' | 'tokens';

interface Props {
  /** What the rows are about, for those who cannot see where they stand. */
  label: string;
  names: Names;
  /** Wanted values by name, as they stand in the file. */
  of: Json | undefined;
  /** Said where there is no row. */
  none: string;
  /** Undefined where no row is left. */
  set: (match: JsonObject | undefined) => void;
}

/** Rows of member, comparison and value. */
export function Conditions({ label, names, of, none, set }: Props) {
  const entries = Object.entries(isObject(of) ? of : {});
  const used = entries.map(([name]) => name);
  const change = (next: [string, Json][]) => set(next.length > 0 ? Object.fromEntries(next) : undefined);
  const fresh = freshNames[names].find((name) => !used.includes(name));
  const firstWanted = useFirstWanted();
  return (
    <div class="conditions">
      {entries.length === 0 ? <span class="muted">{none}</span> : null}
      {entries.map(([name, wanted], index) => (
        <Row
          key={index}
          label={`${label}, condition ${index + 1}`}
          names={names}
          used={used}
          name={name}
          wanted={wanted}
          change={(to, value) => change(entries.map((one, at) => (at === index ? [to, value] : one)))}
          remove={() => change(entries.filter((_, at) => at !== index))}
        />
      ))}
      <button
        type="button"
        class="link"
        disabled={fresh === undefined}
        aria-label={`${label}: add a condition`}
        onClick={() => fresh && change([...entries, [fresh, firstWanted(fresh)]])}
      >
        Add a condition
      </button>
    </div>
  );
}

/** In the order in which a new row takes the first that is not used. */
const freshNames: Record<Names, readonly string[]> = {
  places: ['origin', 'source', 'key', ...placeNames],
  tokens: ['role', 'provider', 'room', 'times.lifetimeSeconds', ...tokenNames],
};

interface RowProps {
  label: string;
  names: Names;
  used: readonly string[];
  name: string;
  wanted: Json;
  change: (name: string, wanted: Json) => void;
  remove: () => void;
}

function Row({ label, names, used, name, wanted, change, remove }: RowProps) {
  const firstWanted = useFirstWanted();
  // What was wanted of one member is wanted of another as far as it can be.
  const isAlike = (to: string) => kindOf(to) === kindOf(name) && ['number', 'state', 'any'].includes(kindOf(to));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a row within a set of fields
    <div class="condition" role="group" aria-label={label}>
      <span class="fields">
        <Member
          names={names}
          used={used}
          name={name}
          change={(to) => change(to, isAlike(to) ? wanted : firstWanted(to))}
        />
        <Wanted name={name} wanted={wanted} change={(to) => change(name, to)} />
      </span>
      <button type="button" class="tool small" aria-label={`Remove ${label}`} title="Remove" onClick={remove}>
        <Icon name="close" />
      </button>
    </div>
  );
}

const claimKinds = ['claims.', 'header.'] as const;

interface MemberProps extends Pick<RowProps, 'names' | 'used' | 'name'> {
  change: (name: string) => void;
}

function Member({ names, used, name, change }: MemberProps) {
  const [trouble, setTrouble] = useState('');
  const claim = claimKinds.find((kind) => name.startsWith(kind));
  const known: readonly string[] = names === 'places' ? placeNames : tokenNames;
  const take = (to: string) => {
    const isTaken = to !== name && used.includes(to);
    setTrouble(isTaken ? `${visible(to)} has a row already.` : '');
    if (!isTaken) change(to);
  };
  const options = (isMeant: (one: string) => boolean) =>
    known.filter(isMeant).map((one) => (
      <option key={one} value={one} disabled={one !== name && used.includes(one)}>
        {memberWord(one)}
      </option>
    ));
  return (
    <>
      <select
        aria-label="Member"
        value={claim ?? name}
        onChange={({ currentTarget: { value } }) =>
          take(claimKinds.some((kind) => kind === value) ? `${value}name` : value)
        }
      >
        {options((one) => !one.startsWith('privileges.'))}
        {names === 'places' ? null : (
          <>
            <optgroup label="Its holder">{options((one) => one.startsWith('privileges.'))}</optgroup>
            <optgroup label="As it stands in the token">
              <option value="claims.">claim …</option>
              <option value="header.">header …</option>
            </optgroup>
          </>
        )}
        {claim === undefined && !known.includes(name) ? <option value={name}>{visible(name)}</option> : null}
      </select>
      {claim === undefined ? null : <ClaimName claim={claim} name={name} take={take} />}
      {trouble ? <span role="alert">{trouble}</span> : null}
    </>
  );
}

interface ClaimNameProps {
  claim: (typeof claimKinds)[number];
  name: string;
  take: (name: string) => void;
}

/** The name of a claim, or of a member of the header, taken when it is written to its end. */
function ClaimName({ claim, name, take }: ClaimNameProps) {
  const list = useSuggestions('claims.');
  const isClaim = claim === 'claims.';
  return (
    <>
      <input
        class="path mono"
        aria-label={isClaim ? 'Name of the claim' : 'Name in the header'}
        list={isClaim ? list.id : undefined}
        value={name.slice(claim.length)}
        spellcheck={false}
        autocomplete="off"
        onChange={(event) => {
          take(claim + event.currentTarget.value.trim());
          event.currentTarget.value = name.slice(claim.length);
        }}
      />
      {isClaim ? list.element : null}
    </>
  );
}

interface WantedProps {
  name: string;
  wanted: Json;
  change: (wanted: Json) => void;
}

function Wanted({ name, wanted, change }: WantedProps) {
  const kind = kindOf(name);
  const at = stateChoices.findIndex(([, value]) => JSON.stringify(value) === JSON.stringify(wanted));
  if (kind === 'state' && at >= 0) return <State at={at} change={change} />;
  const condition = conditionOf(wanted, kind);
  if (!condition) return <InTheText wanted={wanted} />;
  return <Compared {...{ name, wanted, condition }} set={(next) => change(wantedOf(next, kind))} />;
}

interface ComparedProps {
  name: string;
  wanted: Json;
  condition: Condition;
  set: (condition: Condition) => void;
}

/** A comparison and what it takes. */
function Compared({ name, wanted, condition, set }: ComparedProps) {
  const firstWanted = useFirstWanted();
  const { comparison, values } = condition;
  const kind = kindOf(name);
  const takes = valuesOf(comparison);
  const value = (at: 0 | 1, label: string) => (
    <Value
      {...{ label, name, wanted, comparison, at }}
      change={(typed) => set({ comparison, values: at === 0 ? [typed, values[1]] : [values[0], typed] })}
    />
  );
  return (
    <>
      <select
        aria-label="Comparison"
        value={comparison}
        onChange={({ currentTarget: { value: to } }) => {
          const next = compared(condition, to as Comparison, kind);
          const isBlank = kind === 'word' && next.values[0] === '';
          set(isBlank ? { ...next, values: [String(firstWanted(name)), ''] } : next);
        }}
      >
        {comparisonsFor(name, comparison).map(([id, words]) => (
          <option key={id} value={id}>
            {words}
          </option>
        ))}
      </select>
      {takes === 'one' && kind === 'word' && comparison !== 'like' ? (
        <Word name={name} value={values[0]} change={(word) => set({ comparison, values: [word, ''] })} />
      ) : takes === 'one' ? (
        value(0, 'Value')
      ) : null}
      {takes === 'list' ? value(0, 'Values, with commas between them') : null}
      {takes === 'two' ? (
        <>
          {value(0, 'From')}
          <span>and</span>
          {value(1, 'To')}
        </>
      ) : null}
      {name === 'times.lifetimeSeconds' ? <Lifetime values={values} /> : null}
    </>
  );
}

/** One of the words there are, and the one that is there. */
function Word({ name, value, change }: { name: string; value: string; change: (value: string) => void }) {
  const words = possibleWords(name);
  return (
    <select aria-label="Value" value={value} onChange={(event) => change(event.currentTarget.value)}>
      {[...words, ...(words.includes(value) ? [] : [value])].map((word) => (
        <option key={word} value={word}>
          {visible(word)}
        </option>
      ))}
    </select>
  );
}

/** A lifetime as people say it. */
function Lifetime({ values }: { values: readonly string[] }) {
  const words = values.filter((one) => /^\d+$/.test(one)).map((one) => inWords(Number(one)));
  return words.length > 0 ? <span class="muted">({words.join(', ')})</span> : null;
}

function State({ at, change }: { at: number; change: (wanted: Json) => void }) {
  return (
    <select
      aria-label="Answer"
      value={at}
      onChange={(event) => change(stateChoices[Number(event.currentTarget.value)]?.[1] ?? null)}
    >
      {stateChoices.map(([words], index) => (
        // The last few say in other words what others say; they are offered where a file has them.
        <option key={words} value={index} hidden={index > 5 && index !== at}>
          {words}
        </option>
      ))}
    </select>
  );
}

function InTheText({ wanted }: { wanted: Json }) {
  const json = JSON.stringify(wanted);
  return (
    <span class="in-text">
      <code>{masked(json.length > 80 ? `${json.slice(0, 80)}…` : json)}</code>{' '}
      <span class="muted">can be edited in the text only</span>
    </span>
  );
}

interface ValueProps {
  label: string;
  name: string;
  wanted: Json;
  comparison: Comparison;
  /** Which of its values. */
  at: 0 | 1;
  change: (value: string) => void;
}

function Value({ label, name, wanted, comparison, at, change }: ValueProps) {
  const kind = kindOf(name);
  const list = useSuggestions(name);
  const [typed, setTyped] = useState<string | null>(null);
  const condition = conditionOf(wanted, kind);
  const shown = condition?.values[at] ?? '';
  // What is typed stays as it is while it says the same.
  const saysTheSame = (text: string) => {
    const values = condition?.values ?? ['', ''];
    const said = wantedOf({ comparison, values: at === 0 ? [text, values[1]] : [values[0], text] }, kind);
    return JSON.stringify(said) === JSON.stringify(wanted);
  };
  return (
    <>
      <input
        class={kind === 'number' ? 'number' : 'value'}
        aria-label={label}
        title={
          comparison === 'like'
            ? '* stands for anything'
            : comparison.endsWith('of')
              ? 'Commas between values'
              : undefined
        }
        list={list.id}
        inputMode={kind === 'number' ? 'numeric' : undefined}
        value={typed !== null && saysTheSame(typed) ? typed : shown}
        spellcheck={false}
        autocomplete="off"
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          change(event.currentTarget.value);
        }}
      />
      {list.element}
    </>
  );
}
