import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { isNote } from '../../../engine/model/notes.ts';
import { isWritten } from '../../../engine/model/report.ts';
import {
  type Knowledge,
  type Look,
  pageSentence,
  type PageSentence as Sentence,
  type SentencePart,
  sentenceText,
  type Target,
} from '../../../engine/page-sentence/page-sentence.ts';
import type { Imported } from '../../state/recordings.ts';
import { spotOf } from '../../words/finding-spot.ts';
import { masked } from '../../words/masked.ts';
import { SeverityMark } from '../parts/SeverityMark.tsx';
import { useModel } from '../store-context.ts';

/** What the page does with its tokens, and the worst of it: each part leads to what it speaks of. */
export function PageSentence() {
  const sentence = useSentence();
  return sentence && <Parts sentence={sentence} />;
}

function Parts({ sentence }: { sentence: Sentence }) {
  const { isWhole } = useModel('judgement');
  const frame = useRef<HTMLParagraphElement>(null);
  const [stop, setStop] = useState(0);
  const leading = sentence.parts.filter(({ to }) => to !== undefined);
  const current = Math.min(stop, leading.length - 1);

  // One Tab stop for all of them, arrow keys between.
  function step(event: KeyboardEvent): void {
    const to = { ArrowRight: current + 1, ArrowLeft: current - 1, Home: 0, End: leading.length - 1 }[event.key];
    const next = to === undefined ? undefined : frame.current?.querySelectorAll<HTMLElement>('[role=button]')[to];
    if (to === undefined || !next) return;
    event.preventDefault();
    setStop(to);
    next.focus();
  }

  return (
    <>
      <p ref={frame} onKeyDown={step}>
        {sentence.parts.map((part, index) => (
          <Part
            key={index}
            part={part}
            isStop={leading.indexOf(part) === current}
            enter={() => setStop(Math.max(0, leading.indexOf(part)))}
          />
        ))}
      </p>
      <Announcement sentence={sentence} isSettled={isWhole.value} />
    </>
  );
}

function Part({ part, isStop, enter }: { part: SentencePart; isStop: boolean; enter: () => void }) {
  const lead = useLead();
  const { text, to, as, severity, isSpare } = part;
  const words =
    as === 'code' ? (
      <code>{text}</code>
    ) : as === 'name' ? (
      <b>
        <bdi>{text}</bdi>
      </b>
    ) : (
      text
    );
  const spare = isSpare ? 'spare' : undefined;
  if (to) {
    return (
      // biome-ignore lint/a11y/useSemanticElements: a <button> is a box, which goes to the next line as a whole
      <span
        role="button"
        class={spare ? 'link spare' : 'link'}
        tabIndex={isStop ? 0 : -1}
        onFocus={enter}
        onClick={() => lead(to)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== ' ') return;
          event.preventDefault();
          lead(to);
        }}
      >
        {words}
      </span>
    );
  }
  return (
    <span class={spare}>
      {severity ? <SeverityMark severity={severity} word={false} /> : null}
      {words}
    </span>
  );
}

/** Opens what a part speaks of. */
function useLead(): (to: Target) => void {
  const { show, deselect } = useModel('selection');
  const { open } = useModel('navigation');
  return (to) => {
    switch (to.about) {
      case 'tokens':
        open('tokens');
        return deselect();
      case 'token':
        return show(to.id, 'overview');
      case 'place':
        return show(to.id, 'places', `sightings[${to.sighting}]`);
      case 'cause':
        return show(to.id, 'overview', 'join');
      case 'finding':
        return show(to.id, 'findings', spotOf(to));
    }
  };
}

/** Of what is on screen: the page, or files in its place. Null until it is made. */
function useSentence(): Sentence | null {
  const { report, isWhole } = useModel('judgement');
  const { closedSites } = useModel('page');
  const { imported } = useModel('recordings');
  const { subjects, findings, problems } = report.value;
  const file = imported.value;
  const input = {
    subjects,
    findings,
    look: useLook(),
    what: file === null ? 'page' : nounOf(file),
    isWhole: isWhole.value && problems.every(isNote),
    seesHiddenCookies: file !== null || closedSites.value.length === 0,
    knows: useKnowledge(),
    say: masked,
  } as const;
  const [sentence, setSentence] = useState<Sentence | null>(null);
  // In a task of its own: with many tokens it takes as long as their rows.
  useEffect(() => {
    const waiting = setTimeout(() => setSentence(pageSentence(input)));
    return () => clearTimeout(waiting);
  }, Object.values(input));
  return sentence;
}

function nounOf({ saved, inputs }: Imported): 'report' | 'recording' | 'text' {
  if (saved) return 'report';
  return inputs.every(({ kind }) => isWritten(kind)) ? 'text' : 'recording';
}

function useLook(): Look {
  const { state, hasCapture } = useModel('page');
  const { paused } = useModel('watch');
  const { imported } = useModel('recordings');
  const { value: now } = state;
  if (imported.value) return looks.read;
  if (now.kind === 'unsupported') return looks.closed;
  if (now.kind === 'failed') return now;
  if (hasCapture.value) return looks.read;
  return paused.value ? looks.paused : looks.loading;
}

/** The same objects each time, so that the sentence need not be made again. */
const looks = {
  read: { kind: 'read' },
  closed: { kind: 'closed' },
  paused: { kind: 'paused' },
  loading: { kind: 'loading' },
} as const satisfies Record<string, Look>;

/** What knows platforms, asked where the page is; null until it is loaded. */
function useKnowledge(): Knowledge | null {
  const { report, code } = useModel('judgement');
  const { place } = useModel('page');
  const { imported } = useModel('recordings');
  const { value: known } = code;
  const where = imported.value ? nowhere : place.value;
  const { now } = report.value;
  return useMemo(
    () =>
      known && {
        joinAnswer: (subject) => known.joinAnswer(subject, { ...where, now }),
        isServerOf: (subject, url) => known.isServerOf(known.providerOf(subject), url),
      },
    [known, where, now],
  );
}

const nowhere = { pageUrl: null, frames: [] };

/** Reads the sentence aloud, politely: when it says something else, not at every number in it. */
function Announcement({ sentence, isSettled }: { sentence: Sentence; isSettled: boolean }) {
  const [said, setSaid] = useState({ meaning: '', words: '' });
  const { meaning } = sentence;
  useEffect(() => {
    if (isSettled && meaning !== said.meaning) setSaid({ meaning, words: sentenceText(sentence) });
  }, [isSettled, meaning]);
  return (
    <span class="unseen" aria-live="polite">
      {said.words}
    </span>
  );
}
