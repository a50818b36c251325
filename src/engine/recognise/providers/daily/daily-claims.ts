import type { ClaimMeaning } from '../provider.ts';

/** Kinds of recording (docs.daily.co/docs/guides/features/recording). */
export const recordings = ['cloud', 'cloud-audio-only', 'local', 'raw-tracks'];

/** Said of REST properties for which the table of abbreviations has no short name. */
const noShortName =
  'Daily documents no short name for it, and does not say whether a token you sign yourself may hold it.';

/** Claims of a Daily meeting token, each with the REST property it abbreviates. */
export const dailyClaims: Record<string, ClaimMeaning> = {
  r: {
    name: 'room_name',
    type: 'string',
    means: 'The one room this token opens.',
    whenAbsent: 'opens every room of the domain',
  },
  d: {
    name: 'domain_id',
    type: 'string',
    means: 'The Daily domain, by its id. Needed when you sign the token yourself.',
  },
  iat: {
    type: 'number',
    unit: 'seconds since the epoch',
    means: 'When the token was made. Needed when you sign the token yourself.',
  },
  exp: {
    name: 'exp',
    type: 'number',
    unit: 'seconds since the epoch',
    means: 'Last moment to join. It ends the holder’s stay only together with `ejt`.',
    whenAbsent: 'never expires',
  },
  nbf: {
    name: 'nbf',
    type: 'number',
    unit: 'seconds since the epoch',
    means: 'First moment to join.',
    whenAbsent: 'valid at once',
  },
  ud: {
    name: 'user_id',
    type: 'string',
    means:
      'Identity of the participant, at most 36 characters. In a room with `enforce_unique_user_ids` whoever joins puts out an earlier participant of the same id. On HIPAA domains only UUIDs are reported back; others become "hipaa".',
    whenAbsent: 'none, and `enforce_unique_user_ids` does not hinder anybody from sharing the token',
  },
  u: { name: 'user_name', type: 'string', means: 'Name shown to the others.', whenAbsent: 'none' },
  o: {
    name: 'is_owner',
    type: 'boolean',
    means: 'Makes the holder a meeting owner, with every power in the call.',
    whenAbsent: 'false',
  },
  p: {
    name: 'permissions',
    type: 'object',
    means: 'Fine-grained permissions. What stands here comes before the room, which comes before the domain.',
    whenAbsent: "the room's permissions apply; an owner has all of them",
  },
  'p.hp': {
    name: 'hasPresence',
    type: 'boolean',
    means:
      'Whether the others can see that the holder is there. `false` hides the holder, in calls that use a media server (SFU mode).',
  },
  'p.cs': {
    name: 'canSend',
    type: ['boolean', 'string'],
    means:
      'What the holder may send: all, nothing, or a comma list of `v` video, `a` audio, `sv` screen video, `sa` screen audio, `cv` custom video and `ca` custom audio.',
  },
  'p.cr': {
    name: 'canReceive',
    type: 'object',
    means:
      'What the holder may receive. A rule for a participant comes before one for a user, and that before the base.',
  },
  'p.cr.b': {
    name: 'base',
    type: ['boolean', 'object'],
    means: 'What may be received from anybody without a rule of their own.',
  },
  'p.cr.u': { name: 'byUserId', type: 'object', means: 'Rules by user id; they come before the base.' },
  'p.cr.u.*': { type: ['boolean', 'object'], means: 'What may be received from this user.' },
  'p.cr.p': {
    name: 'byParticipantId',
    type: 'object',
    means: 'Rules by participant id; they come before all others.',
  },
  'p.cr.p.*': { type: ['boolean', 'object'], means: 'What may be received from this participant.' },
  ...receiveParts('p.cr.b'),
  ...receiveParts('p.cr.u.*'),
  ...receiveParts('p.cr.p.*'),
  'p.ca': {
    name: 'canAdmin',
    type: ['boolean', 'string'],
    means:
      'Admin powers: all, none, or a comma list of `p` participants, `s` streaming and `t` transcription. An owner keeps participants admin whatever stands here.',
  },
  k: {
    name: 'knocking',
    type: 'boolean',
    means: 'The holder has to knock and be let in. Works where the room has knocking switched on.',
    whenAbsent: 'false: the token skips the lobby',
  },
  ss: { name: 'enable_screenshare', type: 'boolean', means: 'May share the screen.', whenAbsent: 'true' },
  vo: { name: 'start_video_off', type: 'boolean', means: 'Joins with the camera off.', whenAbsent: 'false' },
  ao: { name: 'start_audio_off', type: 'boolean', means: 'Joins with the microphone off.', whenAbsent: 'false' },
  er: {
    name: 'enable_recording',
    type: 'string',
    values: recordings,
    means: 'Kind of recording the holder may start: `cloud`, `cloud-audio-only`, `local` or `raw-tracks`.',
    whenAbsent: "the room's or domain's setting applies",
  },
  erui: {
    name: 'enable_recording_ui',
    type: 'boolean',
    means: 'Shows the recording controls in Daily Prebuilt.',
    whenAbsent: "the room's setting applies",
  },
  sr: {
    name: 'start_cloud_recording',
    type: 'boolean',
    means:
      'Starts a cloud recording as the holder joins. Cloud recording must be switched on, by `er: "cloud"` or in the room; whether `cloud-audio-only` is enough Daily does not say.',
    whenAbsent: 'false',
  },
  sro: {
    name: 'start_cloud_recording_opts',
    type: 'object',
    means: 'Options for the recording that `sr` starts. Can make the token too long for a URL.',
  },
  ast: {
    name: 'auto_start_transcription',
    type: 'boolean',
    means: 'Transcription starts when an owner joins.',
    whenAbsent: 'false',
  },
  ejt: {
    name: 'eject_at_token_exp',
    type: 'boolean',
    means:
      "Takes the holder out of the call when `exp` arrives. A token that sets `ejt` or `eje` overrides all of the room's eject settings.",
    whenAbsent: 'false: `eje` may end the stay, and where that is absent too, the room’s own eject settings',
  },
  eje: {
    name: 'eject_after_elapsed',
    type: 'number',
    unit: 'seconds',
    means:
      "Takes the holder out of the call so long after joining, whenever `exp` is. A token that sets `eje` or `ejt` overrides all of the room's eject settings: `eje` alone switches off `eject_at_room_exp`.",
    whenAbsent: 'no limit from the token; the room may have one',
  },
  ctoe: {
    name: 'close_tab_on_exit',
    type: 'boolean',
    means: 'Daily Prebuilt closes the tab on leaving.',
    whenAbsent: 'false',
  },
  rome: {
    name: 'redirect_on_meeting_exit',
    type: 'string',
    means: 'Address Daily Prebuilt opens on leaving, with `recent-call=<domain>/<room>` added.',
    whenAbsent: 'none',
  },
  ij: { name: 'intercom_join_alert', type: 'boolean', means: 'Sends a notice to Intercom when the holder joins.' },
  mjh: { name: 'meeting_join_hook', type: 'string', means: 'Listed by Daily without further explanation.' },
  enable_prejoin_ui: {
    type: 'boolean',
    means: `Shows the check of camera and microphone before joining, in Daily Prebuilt. ${noShortName}`,
  },
  enable_live_captions_ui: {
    type: 'boolean',
    means: `Shows the button for captions, in Daily Prebuilt. ${noShortName}`,
  },
  enable_terse_logging: { type: 'boolean', means: `Writes fewer log messages, for large calls. ${noShortName}` },
  uil: { name: 'lang', type: 'string', means: 'Language of the call interface.', whenAbsent: 'en' },
};

