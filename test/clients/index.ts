import { hundredMs } from './100ms.ts';
import { agora } from './agora.ts';
import { azure } from './azure.ts';
import { chime } from './chime.ts';
import type { Client } from './client.ts';
import { dailyCallObject } from './daily-call-object.ts';
import { dailyFrame } from './daily-frame.ts';
import { areAllWanted } from './install.ts';
import { jitsi } from './jitsi.ts';
import { livekit } from './livekit.ts';
import { opentok } from './opentok.ts';
import packages from './package.json' with { type: 'json' };
import { realtimekit } from './realtimekit.ts';
import { stream } from './stream.ts';
import { twilio } from './twilio.ts';
import { videosdk } from './videosdk.ts';
import { vonage } from './vonage.ts';
import { whereby } from './whereby.ts';
import { zoom } from './zoom.ts';

const clients: readonly Client[] = [
  dailyFrame,
  dailyCallObject,
  whereby,
  jitsi,
  livekit,
  opentok,
  vonage,
  twilio,
  zoom,
  hundredMs,
  stream,
  videosdk,
  realtimekit,
  agora,
  azure,
  chime,
];

/** What `npm run clients` runs, or what `npm test` has the time for. */
export const wantedClients = clients.filter(
  (client) => areAllWanted || Object.hasOwn(packages.dependencies, client.package),
);
