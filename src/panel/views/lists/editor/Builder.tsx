import { isMark } from '../../../../engine/expect/expectation-file.ts';
import { severities } from '../../../../engine/model/report.ts';
import { isObject, type Json, type JsonObject } from '../../../../engine/text/json.ts';
import type { Draft } from '../../../state/expectation-draft.ts';
import { type ExpectedKind, expectedKinds, kindsIn, withKind, withMember } from '../../../state/expected-kinds.ts';
import { visible } from '../../../words/visible.ts';
import { useModel } from '../../store-context.ts';
import { Conditions } from './Conditions.tsx';

interface PartProps {
  one: JsonObject;
  set: (name: string, value: Json | undefined) => void;
}

/** An expectation as fields that read like a sentence. What they cannot show stays in the text as it is. */
export function Builder({ draft }: { draft: Draft }) {
  const { fields, follows, marks, setFields } = draft;
  const one = fields.value;
  const set = (name: string, value: Json | undefined) => setFields(withMember(fields.peek(), name, value));
  const isFree = follows.value;
  return (
    <fieldset class="builder" disabled={!isFree}>
      <legend class="unseen">Fields</legend>
      <label class="line">
        <span class="head">Name</span>
        <input
          class="name"
          value={textOf(one.name)}
          maxLength={2000}
          spellcheck={false}
          autocomplete="off"
          onInput={(event) => set('name', event.currentTarget.value)}
        />
      </label>
      {isFree ? null : (
        <p class="hint" role="status">
          The fields follow again once the text has no mistake.
        </p>
      )}
      <OnPages one={one} set={set} marks={Object.keys(marks.pages.value)} />
      <div class="line">
        <span class="head">Where</span>
        <Conditions
          label="Where"
          names="places"
          of={one.where}
          none="in any place"
          set={(where) => set('where', where)}
        />
      </div>
      {kindsIn(one).map((kind) => (
        <Expected key={kind} kind={kind} one={one} set={set} change={(to) => setFields(withKind(one, kind, to))} />
      ))}
    </fieldset>
  );
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function OnPages({ one, set, marks }: PartProps & { marks: readonly string[] }) {
  const origin = useModel('shown').origin.value;
  const on = typeof one.on === 'string' ? one.on : null;
  const isPattern = on !== null && !isMark(on);
  const offered = on === null || isPattern || marks.includes(on) ? marks : [...marks, on];
  return (
    <div class="line">
      <span class="head">On</span>
      <span class="fields">
        <select
          aria-label="On which pages"
          value={on === null ? 'any:' : isPattern ? 'like:' : on}
          onChange={({ currentTarget: { value } }) =>
            set('on', value === 'any:' ? undefined : value === 'like:' ? `${origin ?? ''}*` : value)
          }
        >
          <option value="any:">any page</option>
          {offered.map((mark) => (
            <option key={mark} value={mark}>
              pages marked {visible(mark)}
            </option>
          ))}
          <option value="like:">pages with an address like</option>
        </select>
        {isPattern ? (
          <input
            class="wide mono"
            aria-label="Address of the pages, with * for anything"
            value={on}
            spellcheck={false}
            onInput={(event) => set('on', event.currentTarget.value || '*')}
          />
        ) : null}
      </span>
    </div>
  );
}

interface ExpectedProps extends PartProps {
  kind: ExpectedKind;
  change: (to: ExpectedKind) => void;
}

/** One thing that is expected: a sentence of its own. */
function Expected({ kind, one, set, change }: ExpectedProps) {
  const present = kindsIn(one);
  return (
    <div class="line expected">
      <span class="head">Expect</span>
      <span class="fields">
        <select
          aria-label="What is expected"
          value={kind}
          onChange={(event) => change(event.currentTarget.value as ExpectedKind)}
        >
          {expectedKinds.map(({ id, words, member }) => (
            <option
              key={id}
              value={id}
              disabled={id !== kind && present.some((other) => other !== kind && memberOf(other) === member)}
            >
              {words}
            </option>
          ))}
        </select>
        <Numbers kind={kind} one={one} set={set} />
      </span>
      {kind === 'none' ? (
        <Conditions
          label="The token"
          names="tokens"
          of={one.none}
          none="of any kind"
          set={(none) => set('none', none ?? {})}
        />
      ) : null}
      {memberOf(kind) === 'count' ? (
        <Conditions
          label="The token"
          names="tokens"
          of={one.tokens}
          none="of any kind"
          set={(like) => set('tokens', like)}
        />
      ) : null}
      {kind === 'every' ? <Every one={one} set={set} /> : null}
    </div>
  );
}

function memberOf(kind: ExpectedKind): string {
  return expectedKinds.find(({ id }) => id === kind)?.member ?? '';
}

function Every({ one, set }: PartProps) {
  return (
    <>
      <Conditions
        label="The token"
        names="tokens"
        of={one.every}
        none="of any kind"
        set={(every) => set('every', every ?? {})}
      />
      <span class="head">has</span>
      <Conditions
        label="What it has"
        names="tokens"
        of={one.have}
        none="nothing yet"
        set={(have) => set('have', have ?? {})}
      />
      <span class="at-least">
        of which at least{' '}
        <NumberField
          label="So many there are at least"
          value={one.atLeast}
          placeholder="1"
          set={(atLeast) => {
            if (atLeast !== '' && one.every === undefined) set('every', {});
            set('atLeast', atLeast === '' ? undefined : atLeast);
          }}
        />{' '}
        must be there
      </span>
    </>
  );
}

/** Numbers that belong to what is expected, or the severity. */
function Numbers({ kind, one, set }: Omit<ExpectedProps, 'change'>) {
  const { count } = one;
  const range = isObject(count) ? count : {};
  const bound = (name: 'min' | 'max', label: string) => (
    <NumberField label={label} value={range[name]} set={(value) => set('count', { ...range, [name]: value })} />
  );
  switch (kind) {
    case 'exactly':
      return (
        <>
          <NumberField label="How many" value={count} set={(value) => set('count', value)} /> tokens
        </>
      );
    case 'at-least':
      return <>{bound('min', 'How many at least')} tokens</>;
    case 'at-most':
      return <>{bound('max', 'How many at most')} tokens</>;
    case 'between':
      return (
        <>
          {bound('min', 'From')} and {bound('max', 'To')} tokens
        </>
      );
    case 'severity':
      return (
        <select
          aria-label="The worst severity that may be"
          value={textOf(one.maxSeverity)}
          onChange={(event) => set('maxSeverity', event.currentTarget.value)}
        >
          {severities.map((severity) => (
            // Nothing is worse, so that it would always hold.
            <option key={severity} value={severity} hidden={severity === 'critical'}>
              {severity}
            </option>
          ))}
        </select>
      );
    default:
      return null;
  }
}

interface NumberFieldProps {
  label: string;
  value: Json | undefined;
  placeholder?: string;
  /** A number; what is none as it was typed, which the text then tells. */
  set: (value: number | string) => void;
}

function NumberField({ label, value, placeholder, set }: NumberFieldProps) {
  return (
    <input
      class="number"
      inputMode="numeric"
      aria-label={label}
      placeholder={placeholder}
      autocomplete="off"
      value={typeof value === 'number' || typeof value === 'string' ? String(value) : ''}
      onInput={({ currentTarget: { value: typed } }) => set(/^\d{1,15}$/.test(typed.trim()) ? Number(typed) : typed)}
    />
  );
}
