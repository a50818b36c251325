import type { LockedKind } from '../lock/lock-file.ts';
import type { Platform, Subject } from '../model/report.ts';
import type { TokenUse } from '../model/token.ts';
import { clip } from '../text/sentence.ts';
import { tokenUses } from '../words/token-uses.ts';

/** The name of a platform, as short as those are that there are. */
export const platformName = ({ name }: Pick<Platform, 'name'>) => clip(name, 40);

/** "Daily host token for standup" */
export function titleOf({ provider, facts }: Subject): string {
  const noun = facts.role === 'host' ? 'host token' : nounOf(facts.use);
  const room = facts.room === null ? '' : ` for ${clip(facts.room, 40)}`;
  return `${provider ? `${platformName(provider)} ` : ''}${noun}${room}`;
}

/** What a token is called by what it is for, without an article. */
export function nounOf(use: TokenUse): string {
  return tokenUses[use]?.replace(/^an? /, '') ?? 'token';
}

/** "Daily call token" */
export function kindTitle({ name, platform, use, role }: LockedKind): string {
  const noun = role === 'server' ? 'server credential' : nounOf(use);
  return `${clip(name ?? platform ?? '', 40)} ${noun}`.trim();
}
