import { bigbluebuttonJoin } from '../../decode/forms/bigbluebutton-join.ts';
import type { Facts, Grant, Recognition } from '../../model/facts.ts';
import type { Token } from '../../model/token.ts';
import type { JsonObject } from '../../text/json.ts';
import { shown } from '../../text/sentence.ts';
import { hasAt, stringAt, valueAt } from '../../text/values.ts';
import { grants, no, unsaid, yes } from './grants.ts';
import type { JoinProblem, Provider } from './provider.ts';
import { undocumented } from './undocumented.ts';

function recognise({ form }: Token): Recognition | null {
  if (form !== bigbluebuttonJoin.id) return null;
  return {
    confidence: 'certain',
    because: 'it is the query of `bigbluebutton/api/join`, with `meetingID` and `checksum`',
    strength: 6,
  };
}

/** `role` is read in any case, and comes before `password` where it is one of the two. */
function roleIn(claims: JsonObject | null): 'moderator' | 'viewer' | null {
  const role = stringAt(claims, 'role')?.toLowerCase();
  return role === 'moderator' || role === 'viewer' ? role : null;
}

function roleOf(claims: JsonObject | null): Pick<Facts, 'role' | 'vendorRole' | 'roleBecause' | 'roleClaim'> {
  const role = roleIn(claims);
  if (role) {
    return {
      role: role === 'moderator' ? 'host' : 'participant',
      vendorRole: role,
      roleBecause: `\`role\` is ${shown(valueAt(claims, 'role'))}`,
      roleClaim: 'role',
    };
  }
  const byPassword = stringAt(claims, 'password') !== null;
  return {
    role: 'unknown',
    vendorRole: null,
    roleBecause: byPassword
      ? 'the server compares `password` with the two of the meeting: one makes moderators, the other viewers'
      : 'neither `role` nor `password` is given, and the server asks for one of them',
    roleClaim: byPassword ? 'password' : 'role',
  };
}

function facts({ claims }: Token): Facts {
  const role = roleIn(claims);
  const about = roleOf(claims);
  const { roleBecause: because, roleClaim: claim } = about;
  const moderates = role === null ? unsaid(because, claim) : (role === 'moderator' ? yes : no)(because, claim);
  const isGuest = stringAt(claims, 'guest')?.toLowerCase() === 'true';
  const meeting = stringAt(claims, 'meetingID');
  const takesPart: Grant =
    role === 'moderator'
      ? yes(because, claim)
      : unsaid('the lock settings of the meeting decide, and allow it unless set otherwise');
  return {
    use: 'video-join',
    product: role === 'moderator' ? 'join link that makes a moderator' : 'join link',
    tenant: null,
    room: meeting,
    roomScope: meeting === null ? 'not-stated' : 'one-room',
    roomClaim: 'meetingID',
    userId: stringAt(claims, 'userID'),
    displayName: stringAt(claims, 'fullName'),
    ...about,
    privileges: grants(
      [
        [
          'join',
          meeting === null
            ? no('`meetingID` is absent', 'meetingID')
            : yes(`\`meetingID\` is ${shown(meeting)}`, 'meetingID'),
        ],
        ['subscribe', yes('whoever has joined sees and hears the meeting')],
        ['publish-audio', 'publish-video', 'send-data', takesPart],
        ['share-screen', unsaid('the presenter shares, and moderators make somebody presenter')],
        ['mute-others', 'remove-others', 'admit-others', 'change-permissions', moderates],
        [
          'record',
          role === 'moderator'
            ? yes(`${because}, and moderators may where the meeting was created with \`record\``, 'role')
            : moderates,
        ],
        [
          'bypass-lobby',
          isGuest
            ? unsaid('`guest` is true: the guest policy of the meeting decides who waits', 'guest')
            : unsaid('the guest policy of the meeting decides who waits'),
        ],
        ['manage-rooms', no('a link only joins; meetings are managed with the secret of the server')],
        ['join-hidden', no('everybody is in the list of users')],
      ],
      unsaid('the settings of the meeting decide'),
    ),
  };
}

function joinProblems({ claims }: Token): JoinProblem[] {
  if (!claims) return [];
  const role = stringAt(claims, 'role');
  if (roleIn(claims) || hasAt(claims, 'password')) return [];
  return [
    {
      likelihood: 'likely',
      says: role
        ? `\`role\` is ${shown(role)}; BigBlueButton knows MODERATOR and VIEWER, and there is no \`password\` instead.`
        : 'The link has neither `role` nor `password`; BigBlueButton asks for one of them.',
      fix: 'Set `role` to MODERATOR or VIEWER, and make the checksum again.',
      at: 'claims.role',
    },
  ];
}

