import type { JoinAnswer } from '../diagnose/join.ts';
import { goneSince } from '../model/presence.ts';
import type { Subject } from '../model/report.ts';
import { type Confidence, confidences } from '../model/token.ts';
import { clip, listed } from '../text/sentence.ts';
import { causeClause } from '../words/cause-clause.ts';
import { goneTokenWords } from '../words/place-words.ts';
import { nounOf, placeOf, platformWords, roomParts, whoParts } from './call-words.ts';
import { riskParts } from './risk.ts';
import type { PageSentence, SentenceInput, SentencePart, Target, Told } from './sentence.ts';
import { isForCall, isInUse } from './use-of-tokens.ts';

export type { Knowledge, Look, PageSentence, SentenceInput, SentencePart, Target } from './sentence.ts';

/** Tokens that are asked why joining with them would fail. */
const mostAsked = 20;

/**
 * What a page does with its tokens, and the worst of it, in one sentence or two that are never surer than what they are made
 * of. Pure; never throws on hostile input.
 */
export function pageSentence(input: SentenceInput): PageSentence {
  const { subjects, look } = input;
  const unread = notRead(input);
  if (unread) return unread;
  const present = subjects.filter((subject) => goneSince(subject) === null);
  const calls = present.filter(isForCall);
  const joining = calls.length > 0 ? joins(input, calls) : joinsNone(input, present);
  const risk = riskParts(input, present, joining.told);
  const since: SentencePart[] =
    look.kind === 'failed' ? [{ text: ` Since then it could not be read: ${clip(input.say(look.message), 120)}` }] : [];
  return {
    parts: [...joining.parts, { text: '. ' }, ...risk.parts, ...since],
    meaning: [look.kind, joining.meaning, risk.meaning].join(' | '),
  };
}

/** What is said as long as nothing can be said of tokens; null where something can. */
function notRead({ subjects, look, what, knows, say }: SentenceInput): PageSentence | null {
  const only = (text: string): PageSentence => ({ parts: [{ text }], meaning: look.kind });
  if (look.kind === 'closed') return only('What this page holds cannot be read by extensions.');
  if (subjects.length > 0 && knows) return null;
  if (subjects.length > 0) return { ...only(`Judging ${countOf(subjects.length, 'token')} …`), meaning: 'judging' };
  if (look.kind === 'paused') return only('Watching is paused, and nothing was read.');
  if (look.kind === 'loading') return only(`Reading the ${what} …`);
  if (look.kind === 'failed') return only(`The ${what} could not be read: ${clip(say(look.message), 160)}`);
  return null;
}

/** What is said of joining: its meaning, and what need not be said again. */
interface Joining {
  parts: SentencePart[];
  meaning: string;
  told: Told;
}

interface Asked {
  subject: Subject;
  answer: JoinAnswer | null;
}

/** Of tokens that are there and open calls. */
function joins(input: SentenceInput, calls: readonly Subject[]): Joining {
  const { knows } = input;
  const used = calls.filter((subject) => isInUse(subject, knows));
  const asked = (used.length > 0 ? used : calls).slice(0, mostAsked).map((subject) => ({
    subject,
    answer: knows?.joinAnswer(subject) ?? null,
  }));
  // What is merely possible of one that is used says no more of the page than that nothing is seen of another.
  const weight = (one: Asked) => (used.length > 0 && doubts(one) === 1 ? 0 : doubts(one));
  const [worst] = [...asked].sort((a, b) => weight(b) - weight(a));
  if (!worst) return { parts: [], meaning: '', told: nothingTold };
  const isOne = used.length > 0 || calls.length === 1;
  const parts = isOne ? oneCall(input, worst, used, calls) : severalCalls(input, worst, asked, calls);
  const cause = worst.answer?.causes[0];
  const told = { id: worst.subject.token.id, claim: cause?.at ?? null, sighting: placeOf(worst.subject).index };
  return { parts, meaning: [worst.subject.token.id, worst.answer?.verdict, cause?.id].join(' '), told };
}

