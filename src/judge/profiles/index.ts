import { daily } from './daily.ts';
import { general } from './general.ts';
import { jaas } from './jaas.ts';
import { jitsi } from './jitsi.ts';
import { livekit } from './livekit.ts';
import { opentok } from './opentok.ts';
import type { Profile } from './profile.ts';
import { vonage } from './vonage.ts';

/** Every platform whose own server's way is known; `general` serves all others. */
export const profiles: readonly Profile[] = [daily, jaas, jitsi, livekit, opentok, vonage];

/** The profile of a provider by its id. */
export function profileOf(provider: string | undefined): Profile {
  return profiles.find(({ id }) => id === provider) ?? general;
}
