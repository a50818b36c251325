import { privileges } from '../../../engine/model/facts.ts';
import type { Row } from '../../state/row.ts';
import { answerOf, grantOf, privilegeWords } from '../../words/privilege-words.ts';
import { shownName } from '../../words/token-words.ts';
import { Answer } from '../parts/Answer.tsx';
import { Prose } from '../parts/Prose.tsx';
import { useModel } from '../store-context.ts';

/** Every privilege, whether the token gives it, and what decides. */
export function Privileges({ row: { subject } }: { row: Row }) {
  const { show } = useModel('selection');
  const { facts, token, provider } = subject;
  if (facts.use !== 'video-join' && facts.role !== 'server' && Object.keys(facts.privileges).length === 0) {
    return (
      <p class="hint">
        {provider
          ? `${shownName(provider.name)} does not issue this kind of token for calls, so it grants nothing in one.`
          : 'No known platform issues tokens of this shape, so its privileges cannot be told.'}
      </p>
    );
  }
  return (
    <table class="privileges">
      <thead>
        <tr>
          <th scope="col">Its holder may …</th>
          <th scope="col">Answer</th>
          <th scope="col">Because</th>
        </tr>
      </thead>
      <tbody>
        {privileges.map((privilege) => {
          const grant = grantOf(facts, privilege);
          const claim = grant?.claim ?? null;
          return (
            <tr key={privilege}>
              <th scope="row">{privilegeWords[privilege]}</th>
              <td>
                <Answer answer={answerOf(grant)} />
              </td>
              <td>
                {grant ? <Prose text={grant.because} /> : 'tokens of this platform do not speak of it'}
                {claim === null ? null : (
                  <>
                    {' '}
                    <button
                      type="button"
                      class="link"
                      onClick={() => show(token.id, 'claims', claim.startsWith('header.') ? claim : `claims.${claim}`)}
                    >
                      Show <code>{claim}</code>
                    </button>
                  </>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
