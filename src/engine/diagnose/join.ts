import type { Subject } from '../model/report.ts';
import { providers } from '../recognise/providers/index.ts';
import type { Cause, Surroundings } from './cause.ts';
import { diagnose } from './diagnose.ts';
import { isRoomTold } from './room-causes.ts';

/** What stands in the way of joining a call with a token. */
export interface JoinAnswer {
  /**
   * `refused`: at least one cause is certain. `doubtful`: there are causes, and none is. `nothing-seen`: of what token and page show,
   * nothing stands in the way; what they do not show may.
   */
  verdict: 'refused' | 'doubtful' | 'nothing-seen';
  /** The most likely first. */
  causes: Cause[];
  /** What neither token nor page can show, each a clause: "whether the room has a lobby or a password". */
  notTold: string[];
}

/** Shown by no token, whatever the platform. */
const neverShown = [
  'whether it was signed with the key that the server knows',
  'whether the room exists and lets anybody in',
];
/** Of a token with times, where neither code nor documents of the platform tell. */
const clockUnknown = 'how many seconds its server forgives where clocks differ';
/** What is not known where no address is given, where one is not known to be that of a room, and where only a room is. */
const withoutAddress = 'which room is asked for, and on whose page';
const withoutRoom = 'which room the page asks for, and of whom: its address does not tell';
const withoutPage = 'on whose page the room is asked for';

/** Why joining with a token fails, as far as token and page show; null for what opens no call. Pure; never throws. */
export function joinAnswer(subject: Subject, surroundings: Surroundings): JoinAnswer | null {
  const provider = providers.find(({ id }) => id === subject.provider?.id);
  if (subject.facts.use !== 'video-join' && provider?.kind !== 'video') return null;
  const causes = diagnose(subject, surroundings);
  return {
    verdict: causes.some(({ likelihood }) => likelihood === 'certain')
      ? 'refused'
      : causes.length > 0
        ? 'doubtful'
        : 'nothing-seen',
    causes,
    notTold: [
      ...unknownRoom(subject, surroundings),
      ...(provider?.notShown ?? neverShown),
      ...(hasTimes(subject) && provider?.clock?.leewaySeconds === undefined ? [clockUnknown] : []),
    ],
  };
}

function hasTimes({ times: { issuedAt, notBefore, expiresAt } }: Subject): boolean {
  return issuedAt !== null || notBefore !== null || expiresAt !== null;
}

/** What is not known of the room that the token was to be compared with, and of its page. */
function unknownRoom(subject: Subject, surroundings: Surroundings): string[] {
  const { pageUrl, frames, room } = surroundings;
  const hasPage = pageUrl !== null || frames.length > 0;
  if (!hasPage) return [room == null ? withoutAddress : withoutPage];
  return isRoomTold(subject, surroundings) ? [] : [withoutRoom];
}