const nothingTold: Told = { id: null, claim: null, sighting: -1 };

/** How much stands in the way. */
function doubts({ answer }: Asked): number {
  const [first] = answer?.causes ?? [];
  return first ? confidences.length - confidences.indexOf(first.likelihood) : 0;
}

/** The token that a page joins with, or would. */
function oneCall(
  input: SentenceInput,
  { subject, answer }: Asked,
  used: readonly Subject[],
  calls: readonly Subject[],
) {
  const { say } = input;
  const { id } = subject.token;
  const isPage = input.what === 'page';
  const verb = used.length > 0 ? (isPage ? 'joins ' : 'shows joining ') : isPage ? 'would join ' : holds;
  const parts: SentencePart[] = [
    { text: `This ${input.what} `, isSpare: true },
    { text: verb },
    ...roomParts(subject, say),
    ...platformWords(subject, say),
    ...whoParts(subject, say),
    ...(verb === holds ? [{ text: ', in ' }] : [{ text: ' with ' }, { text: 'the token in ', isSpare: true } as const]),
    ...placeParts(subject, say),
  ];
  const alike = used.length - 1;
  if (alike > 0)
    parts.push(
      { text: ', and with ', isSpare: true },
      { text: `${alike} more`, to: { about: 'tokens' }, isSpare: true },
    );
  const lying = used.length > 0 ? calls.length - used.length : 0;
  if (lying > 0)
    parts.push(
      { text: `${alike > 0 ? ';' : ', and holds'} `, isSpare: true },
      { text: `${lying} more${alike > 0 ? ' lie here' : ''}`, to: { about: 'tokens' }, isSpare: true },
    );
  return [...parts, { text: '; ' }, verdictPart(id, answer, say, 'it', 'in its way')];
}

/** Nothing joins by lying in a file. */
const holds = 'holds a token to join ';

/** Several tokens, none of them seen in use. */
function severalCalls(input: SentenceInput, worst: Asked, asked: readonly Asked[], calls: readonly Subject[]) {
  const { subject, answer } = worst;
  const { say, what } = input;
  const alike = asked.filter((one) => doubts(one) === doubts(worst));
  const standing = alike.length;
  const isDoubtful = doubts(worst) > 0;
  const all: SentencePart = { text: `${calls.length} tokens`, to: { about: 'tokens' } };
  const one: SentencePart[] = [...whoseParts(subject, say), { text: ' in ' }, ...placeParts(subject, say)];
  const parts: SentencePart[] = [{ text: `This ${what} `, isSpare: true }, { text: 'holds ' }, all];
  parts.push({ text: ' to join ' }, ...callsInCommon(calls, say));
  if (!isDoubtful) parts.push({ text: ', such as ' }, ...one, { text: '; ' });
  else if (standing > 1) {
    const which = standing === calls.length ? 'all of them' : `${standing} of them`;
    // What refuses one of them need not refuse the others.
    const [cause] = answer?.causes ?? [];
    const isOneCause = alike.every((other) => other.answer?.causes[0]?.id === cause?.id);
    if (cause && !isOneCause) {
      parts.push({ text: `; ${which} ${refusals[cause.likelihood]}, such as ` }, ...one, { text: ': ' });
      return [...parts, { text: causeClause(cause, say), to: { about: 'cause', id: subject.token.id } } as const];
    }
    parts.push({ text: `; ${which}, such as ` }, ...one, { text: ', ' });
  } else parts.push({ text: '; ' }, ...one, { text: ' ' });
  const inTheirWay = calls.length > asked.length ? `in the way of the first ${asked.length}` : 'in their way';
  return [...parts, verdictPart(subject.token.id, answer, say, '', inTheirWay)];
}

