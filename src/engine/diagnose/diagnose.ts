import { contained } from '../contain.ts';
import type { Problem } from '../model/capture.ts';
import type { Subject } from '../model/report.ts';
import type { Confidence } from '../model/token.ts';
import { providers } from '../recognise/providers/index.ts';
import { serverRefused } from './answer-causes.ts';
import { type Cause, type Reason, type Situation, type Surroundings, situationOf } from './cause.ts';
import { claimMissing, claimValues, misspelt, ownProblems } from './claim-causes.ts';
import { damaged, notAlone, oddJson, serverCredential, unknownPlatform, wrongProduct } from './kind-causes.ts';
import { lifetimeOutsideLimits, tooLong } from './limit-causes.ts';
import { roomDiffers, roomIsAddress, roomSpelling, wrongPlatform } from './room-causes.ts';
import { unsigned, wrongAlgorithm } from './signature-causes.ts';
import { timeReasons } from './time-causes.ts';

export type { Cause, Surroundings } from './cause.ts';
export { roomBeingJoined } from './room-causes.ts';

/** Everything that is asked, in the order in which equally likely causes are listed. */
const reasons: readonly Reason[] = [
  damaged,
  notAlone,
  oddJson,
  serverCredential,
  wrongProduct,
  unknownPlatform,
  ...timeReasons,
  unsigned,
  wrongAlgorithm,
  claimMissing,
  ownProblems,
  misspelt,
  claimValues,
  wrongPlatform,
  roomDiffers,
  roomSpelling,
  roomIsAddress,
  lifetimeOutsideLimits,
  tooLong,
  serverRefused,
];

/**
 * Why can't I join with this token? Causes, the most likely first; none when the token itself explains nothing.
 * Pure; never throws on hostile input.
 */
export function diagnose(subject: Subject, surroundings: Surroundings): Cause[] {
  const provider = providers.find(({ id }) => id === subject.provider?.id) ?? null;
  const situation = situationOf(subject, provider, surroundings);
  const causes: Cause[] = [];
  for (const reason of reasons) {
    const found = causesOf(reason, situation);
    causes.push(...found);
    if (reason.settles && found.some(({ id }) => id !== failedId)) break;
  }
  return ranked(causes);
}

const failedId = 'unit-failed';

/** The causes of one kind. Looking for them may fail; then that is said, and the other kinds stand. */
function causesOf({ id, causes }: Reason, situation: Situation): Cause[] {
  const failed: Cause[] = [];
  const tell = ({ message }: Problem) =>
    failed.push({
      id: failedId,
      likelihood: 'possible',
      says: message,
      fix: 'Nothing in the token need change for it.',
      at: null,
    });
  return contained('cause', id, failed, tell, () => causes(situation).map((problem) => ({ id, ...problem })));
}

const likelihoods: readonly Confidence[] = ['certain', 'likely', 'possible'];

/** Most likely first, in the order found among equals; of two causes of the same kind at one claim, the first stays. */
function ranked(causes: Cause[]): Cause[] {
  const seen = new Set<string>();
  return [...causes]
    .sort((a, b) => likelihoods.indexOf(a.likelihood) - likelihoods.indexOf(b.likelihood))
    .filter(({ at, says }) => {
      const key = at ?? says;
      return seen.has(key) ? false : seen.add(key);
    })
    .slice(0, 20);
}
