import { agora007 } from './agora-007.ts';
import { jose } from './jose.ts';
import { opentokT1 } from './opentok-t1.ts';
import { trtcUsersig } from './trtc-usersig.ts';
import type { Verifier } from './verifier.ts';

/** Every way to check a signature; the first that fits is used. */
export const verifiers: readonly Verifier[] = [jose, opentokT1, agora007, trtcUsersig];