/** "*standup* on Daily", where they have that in common; "calls on Daily and Jitsi" otherwise. */
function callsInCommon(calls: readonly Subject[], say: SentenceInput['say']): SentencePart[] {
  const [leastSure] = [...calls].sort((a, b) => sureness(b) - sureness(a));
  // Rooms of one name are others on another platform, and with another tenant.
  const rooms = new Set(
    calls.map(({ facts, provider }) =>
      JSON.stringify([facts.roomScope, facts.room, facts.tenant, provider?.id ?? null]),
    ),
  );
  if (leastSure && rooms.size === 1) return [...roomParts(leastSure, say), ...platformWords(leastSure, say)];
  const platforms = [...new Set(calls.map(({ provider }) => clip(say(provider?.name ?? ''), 40)))].filter(
    (name) => name !== '',
  );
  const named = platforms.length > 3 ? [...platforms.slice(0, 2), `${platforms.length - 2} more platforms`] : platforms;
  if (named.length === 0) return [{ text: 'calls' }];
  const confidence = leastSure?.provider?.confidence ?? 'possible';
  return [{ text: `calls${platformSureness[confidence]} on ${listed(named)}` }];
}

const platformSureness: Record<Confidence, string> = { certain: '', likely: ', likely', possible: ', possibly' };

/** How sure it is whose token it is, the surest the least; what nobody knows is the least sure. */
function sureness({ provider }: Subject): number {
  return provider ? confidences.indexOf(provider.confidence) : confidences.length;
}

function whoseParts({ facts, token }: Subject, say: SentenceInput['say']): SentencePart[] {
  const name = facts.displayName || facts.userId;
  const to = { about: 'token', id: token.id } as const;
  if (name) return [{ text: 'that of ' }, { text: clip(say(name), 30), as: 'name', to }];
  const which = token.problem ? 'which is damaged' : facts.role === 'host' ? 'of a host' : 'of nobody named';
  return [{ text: `that ${which}`, to }];
}

function placeParts(subject: Subject, say: SentenceInput['say']): SentencePart[] {
  const { index, name, more } = placeOf(subject);
  const to: Target = { about: 'place', id: subject.token.id, sighting: Math.max(0, index) };
  const part: SentencePart = { text: clip(say(name), 48), as: 'code', to };
  return more > 0 ? [part, { text: ` (+${more})`, isSpare: true }] : [part];
}

/** What stands in the way, as surely as it is known. */
function verdictPart(
  id: string,
  answer: JoinAnswer | null,
  say: SentenceInput['say'],
  it: string,
  inItsWay: string,
): SentencePart {
  const to: Target = { about: 'cause', id };
  const [cause] = answer?.causes ?? [];
  if (!cause) return { text: `nothing seen stands ${inItsWay}`, to };
  return { text: `${it}${it === '' ? '' : ' '}${refusals[cause.likelihood]}: ${causeClause(cause, say)}`, to };
}

const refusals: Record<Confidence, string> = {
  certain: 'will be refused',
  likely: 'will likely be refused',
  possible: 'could be refused',
};

/** Of a page where no token that is there opens a call. */
function joinsNone(input: SentenceInput, present: readonly Subject[]): Joining {
  const gone = input.subjects
    .filter((subject) => goneSince(subject) !== null && isForCall(subject))
    .sort((a, b) => (goneSince(b) ?? 0) - (goneSince(a) ?? 0));
  const parts = present.length > 0 ? otherTokens(input, present) : noTokens(input);
  const [last] = gone;
  const was = last ? heldParts(input, last, gone.length, present.length > 0) : [];
  return {
    parts: last && present.length === 0 ? was : [...parts, ...was],
    meaning: `none ${present[0]?.token.id ?? ''} ${last?.token.id ?? ''}`,
    told: nothingTold,
  };
}

function noTokens({ what, seesHiddenCookies, isWhole, subjects }: SentenceInput): SentencePart[] {
  const gone = subjects.length > 0 ? ` any more: ${countOf(subjects.length, 'token')} gone` : '';
  const none = what === 'page' ? `No token is seen here${gone || ' yet'}` : `No token was found in this ${what}${gone}`;
  return [{ text: none + unseenWords(seesHiddenCookies, isWhole) }];
}

