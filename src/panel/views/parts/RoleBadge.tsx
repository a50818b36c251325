import type { Facts, Role } from '../../../engine/model/facts.ts';
import { masked } from '../../words/masked.ts';

export const roleWords: Record<Role, string> = {
  host: 'Host',
  participant: 'Participant',
  viewer: 'Viewer',
  server: 'Server',
  unknown: 'Unknown',
};

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
