import { useId, useMemo } from 'preact/hooks';
import { possibleWords } from '../../../../engine/expect/possible-values.ts';
import { valueAt } from '../../../../engine/expect/wanted.ts';
import type { Subject } from '../../../../engine/model/report.ts';
import { isObject, type Json } from '../../../../engine/text/json.ts';
import { kindOf } from '../../../state/wanted-rows.ts';
import { masked } from '../../../words/masked.ts';
import { useModel } from '../../store-context.ts';

/** Most tokens that are looked through, and most values that are offered. */
const [mostSubjects, most] = [500, 30];
const longest = 120;

/** A list of what the tokens on screen have to say to a member, for a field to offer. Nothing in it is, or holds, a token. */
export function useSuggestions(name: string) {
  const id = useId();
  const { report } = useModel('judgement');
  const { subjects } = report.value;
  const values = useMemo(() => offered(subjects, name), [subjects, name]);
  if (values.length === 0) return { id: undefined, element: null };
  const element = (
    <datalist id={id}>
      {values.map((value) => (
        <option key={value} value={value} />
      ))}
    </datalist>
  );
  return { id, element };
}

/** What a new row says of a member, so that it is what can be: as the first token on screen has it, where that can be told. */
export function useFirstWanted(): (name: string) => Json {
  const { report } = useModel('judgement');
  return (name) => {
    const kind = kindOf(name);
    if (kind === 'state') return false;
    if (kind === 'number') return { max: 3600 };
    const words = possibleWords(name);
    const found = seen(report.peek().subjects.slice(0, mostSubjects), name);
    return found.find((one) => words.length === 0 || words.includes(one)) ?? words[0] ?? '';
  };
}

function offered(subjects: readonly Subject[], name: string): readonly string[] {
  const words = possibleWords(name);
  return words.length > 0 ? words : seen(subjects.slice(0, mostSubjects), name);
}

function seen(subjects: readonly Subject[], name: string): readonly string[] {
  const found = new Set<string>();
  const told = new Set<Json>();
  for (const subject of subjects) {
    for (const value of name === 'claims.' ? claimNames(subject) : [saidBy(subject, name)].flat()) {
      if (found.size >= most) break;
      if (told.has(value)) continue;
      told.add(value);
      if (typeof value !== 'string' || value === '' || value.length > longest || masked(value) !== value) continue;
      found.add(value);
    }
  }
  return [...found].sort();
}

function claimNames({ token: { claims } }: Subject): string[] {
  return isObject(claims) ? Object.keys(claims).slice(0, 100) : [];
}

function saidBy(subject: Subject, name: string): Json[] {
  const places = subject.sightings.map(({ place }) => place);
  if (name === 'origin') return places.map(({ origin }) => origin);
  if (name === 'source') return places.map(({ source }) => source);
  if (name === 'key') return places.map(({ key }) => key);
  if (name === 'label') return places.map(({ label }) => label);
  if (name === 'url') return places.map(({ url }) => url);
  return name === 'input' ? [] : [valueAt(subject, name)];
}
