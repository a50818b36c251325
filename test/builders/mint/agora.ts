import agora006Package from 'agora-access-token/src/AccessToken.js';
import agora007Package from 'agora-token';
import agora007Parts from 'agora-token/src/AccessToken2.js';
import { hours, minutes, now } from '../tokens.ts';
import type { Minted } from './minted.ts';

const { AccessToken, priviledges } = agora006Package;
const { RtcRole, RtcTokenBuilder } = agora007Package;
const { AccessToken2, ServiceChat, ServiceRtc, ServiceRtm } = agora007Parts;

export const agoraApp = '970CA35de60c44645bbae8a215061b33';
export const certificate = '5CFd2fd1755d40ecb72977518be15d3b';

/** The vendor's builder takes the time of issue only here. */
function token(
  services: ConstructorParameters<typeof ServiceRtc>[] | null,
  more: object[] = [],
  expire = hours(1),
): string {
  const made = new AccessToken2(agoraApp, certificate, now, expire);
  for (const [channel, uid] of services ?? []) {
    const service = new ServiceRtc(channel, uid);
    for (const privilege of [1, 2, 3, 4]) service.add_privilege(privilege, minutes(30));
    made.add_service(service);
  }
  for (const service of more) made.add_service(service);
  return made.build();
}

function rtm(user: string) {
  const service = new ServiceRtm(user);
  service.add_privilege(1, 0);
  return service;
}

function listener(channel: string, expire = 0) {
  const service = new ServiceRtc(channel, 'ada');
  service.add_privilege(1, expire);
  return service;
}

export const agora007: Minted = {
  guest: () => token([['standup', 2_882_341_273]]),
  'by the builder': () =>
    RtcTokenBuilder.buildTokenWithUid(agoraApp, certificate, 'standup', 42, RtcRole.PUBLISHER, hours(1), hours(1)),
  viewer: () => token(null, [listener('standup')]),
  'for anybody': () => token([['standup', 0]]),
  'with messaging': () => token([['standup', 'ada']], [rtm('ada')]),
  'messaging only': () => token(null, [rtm('ada')]),
  'chat only': () => token(null, [new ServiceChat('ada')]),
  'without room': () => token([['', 'ada']]),
  'wildcard room': () => token([['*', 'ada']]),
  'too long': () => token([['standup', 'ada']], [], hours(48)),
  'odd: privilege outlives the token': () => token(null, [listener('standup', hours(9))], minutes(1)),
};

function old(channel: string, uid: number, privileges: number[]): string {
  const made = new AccessToken(agoraApp, certificate, channel, uid);
  made.ts = now + hours(24);
  for (const privilege of privileges) made.addPriviledge(privilege, now + hours(1));
  return made.build();
}

export const agora006: Minted = {
  guest: () =>
    old('standup', 42, [
      priviledges.kJoinChannel,
      priviledges.kPublishAudioStream,
      priviledges.kPublishVideoStream,
      priviledges.kPublishDataStream,
    ]),
  viewer: () => old('standup', 42, [priviledges.kJoinChannel]),
  'for anybody': () => old('standup', 0, [priviledges.kJoinChannel]),
  administrator: () => old('standup', 42, [priviledges.kJoinChannel, priviledges.kAdministrateChannel]),
};
