import { policyTitle } from '../../words/policy-words.ts';
import { visible } from '../../words/visible.ts';
import { useModel } from '../store-context.ts';

/** Every policy that can be chosen, for a select. */
export function PolicyOptions() {
  const { names } = useModel('policyChoice');
  return (
    <>
      {names.value.map((name) => (
        <option key={name} value={name}>
          {visible(policyTitle(name))}
        </option>
      ))}
    </>
  );
}