/** What was not looked at, and may hold more tokens. */
function unseenWords(seesHiddenCookies: boolean, isWhole: boolean): string {
  if (seesHiddenCookies) return isWhole ? '' : '; not all of it could be read and judged';
  return `; cookies hidden from scripts were not looked at${isWhole ? '' : ', and not all else could be read and judged'}`;
}

/** What is there in place of a token for a call. */
function otherTokens(input: SentenceInput, present: readonly Subject[]): SentencePart[] {
  const { say, what, seesHiddenCookies, isWhole } = input;
  const telling = present.find(isServerCredential) ?? present.find(isDamaged) ?? present.find(isLocked) ?? present[0];
  if (!telling) return [];
  const rest = present.length - 1;
  const unknown = isDamaged(telling) ? 'is damaged' : isLocked(telling) ? 'is encrypted' : null;
  // What cannot be read, or is of nobody known, may open one.
  const isKnown = present.every((one) => one.facts.use !== 'unknown' && !isDamaged(one) && !isLocked(one));
  const parts: SentencePart[] = [
    { text: `This ${what} `, isSpare: true },
    { text: unknown === null ? `holds no token ${isKnown ? '' : 'known '}to join a call, but ` : 'holds ' },
    { text: nounOf(telling), to: { about: 'token', id: telling.token.id } },
    ...platformWords(telling, say, 'of'),
    { text: ' in ' },
    ...placeParts(telling, say),
  ];
  if (rest > 0) parts.push({ text: ' and ' }, { text: countOf(rest, 'other'), to: { about: 'tokens' } });
  if (unknown !== null)
    parts.push({ text: `; ${rest > 0 ? 'the first' : 'it'} ${unknown}, so what it opens is not known` });
  const unseen = unseenWords(seesHiddenCookies, isWhole);
  if (unseen !== '') parts.push({ text: unseen });
  return parts;
}

/** Of tokens for calls that were there: they opened a room, and are gone. */
function heldParts(input: SentenceInput, last: Subject, count: number, isBeside: boolean): SentencePart[] {
  const { say, what } = input;
  const start: SentencePart[] = isBeside
    ? [{ text: '; ' }]
    : [{ text: `This ${what} `, isSpare: true }, { text: 'held ' }];
  const which = count > 1 ? `${count} tokens to join calls, the last ` : `${isBeside ? 'the' : 'a'} token to join `;
  const parts: SentencePart[] = [
    ...start,
    { text: which, to: { about: 'token', id: last.token.id } },
    ...(count > 1 ? [{ text: 'to join ' }] : []),
    ...roomParts(last, say),
    ...platformWords(last, say),
    ...whoParts(last, say),
    { text: ' in ' },
    ...placeParts(last, say),
  ];
  const gone = goneTokenWords(last);
  if (isBeside && count === 1) return [...parts, { text: ` is ${gone}` }];
  return [
    ...parts,
    { text: count > 1 ? `; all are ${gone === 'gone' ? gone : 'gone or out of sight'}` : `; it is ${gone}` },
  ];
}

const isServerCredential = ({ facts }: Subject) => facts.role === 'server' || facts.use === 'service-key';
const isDamaged = ({ token }: Subject) => token.problem !== null;
const isLocked = ({ token }: Subject) => token.problem === null && token.claims === null && token.lock !== undefined;

/** "1 token", "3 tokens". */
function countOf(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

/** The whole as one line of text. */
export function sentenceText({ parts }: Pick<PageSentence, 'parts'>): string {
  return parts
    .map(({ text }) => text)
    .join('')
    .trim();
}

/** The same for where nothing but its letters can set a name apart: names stand in quotes, so that none goes on as the sentence. */
export function quotedText({ parts }: Pick<PageSentence, 'parts'>): string {
  return sentenceText({ parts: parts.map((part) => ({ ...part, text: inQuotes(part) })) });
}

export function inQuotes({ text, as }: SentencePart): string {
  return as === 'name' ? `"${text.replaceAll('"', '\\"')}"` : text;
}
