import { useMemo } from 'preact/hooks';
import { createJourneys } from '../../../engine/journey/journey.ts';
import { inferred, stepWords, tellsMore, toldOf } from '../../../engine/journey/journey-words.ts';
import type { JourneyStep } from '../../../engine/model/journey.ts';
import type { Subject } from '../../../engine/model/report.ts';
import { urlFrom } from '../../../engine/text/hosts.ts';
import { repeatWords } from '../../../engine/text/repeat-words.ts';
import type { Row } from '../../state/row.ts';
import { masked, secretsOf } from '../../words/masked.ts';
import { timeOfDay } from '../../words/show-time.ts';
import { titleOf } from '../../words/token-words.ts';
import { cut, visible } from '../../words/visible.ts';
import { useModel } from '../store-context.ts';
import { JourneyPicture } from './JourneyPicture.tsx';

/** Steps listed; the report has all. */
const most = 100;

/** Where the token went, in order: a list, and its picture for the eye. Nothing where its places tell as much. */
export function Journey({ row }: { row: Row }) {
  const { all } = useModel('rows');
  const { show } = useModel('selection');
  const rows = all.value;
  const journeyOf = useMemo(() => createJourneys(rows.map(({ subject }) => subject)), [rows]);
  const { subject } = row;
  const steps = useMemo(() => journeyOf(subject), [journeyOf, subject]);
  if (!tellsMore(steps)) return null;
  const open = ({ sighting }: JourneyStep) => show(subject.token.id, 'places', `sightings[${sighting}]`);
  const tokenWords = createTokenWords(rows);
  const words = createWords(subject, tokenWords);
  return (
    <section class="journey" aria-label="Its way">
      <h2>Its way</h2>
      <JourneyPicture steps={steps} words={words} open={open} />
      <ol>
        {steps.slice(0, most).map((step, index) => (
          <li key={`${index} ${step.step}`}>
            <Step step={step} subject={subject} words={words(step)} open={open} />
          </li>
        ))}
      </ol>
      {steps.length > most ? <p class="hint">{steps.length - most} more steps are in the exported report.</p> : null}
      {inferred(steps, toldOf(subject), tokenWords).map((sentence) => (
        <p key={sentence} class="hint">
          {visible(cut(sentence, 400).text)}
        </p>
      ))}
    </section>
  );
}

function Step(props: { step: JourneyStep; subject: Subject; words: string; open: (step: JourneyStep) => void }) {
  const { step, subject, words, open } = props;
  const { zone } = useModel('settings');
  const { at, party, count = 1, lastAt = null, for: other } = step;
  const time = (seconds: number) => timeOfDay(seconds, zone.value);
  return (
    <>
      <time>{at === null ? 'unknown' : preciseTime(at, time)}</time>
      <span>
        <button type="button" class="link" onClick={() => open(step)}>
          {party === 'stranger' ? <strong class="stranger">Not meant for it: </strong> : null}
          {words}
        </button>
        {count > 1 ? `, ${repeatWords({ count: count - 1, elsewhere: 0, lastAt }, time)}` : ''}
        {other === undefined ? null : <Other id={other} />}
        <InNetworkPanel step={step} subject={subject} />
      </span>
    </>
  );
}

/** "12:00:00.250" where fractions are told. */
function preciseTime(at: number, time: (seconds: number) => string): string {
  const thousandths = Math.floor((at - Math.floor(at)) * 1000 + 1e-6);
  return Number.isInteger(at) ? time(at) : `${time(at)}.${String(thousandths).padStart(3, '0')}`;
}

/** Leads to the token that came back for this one, or took its place. */
function Other({ id }: { id: string }) {
  const { show } = useModel('selection');
  const row = useModel('rows').byId.value.get(id);
  if (!row) return null;
  return (
    <>
      {' '}
      <button type="button" class="link" onClick={() => show(id, 'places')}>
        Show it
      </button>
    </>
  );
}

/** Leads to the request in the browser's own list, where it has one; of recordings it knows nothing. */
function InNetworkPanel({ step, subject }: { step: JourneyStep; subject: Subject }) {
  const { show } = useModel('requests');
  const sighting = subject.sightings[step.sighting];
  const address =
    sighting?.place.exchange && sighting.input === undefined ? addressIn(sighting.place.url, subject) : null;
  if (!show || address === null) return null;
  return (
    <>
      {' '}
      <button type="button" class="link" onClick={() => show(address)}>
        Show in Network
      </button>
    </>
  );
}

/** Host and path of a request; the host alone where the path holds the token. */
function addressIn(url: string | null, { token }: Subject): string | null {
  const address = urlFrom(url);
  if (!address) return null;
  const { host, pathname } = address;
  const path = pathname.slice(0, 200);
  const holdsToken = secretsOf(token).some((secret) => path.includes(secret.slice(0, 20)));
  return holdsToken ? host : `${host}${path}`;
}

function createTokenWords(rows: readonly Row[]): (id: string) => string {
  return (id) => {
    const other = rows.find(({ subject }) => subject.token.id === id);
    return other ? titleOf(other.subject) : 'another token';
  };
}

function createWords(subject: Subject, tokenWords: (id: string) => string): (step: JourneyStep) => string {
  const told = toldOf(subject);
  const secrets = secretsOf(subject.token);
  return (step) => visible(cut(masked(stepWords(step, told, tokenWords), secrets), 400).text);
}