/** REST property → claim, as the self-signing page pairs them; a token that uses the REST property is not read so. */
export const restNames: Record<string, string> = {};
for (const [path, { name }] of Object.entries(dailyClaims)) {
  if (!name || name === path) continue;
  const [, key] = /^p\.(\w+)$/.exec(path) ?? [];
  if (key) restNames[`permissions.${name}`] = restNames[`p.${name}`] = path;
  else if (!path.includes('.')) restNames[name] = path;
}

/** What a rule of `p.cr` may hold. `ca` is custom audio here, not canAdmin. */
function receiveParts(path: string): Record<string, ClaimMeaning> {
  const parts: Record<string, ClaimMeaning> = {};
  for (const [key, what] of Object.entries({ v: 'video', a: 'audio', sv: 'screen video', sa: 'screen audio' })) {
    parts[`${path}.${key}`] = { type: 'boolean', means: `May receive ${what}.` };
  }
  for (const [key, what] of Object.entries({ cv: 'custom video', ca: 'custom audio' })) {
    parts[`${path}.${key}`] = {
      type: 'object',
      means: `May receive ${what}, by track name; \`*\` stands for every other track.`,
    };
    parts[`${path}.${key}.*`] = { type: 'boolean', means: `May receive this ${what} track.` };
  }
  return parts;
}
