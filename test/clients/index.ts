import { hundredMs } from './100ms.ts';
import { agora } from './agora.ts';
import type { Client } from './client.ts';
import { dailyFrame } from './daily-frame.ts';
import { areAllWanted } from './install.ts';
import { jitsi } from './jitsi.ts';
import { livekit } from './livekit.ts';
import { opentok } from './opentok.ts';
import packages from './package.json' with { type: 'json' };
import { stream } from './stream.ts';
import { twilio } from './twilio.ts';
import { vonage } from './vonage.ts';

const clients: readonly Client[] = [dailyFrame, jitsi, livekit, opentok, vonage, twilio, hundredMs, stream, agora];

/** What `npm run clients` runs, or what `npm test` has the time for. */
export const wantedClients = clients.filter(
  (client) => areAllWanted || Object.hasOwn(packages.dependencies, client.package),
);