export const bigbluebutton: Provider = {
  id: 'bigbluebutton',
  name: 'BigBlueButton',
  kind: 'video',
  recognise,
  facts,
  joinProblems,
  claims: {
    fullName: { means: 'Name of the participant, shown to the others.', type: 'string' },
    meetingID: { means: 'The meeting, by the id that the application gave it.', type: 'string' },
    role: {
      means: 'MODERATOR or VIEWER, in any case; comes before `password`.',
      type: 'string',
      whenAbsent: '`password` decides',
    },
    password: {
      means: 'The moderators’ or the viewers’ password of the meeting; deprecated in favour of `role`.',
      type: 'string',
    },
    createTime: {
      means: 'When the meeting was created: the link opens that session only.',
      type: 'string',
      whenAbsent: 'the link opens every later session of the same `meetingID`',
    },
    userID: { means: 'The user, by the application’s id.', type: 'string' },
    guest: { means: '"true" marks a guest, whom the guest policy may hold back.', type: 'string' },
    avatarURL: { means: 'Picture of the participant.', type: 'string' },
    webcamBackgroundURL: { means: 'Background of the camera’s picture.', type: 'string' },
    webVoiceConf: { means: 'Extension of the voice conference.', type: 'string' },
    defaultLayout: { means: 'Layout at the start.', type: 'string' },
    redirect: { means: '"false" answers with XML instead of opening the client.', type: 'string' },
    errorRedirectUrl: { means: 'Address to go to when joining fails.', type: 'string' },
    joinViaHtml5: { means: 'Obsolete since 2.3.', type: 'string' },
    excludeFromDashboard: { means: '"true" leaves the user out of the learning dashboard.', type: 'string' },
  },
  enforcement: {
    atJoin:
      'The server makes the checksum again from the query and its secret. A link is good for whoever opens it, any number of times.',
    atExpiry:
      'A link carries no end. With `createTime` it ends with that session; without, it opens every later one of the same `meetingID`.',
    onReconnect: 'The link is good again while a session of the meeting runs.',
    onRemoval: `${undocumented} The link itself stays as good as before.`,
  },
  whenRoomAbsent: 'refused',
  notShown: [
    'whether the meeting was created, and still runs',
    'whether the checksum was made with the secret of this server',
    'whether the guest policy lets somebody wait',
  ],
  endsWith: ({ claims }) =>
    stringAt(claims, 'createTime') === null ? null : 'the session of the meeting it was made for',
  expiryEjects: () => ({ ejects: false, claim: null }),
  checkedOnReconnect: false,
  identityClaim: { path: 'userID', required: false },
  lifetime: {
    defaultSeconds: null,
    floorSeconds: null,
    ceilingSeconds: null,
    advice: 'Make a link when somebody joins, with `createTime`, and send the browser straight there.',
  },
  limits: [],
  publicClaims: ['fullName'],
  algorithms: [],
  // Anybody runs a server, whatever its host.
  isOwnServer: ({ pathname }) => /\/bigbluebutton\/api\/|\/html5client\//.test(pathname),
  transport: { parameters: ['checksum', 'sessionToken'], hosts: [], headers: [] },
  required: {
    fullName: 'the server refuses the link',
    meetingID: 'the server cannot tell the meeting',
  },
  aliases: {
    meetingId: 'meetingID',
    meeting_id: 'meetingID',
    userId: 'userID',
    username: 'fullName',
    fullname: 'fullName',
  },
  validation:
    'Make the checksum again: the hash of `join`, the query without `checksum` and the secret of the server, one after the other.',
  fixes: {
    'exp-missing': 'Add `createTime`, as `create` returned it: the link then ends with that session.',
    'video-host-on-guest-page':
      'Make links with `role=MODERATOR` on the server only, for those who are signed in as moderators.',
    'video-join-link-leak':
      'Let the server redirect to a link made for the person who asks, and share an address of the application instead.',
    'video-personal-data': 'Use a name that the participant chose for `fullName`.',
  },
  links: [
    { title: 'BigBlueButton: the API', url: 'https://docs.bigbluebutton.org/development/api' },
    { title: 'A join link has no end', url: 'https://github.com/bigbluebutton/bigbluebutton/issues/10050' },
  ],
  readAt: '2026-11',
};
