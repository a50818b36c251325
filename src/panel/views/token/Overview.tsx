import type { ComponentChildren } from 'preact';
import { type MisreadTime, privileges } from '../../../engine/model/facts.ts';
import type { Subject } from '../../../engine/model/report.ts';
import type { Provider } from '../../../engine/recognise/providers/provider.ts';
import type { Row } from '../../state/row.ts';
import { verdictOf } from '../../state/verdict.ts';
import { masked } from '../../words/masked.ts';
import { providerOf } from '../../words/meaning.ts';
import { answerOf, grantOf, privilegeWords } from '../../words/privilege-words.ts';
import { duration } from '../../words/show-time.ts';
import { formName, identityOf, platformOf, roomOf, scopeWords, useWords } from '../../words/token-words.ts';
import { visible } from '../../words/visible.ts';
import { Icon } from '../parts/Icon.tsx';
import { Prose } from '../parts/Prose.tsx';
import { roleWords } from '../parts/RoleBadge.tsx';
import { SeverityMark } from '../parts/SeverityMark.tsx';
import { Moment, Relative } from '../parts/Time.tsx';
import { useModel } from '../store-context.ts';
import { Damage } from './Claims.tsx';
import { Reference, spotOf } from './Findings.tsx';
import { JoinDiagnosis } from './JoinDiagnosis.tsx';
import { Versions } from './Versions.tsx';

/** What a token lets its holder do, as one would tell a colleague. */
export function Overview({ row }: { row: Row }) {
  const { subject } = row;
  const { token } = subject;
  const platform = providerOf(subject);
  return (
    <div class="overview">
      <p class="summary">
        <Summary subject={subject} />
      </p>
      <Damage token={token} />
      <WorstFindings row={row} />
      <JoinDiagnosis row={row} />
      <dl>
        <Kind subject={subject} />
        <Holder subject={subject} />
        <Powers subject={subject} />
        <Times {...subject} />
        <Verdict id={token.id} />
        {platform?.kind === 'video' ? <Enforcement platform={platform} /> : null}
        {platform ? <ReadMore platform={platform} /> : null}
      </dl>
      <Versions row={row} />
    </div>
  );
}

/** Whose token it is, in which form, and what for. */
function Kind({ subject: { facts, provider, token } }: { subject: Subject }) {
  return (
    <>
      <Pair name="Platform">
        {provider ? (
          <>
            {provider.name}
            {facts.product ? `, ${visible(facts.product)}` : ''}
            <span class="muted">
              {' '}
              ({provider.confidence}, because <Prose text={provider.because} />)
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

/** When the platform looks at the token, and what happens then. */
function Enforcement({ platform: { enforcement } }: { platform: Provider }) {
  const moments = [
    ['When joining', enforcement.atJoin],
    ['When it expires', enforcement.atExpiry],
    ['When reconnecting', enforcement.onReconnect],
    ['When removed', enforcement.onRemoval],
  ] as const;
  return (
    <>
      {moments.map(([name, text]) => (
        <Pair key={name} name={name}>
          <Prose text={text} />
        </Pair>
      ))}
    </>
  );
}

function ReadMore({ platform: { validation, links, readAt } }: { platform: Provider }) {
  return (
    <>
      <Pair name="To be sure">
        <Prose text={validation} />
      </Pair>
      <Pair name="Read more">
        {links.map((link) => (
          <span key={link.url} class="spaced">
            <Reference link={link} />
          </span>
        ))}
        <span class="muted">read {readAt}</span>
      </Pair>
    </>
  );
}

function Pair({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

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

function ShowClaim({ id, path }: { id: string; path: string }) {
  const { show } = useModel('selection');
  const at = path.startsWith('header.') ? path : `claims.${path}`;
  return (
    <button type="button" class="link" onClick={() => show(id, 'claims', at)}>
      Show <code>{visible(path)}</code>
    </button>
  );
}

/** One or two sentences: who may enter what, as what, until when. */
function Summary({ subject }: { subject: Subject }) {
  const { facts, times, token } = subject;
  const who = identityOf(subject);
  const room = roomOf(subject);
  const holder = who ? <b class="untrusted">{who}</b> : 'Whoever holds it';
  if (facts.use === 'video-join') {
    const where =
      room === null ? (
        'a room it does not name'
      ) : facts.roomScope === 'all-rooms' ? (
        'any room'
      ) : (
        <b class="untrusted">{room}</b>
      );
    return (
      <>
        {holder} may join {where} on {platformOf(subject)}
        {facts.role === 'unknown' ? '' : ` as a ${roleWords[facts.role].toLowerCase()}`}
        <Until times={times} />
      </>
    );
  }
  if (facts.role === 'server') {
    return <>A credential for servers of {platformOf(subject)}. It should never be in a browser.</>;
  }
  if (token.problem) return <>A token that cannot be read completely.</>;
  return (
    <>
      {platformOf(subject)}
      {facts.use === 'unknown' ? ', purpose not known' : `, for ${useWords[facts.use]}`}
      {who ? <>, of {holder}</> : null}
      <Until times={times} />
    </>
  );
}

function Until({ times: { status, expiresAt, notBefore, notSeconds } }: Pick<Subject, 'times'>) {
  if (status === 'never-expires') return <>, for ever: it never expires.</>;
  if (status === 'expired' && expiresAt !== null) {
    return (
      <>
        . It expired <Relative at={expiresAt} />.
      </>
    );
  }
  if (status === 'not-yet-valid' && notBefore !== null) {
    return (
      <>
        . It becomes valid <Relative at={notBefore} />.
      </>
    );
  }
  if (status === 'active' && expiresAt !== null) {
    return (
      <>
        . It expires <Relative at={expiresAt} />.
      </>
    );
  }
  const misread = notSeconds?.find(({ says }) => says !== 'issued');
  if (misread) {
    return <>{`. When it ${misread.says === 'ends' ? 'ends' : 'begins'} is not known: that is in ${misread.unit}.`}</>;
  }
  return <>.</>;
}

/** The worst few findings; the rest is a tab away. */
function WorstFindings({ row }: { row: Row }) {
  const { show } = useModel('selection');
  const shown = row.findings.filter(({ muted, under }) => !muted && !under).slice(0, 3);
  const rest = row.findings.length - shown.length;
  if (shown.length === 0) return null;
  return (
    <ul class="worst">
      {shown.map((finding) => (
        <li key={spotOf(finding)}>
          <button type="button" class="mark" onClick={() => show(row.subject.token.id, 'findings', spotOf(finding))}>
            <SeverityMark severity={finding.severity} />{' '}
            <span>
              <Prose text={finding.title} />
            </span>
          </button>
        </li>
      ))}
      {rest > 0 ? (
        <li>
          <button type="button" class="link" onClick={() => show(row.subject.token.id, 'findings')}>
            and {rest} more
          </button>
        </li>
      ) : null}
    </ul>
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
