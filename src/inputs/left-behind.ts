import { detect } from '../engine/find/detect.ts';
import type { Capture, LineColumn, LooseText } from '../engine/model/capture.ts';
import type { Hit } from '../engine/model/token.ts';
import { hiddenMembers, hiddenText } from '../engine/text/hidden-members.ts';
import { batches } from './batches.ts';
import { emptyCapture, type ReadContext } from './input.ts';
import { placesInLines } from './place-in-lines.ts';

/** Names in messages are at most as long: no token is. */
const longestName = 40;

/** What of a text was left, and where that stands in it. */
type Left = LooseText & { start: number };

/**
 * What a reader of places has left of a text: the tokens that it did not hand on, and what stands in members of JSON that others of the same
 * name hide. `held` are the tokens that were found in what it handed on. Linear; never throws.
 */
export function* leftBehind(
  text: string,
  { held, ...context }: Pick<ReadContext, 'name' | 'now'> & { held: ReadonlySet<string> },
): Generator<Capture> {
  const known = new Set(held);
  for (const capture of hiddenIn(text, context)) {
    for (const one of capture.texts) for (const { token } of detect(one.text).hits) known.add(token);
    yield capture;
  }
  const { name, now } = context;
  const left: Left[] = [];
  for (const { token, offset } of detect(text).hits.filter(isUsable)) {
    if (known.has(token)) continue;
    known.add(token);
    left.push({ name, text: token, start: offset });
  }
  if (left.length === 0) return;
  for (const some of batches(inLines(text, left))) yield { ...emptyCapture(now), texts: some };
  const isOne = left.length === 1;
  const what = isOne ? 'a token' : `${left.length.toLocaleString('en-US')} tokens`;
  const message = `${name} holds ${what} where none is looked for, so that ${isOne ? 'its place is' : 'their places are'} not told.`;
  yield { ...emptyCapture(now), problems: [{ code: 'places-not-told', message }] };
}

/** What stands in members of JSON that are hidden by others of the same name, and that there are such; nothing of what is no JSON. */
export function* hiddenIn(text: string, { name, now }: Pick<ReadContext, 'name' | 'now'>): Generator<Capture> {
  const hidden = /^\s*[[{]/.test(text) ? hiddenMembers(text) : [];
  const [first] = hidden;
  if (!first) return;
  const left = hidden.map((member) => ({ name, text: hiddenText(text, member), start: member.start - 1 }));
  for (const some of batches(inLines(text, left))) yield { ...emptyCapture(now), texts: some };
  const which = first.name.length > longestName ? 'a member' : `the member ${JSON.stringify(first.name)}`;
  const more = hidden.length > 1 ? `, as do ${(hidden.length - 1).toLocaleString('en-US')} more` : '';
  const message = `In ${name} ${which} stands more than once${more}; readers take the last, and what came before was searched as text.`;
  yield { ...emptyCapture(now), problems: [{ code: 'member-twice', message }] };
}

function inLines(text: string, left: readonly Left[]): (Left & { from: LineColumn })[] {
  const start = { line: 1, column: 1 };
  const places = placesInLines(
    text,
    start,
    left.map((one) => one.start),
  );
  return left.map((one) => ({ ...one, from: places.get(one.start) ?? start }));
}

/** A whole token beyond doubt: parts of one may be joined where they are handed on. */
function isUsable({ note, confidence }: Hit): boolean {
  return note === null && confidence !== 'possible';
}
