import type { JsonObject } from '../../../src/engine/text/json.ts';
import { hours, jwt, now } from '../tokens.ts';
import type { Minted } from './minted.ts';

/** Huddle01 makes tokens behind its own API; its server SDK's types say what they hold (`TokenVerifier.verify`). */
export function huddle01Token(claims: JsonObject = {}, permissions: JsonObject = {}): string {
  return jwt({
    peerId: 'peer_4f1c',
    roomId: 'abc-defg-hij',
    projectId: 'pi_2x7q',
    role: 'guest',
    permissions: {
      admin: false,
      canConsume: true,
      canProduce: true,
      canProduceSources: { cam: true, mic: true, screen: true },
      canSendData: true,
      canRecvData: true,
      canUpdateMetadata: true,
      ...permissions,
    },
    iat: now,
    exp: now + hours(4),
    ...claims,
  });
}

export const huddle01: Minted = {
  guest: () => huddle01Token(),
  host: () => huddle01Token({ role: 'host', displayName: 'Ada' }, { admin: true }),
  viewer: () =>
    huddle01Token(
      { role: 'listener' },
      { canProduce: false, canProduceSources: { cam: false, mic: false, screen: false } },
    ),
  'odd: fewer members': () =>
    jwt({
      roomId: 'abc-defg-hij',
      permissions: { admin: 'yes', canConsume: true, canProduce: true },
      exp: now + hours(4),
    }),
};
