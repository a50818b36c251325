import type { Facts, Grant, Privilege } from '../model/facts.ts';

/** Each privilege as it completes "may …". */
export const privilegeWords: Record<Privilege, string> = {
  join: 'join the room',
  subscribe: 'see and hear others',
  'publish-audio': 'send sound',
  'publish-video': 'send video',
  'share-screen': 'share the screen',
  'send-data': 'send messages and data',
  'mute-others': 'mute others',
  'remove-others': 'remove others',
  'admit-others': 'let others in from the lobby',
  'change-permissions': 'change what others may do',
  record: 'record the call',
  'live-stream': 'stream the call live',
  transcribe: 'transcribe the call',
  'dial-out': 'call phones from the room',
  'manage-rooms': 'create and delete rooms',
  'join-hidden': 'join without being seen',
  'bypass-lobby': 'go past the lobby',
};

/** The same where room is short: the head of a column. */
export const shortPrivilegeWords: Record<Privilege, string> = {
  join: 'Join',
  subscribe: 'See and hear',
  'publish-audio': 'Send sound',
  'publish-video': 'Send video',
  'share-screen': 'Share screen',
  'send-data': 'Send data',
  'mute-others': 'Mute others',
  'remove-others': 'Remove others',
  'admit-others': 'Let others in',
  'change-permissions': 'Change rights',
  record: 'Record',
  'live-stream': 'Stream live',
  transcribe: 'Transcribe',
  'dial-out': 'Call phones',
  'manage-rooms': 'Manage rooms',
  'join-hidden': 'Join unseen',
  'bypass-lobby': 'Skip the lobby',
};

export type Answer = 'yes' | 'no' | 'depends' | 'not stated';

/** Yes, no, or that something other than the token decides. */
export function answerOf(grant: Grant | undefined): Answer {
  if (!grant) return 'not stated';
  return grant.allowed === null ? 'depends' : grant.allowed ? 'yes' : 'no';
}

export function grantOf(facts: Facts, privilege: Privilege): Grant | undefined {
  return Object.hasOwn(facts.privileges, privilege) ? facts.privileges[privilege] : undefined;
}
