import { type MisreadTime, privileges } from '../../../engine/model/facts.ts';
import type { Subject } from '../../../engine/model/report.ts';
import { anyOf } from '../../../engine/text/sentence.ts';
import { verdictOf } from '../../state/verdict.ts';
import { masked } from '../../words/masked.ts';
import { answerOf, grantOf, privilegeWords } from '../../words/privilege-words.ts';
import { duration } from '../../words/show-time.ts';
import { formName, identityOf, roleWords, roomOf, scopeWords, shownName, useWords } from '../../words/token-words.ts';
import { visible } from '../../words/visible.ts';
import { Icon } from '../parts/Icon.tsx';
import { Pair } from '../parts/Pair.tsx';
import { Prose } from '../parts/Prose.tsx';
import { Moment } from '../parts/Time.tsx';
import { useModel } from '../store-context.ts';

/** What is known of a token, line by line. */
export function TokenFacts({ subject }: { subject: Subject }) {
  return (
    <dl>
      <Kind subject={subject} />
      <Holder subject={subject} />
      <Powers subject={subject} />
      <Times {...subject} />
      <Verdict id={subject.token.id} />
    </dl>
  );
}

/** Whose token it is, in which form, and what for. */
function Kind({ subject: { facts, provider, token } }: { subject: Subject }) {
  return (
    <>
      <Pair name="Platform">
        {provider ? (
          <>
            {shownName(provider.name)}
            {facts.product ? `, ${visible(facts.product)}` : ''}
            <span class="muted">
              {' '}
              ({provider.confidence}, because <Prose text={provider.because} />
              {provider.others ? `; it could also be ${anyOf(provider.others.map(({ name }) => shownName(name)))}` : ''}
              )
            </span>
          </>
        ) : (
          'not recognised'
        )}
      </Pair>
      <Pair name="Form">{formName(token.form)}</Pair>
      {facts.use === 'video-join' || facts.use === 'unknown' ? null : (
        <Pair name="Made for">{useWords[facts.use]}</Pair>
      )}
      {facts.tenant ? <Pair name="Account">{masked(facts.tenant)}</Pair> : null}
    </>
  );
}

/** The room, and who enters it as what. */
function Holder({ subject }: { subject: Subject }) {
  const { facts, token } = subject;
  const claim = (path: string | null) => (path === null ? null : <ShowClaim id={token.id} path={path} />);
  return (
    <>
      {facts.use === 'video-join' || facts.room ? (
        <Pair name="Room">
          {facts.room === null ? '' : <b>{roomOf(subject)}</b>}{' '}
          <span class="muted">({scopeWords[facts.roomScope]})</span> {claim(facts.roomClaim)}
        </Pair>
      ) : null}
      <Pair name="Identity">
        {facts.displayName || facts.userId ? (
          <>
            <bdi>{identityOf(subject)}</bdi>
            {facts.displayName && facts.userId ? <span class="muted"> (user id {masked(facts.userId)})</span> : null}
          </>
        ) : (
          'not stated'
        )}
      </Pair>
      <Pair name="Role">
        {roleWords[facts.role]}
        {facts.vendorRole ? <span class="muted"> (the platform’s word: “{masked(facts.vendorRole)}”)</span> : null},
        because <Prose text={facts.roleBecause} /> {claim(facts.roleClaim)}
      </Pair>
    </>
  );
}

function ShowClaim({ id, path }: { id: string; path: string }) {
  const { show } = useModel('selection');
  const at = path.startsWith('header.') ? path : `claims.${path}`;
  return (
    <button type="button" class="link" onClick={() => show(id, 'claims', at)}>
      Show <code>{visible(path)}</code>
    </button>
  );
}

/** Privileges in three lines: granted, denied, left to something else. */
function Powers({ subject: { facts, token } }: { subject: Subject }) {
  const { show } = useModel('selection');
  const by = (answer: string) =>
    privileges.filter((one) => answerOf(grantOf(facts, one)) === answer).map((one) => privilegeWords[one]);
  const lines = [
    ['May', by('yes')],
    ['May not', by('no')],
    ['Depends', by('depends')],
  ] as const;
  if (lines.every(([, words]) => words.length === 0)) return null;
  return (
    <>
      {lines.map(([name, words]) =>
        words.length === 0 ? null : (
          <Pair key={name} name={name}>
            {words.join(', ')}{' '}
            {name === 'Depends' ? (
              <button type="button" class="link" onClick={() => show(token.id, 'privileges')}>
                On what?
              </button>
            ) : null}
          </Pair>
        ),
      )}
    </>
  );
}

function Times({ times, token }: Pick<Subject, 'times' | 'token'>) {
  const misread = (says: MisreadTime['says']) => times.notSeconds?.find((one) => one.says === says);
  const [issued, starts, ends] = [misread('issued'), misread('starts'), misread('ends')];
  return (
    <>
      {times.issuedAt === null && !issued ? null : (
        <Pair name="Issued">{issued ? <Misread time={issued} /> : <Moment at={times.issuedAt ?? 0} />}</Pair>
      )}
      {times.notBefore === null && !starts ? null : (
        <Pair name="Valid from">{starts ? <Misread time={starts} /> : <Moment at={times.notBefore ?? 0} />}</Pair>
      )}
      <Pair name="Valid until">
        {ends ? (
          <Misread time={ends} />
        ) : times.expiresAt !== null ? (
          <Moment at={times.expiresAt} />
        ) : times.status === 'never-expires' ? (
          'it never expires'
        ) : times.endsWith ? (
          `no time: it ends with ${times.endsWith}`
        ) : token.problem ? (
          'not known, because the token is damaged'
        ) : (
          'not known'
        )}
        {times.lifetimeSeconds === null ? null : (
          <span class="muted"> (lives {duration(times.lifetimeSeconds)} in all)</span>
        )}
      </Pair>
    </>
  );
}

/** A time that is no date, with what the servers that it is meant for make of it. */
function Misread({ time: { claim, value, unit, says } }: { time: MisreadTime }) {
  return (
    <>
      not known: <code>{visible(claim)}</code> is {value}, in {unit}; servers that read seconds {effects[says]}
    </>
  );
}

const effects: Record<MisreadTime['says'], string> = {
  ends: 'never see it end',
  starts: 'never see it begin',
  issued: 'see it made far in the future',
};

/** What a backend or a key in hand said; nothing while neither was asked. */
function Verdict({ id }: { id: string }) {
  const validation = useModel('validation');
  const { show } = useModel('selection');
  const validity = validation.validities.value.get(id);
  const check = validation.localChecks.value.get(id);
  if (!validity && !check) return null;
  const verdict = validity ? verdictOf(validity) : null;
  return (
    <Pair name="Validity">
      {verdict && validity ? (
        <span class={`verdict ${verdict.tone}`}>
          <Icon name={verdict.icon} /> <b>{verdict.title}</b>
          <span class="muted"> ({visible(validity.by)})</span>{' '}
        </span>
      ) : null}
      {check ? <span>{localWords[check.outcome]} </span> : null}
      <button type="button" class="link" onClick={() => show(id, 'validity')}>
        {verdict ? 'Why?' : 'More'}
      </button>
    </Pair>
  );
}

const localWords = {
  passed: 'Your key fits it.',
  failed: 'Your key does not fit it.',
  'not-checked': 'Your key could not check it.',
};
