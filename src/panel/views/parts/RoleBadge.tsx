import type { Facts } from '../../../engine/model/facts.ts';
import { masked } from '../../words/masked.ts';
import { roleWords } from '../../words/token-words.ts';

export function RoleBadge({ facts }: { facts: Facts }) {
  if (facts.role === 'unknown') return <span class="muted">{facts.use === 'video-join' ? 'Unknown' : '–'}</span>;
  const vendor = facts.vendorRole ? ` (“${masked(facts.vendorRole)}”)` : '';
  return (
    <span
      class={`badge ${facts.role}`}
      title={`${roleWords[facts.role]}${vendor}, because ${masked(facts.roleBecause)}`}
    >
      {roleWords[facts.role]}
    </span>
  );
}
