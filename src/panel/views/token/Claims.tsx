import { useRef } from 'preact/hooks';
import { isUnread } from '../../../engine/contain.ts';
import type { Token } from '../../../engine/model/token.ts';
import type { JsonObject } from '../../../engine/text/json.ts';
import type { Row } from '../../state/row.ts';
import { hasPath, normalPath } from '../../words/json-path.ts';
import { masked, secretsOf } from '../../words/masked.ts';
import { formName } from '../../words/token-words.ts';
import { visible } from '../../words/visible.ts';
import { CopyButton } from '../parts/CopyButton.tsx';
import { LongText } from '../parts/LongText.tsx';
import { Prose } from '../parts/Prose.tsx';
import { Spot } from '../parts/Spot.tsx';
import { ClaimNode, Members } from './ClaimNode.tsx';
import { Marks } from './Marks.tsx';
import { useClaimKeys } from './use-claim-keys.ts';

/** Header and claims as trees, each member with its meaning and the findings it causes. */
export function Claims({ row }: { row: Row }) {
  const { token } = row.subject;
  const claims = useRef<HTMLDivElement>(null);
  const onKeyDown = useClaimKeys(claims);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it hears the keys of the claims inside
    <div ref={claims} class="claims" onKeyDown={onKeyDown}>
      <Damage token={token} />
      <Part title="Header" root="header" value={token.header} row={row} />
      {token.opaquePayload === null ? (
        <Part title="Claims" root="claims" value={token.claims} row={row} />
      ) : (
        <section>
          <h2>Payload</h2>
          <p class="hint">It is not a JSON object, so it holds no claims.</p>
          <p class="mono">
            <LongText text={token.opaquePayload} secrets={secretsOf(token)} what="Payload" />
          </p>
        </section>
      )}
      {token.disclosures.length > 0 ? (
        <section>
          <h2>Disclosures</h2>
          <ul class="tree">
            {token.disclosures.slice(0, 200).map(({ name, value, digest, bound }, index) => (
              <ClaimNode
                key={digest}
                name={name ?? `item ${index + 1}`}
                path={`disclosures.${index}`}
                value={value}
                depth={0}
                row={row}
                note={bound ? 'Its digest is in the signed token.' : 'No digest in the signed token matches it.'}
              />
            ))}
          </ul>
        </section>
      ) : null}
      {token.inner.slice(0, 20).map(({ path, token: inner }) => (
        <section key={path}>
          <h2>
            {formName(inner.form)} inside, at <code>{visible(path)}</code>
          </h2>
          <ul class="tree">
            <ClaimNode name="header" path={`inner.${path}.header`} value={inner.header} depth={1} row={row} />
            <ClaimNode name="claims" path={`inner.${path}.claims`} value={inner.claims} depth={1} row={row} />
          </ul>
        </section>
      ))}
    </div>
  );
}

function headingOf(problem: Token['problem']): string {
  if (!problem) return 'Written in an unusual way';
  return isUnread(problem) ? 'This token was not read' : 'This token is damaged';
}

/** What is wrong with the token's text, and where; its oddities as well. */
export function Damage({ token }: { token: Token }) {
  const oddities = token.problem ? [token.problem, ...token.irregularities] : token.irregularities;
  if (oddities.length === 0) return null;
  return (
    <section class="damage">
      <h2>{headingOf(token.problem)}</h2>
      <ul>
        {oddities.slice(0, 50).map(({ code, message, offset }) => (
          <li key={`${code} ${offset}`}>
            <Prose text={message} secrets={secretsOf(token)} />
            {offset === undefined
              ? ''
              : ` (character ${offset.toLocaleString('en')} of ${token.text.length.toLocaleString('en')})`}
          </li>
        ))}
      </ul>
      {token.problem && (token.header || token.claims) ? <p>Below is what could still be read.</p> : null}
    </section>
  );
}

function Part({
  title,
  root,
  value,
  row,
}: {
  title: string;
  root: 'header' | 'claims';
  value: JsonObject | null;
  row: Row;
}) {
  const { token } = row.subject;
  return (
    <section>
      <h2>
        {title}
        {value ? <CopyButton what={title} text={() => copyable(value)} iconOnly /> : null}
      </h2>
      {value ? (
        <ul class="tree">
          <Members value={value} path={root} depth={0} row={row} />
          <Absent root={root} value={value} row={row} />
        </ul>
      ) : (
        <p class="hint">
          {root === 'claims' && token.lock
            ? token.lock.says
            : root === 'header' && (token.claims || token.lock)
              ? 'Tokens of this form have no header.'
              : 'It could not be read.'}
        </p>
      )}
    </section>
  );
}

/** Claims that findings speak of because they are not there. */
function Absent({ root, value, row }: { root: string; value: JsonObject; row: Row }) {
  const paths = new Set(
    row.findings.flatMap(({ at }) => (at?.startsWith(`${root}.`) ? [normalPath(at).slice(root.length + 1)] : [])),
  );
  return (
    <>
      {[...paths]
        .filter((path) => !hasPath(value, path))
        .map((path) => (
          <li key={path} class="node">
            <Spot at={`${root}.${path}`} class="claim absent">
              <div class="pair">
                <span class="name">{masked(path)}</span>
                <span class="muted">not there</span>
                <Marks path={`${root}.${path}`} row={row} />
              </div>
            </Spot>
          </li>
        ))}
    </>
  );
}

/** JSON text of what was decoded; a value nested too deeply for JSON.stringify is said to be so. */
function copyable(value: JsonObject): string {
  try {
    return JSON.stringify(value, null, 2);
  } catch {
    return '(nested too deeply to be written)';
  }
}
