import type { Facts, Recognition, Times } from '../../../model/facts.ts';
import type { Token } from '../../../model/token.ts';
import { shown } from '../../../text/sentence.ts';
import { hasAt, numberAt, stringAt, valueAt } from '../../../text/values.ts';
import { grants, no, unsaid, yes } from '../grants.ts';
import type { JoinProblem, Provider } from '../provider.ts';
import { afterJoining, withoutGaps, zoomJwt } from './zoom-jwt.ts';

function recognise({ claims }: Token): Recognition | null {
  const found = ['appKey', 'sdkKey', 'tokenExp', 'mn', 'role'].filter((name) => hasAt(claims, name));
  if (!found.includes('appKey') && !found.includes('sdkKey')) return null;
  const expiry = found.includes('tokenExp');
  const meeting = found.includes('mn') && found.includes('role');
  if (!expiry && !found.includes('mn')) return null;
  return {
    confidence: expiry ? 'certain' : meeting ? 'likely' : 'possible',
    because: found.map((name) => `\`${name}\``).join(', '),
    strength: found.length,
  };
}

/** The meeting number, which public code writes as a number as well as the text Zoom documents. */
function meetingNumber(claims: Token['claims']): string | null {
  const number = numberAt(claims, 'mn');
  return number === null ? stringAt(claims, 'mn') : String(number);
}

function facts({ claims }: Token): Facts {
  const meeting = meetingNumber(claims);
  const role = valueAt(claims, 'role');
  const native = role === undefined && meeting === null;
  const host = role === 1;
  const known = host || role === 0;
  const because = native
    ? 'it carries no `role`: native SDK tokens admit the app, not a person'
    : `\`role\` is ${shown(role)}${known ? '' : ', where Zoom documents 0 and 1'}`;
  const hosts = host
    ? yes(`${because}; starting the meeting needs a ZAK as well`, 'role')
    : known
      ? no(because, 'role')
      : unsaid(because, 'role');
  return {
    use: 'video-join',
    product: native ? 'Meeting SDK JWT (native): admits the app, not to a meeting' : 'Meeting SDK JWT',
    tenant: stringAt(claims, 'appKey') ?? stringAt(claims, 'sdkKey'),
    room: meeting,
    roomScope: meeting === null ? 'not-stated' : 'one-room',
    roomClaim: 'mn',
    userId: null,
    displayName: null,
    role: host ? 'host' : known ? 'participant' : 'unknown',
    vendorRole: host ? 'host' : known ? 'attendee' : null,
    roleBecause: because,
    roleClaim: 'role',
    privileges: grants(
      [
        [
          'join',
          meeting === null
            ? unsaid('`mn` is absent: the app names the meeting', 'mn')
            : yes(`\`mn\` names meeting ${shown(meeting)}`, 'mn'),
        ],
        ['mute-others', 'remove-others', 'admit-others', 'change-permissions', 'record', 'live-stream', hosts],
        ['bypass-lobby', hosts.allowed === true ? hosts : unsaid('the waiting room of the meeting decides')],
        ['manage-rooms', no('meetings are managed by the Zoom API, with a token of its own')],
      ],
      unsaid('the settings of the meeting and of the account decide'),
    ),
  };
}

function times({ claims }: Token): Partial<Pick<Times, 'expiresAt'>> {
  return hasAt(claims, 'exp') ? {} : { expiresAt: numberAt(claims, 'tokenExp') };
}

function joinProblems({ claims }: Token): JoinProblem[] {
  const problems: JoinProblem[] = [];
  const [exp, tokenExp] = [numberAt(claims, 'exp'), numberAt(claims, 'tokenExp')];
  if (exp !== null && tokenExp !== null && exp !== tokenExp) {
    problems.push({
      likelihood: 'possible',
      says: `\`exp\` (${exp}) and \`tokenExp\` (${tokenExp}) disagree.`,
      fix: 'Write the same time into `exp` and `tokenExp`.',
      at: 'claims.tokenExp',
    });
  }
  if (hasAt(claims, 'role') && meetingNumber(claims) === null) {
    problems.push({
      likelihood: 'certain',
      says: '`role` is given, but `mn` names no meeting.',
      fix: 'Set `mn` to the meeting number.',
      at: 'claims.mn',
    });
  }
  return problems;
}

export const zoomMeetingSdk: Provider = {
  ...zoomJwt,
  id: 'zoom-meeting-sdk',
  name: 'Zoom Meeting SDK',
  recognise,
  facts,
  times,
  joinProblems,
  claims: {
    appKey: { name: 'SDK key', means: 'The Meeting SDK app.', type: 'string' },
    sdkKey: { name: 'SDK key', means: "The same key; Zoom's sample writes both.", type: 'string' },
    mn: {
      name: 'meeting number',
      means: 'Meeting or webinar the token joins.',
      whenAbsent: 'a native token: the app names the meeting',
      type: 'string',
    },
    role: { means: '0 attendee, 1 host. Starting a meeting needs a ZAK as well.', type: 'number' },
    exp: {
      means: 'Not accepted after; 30 minutes to 48 hours after `iat`.',
      unit: 'seconds since the epoch',
      type: 'number',
    },
    tokenExp: { means: 'The same time as `exp`.', unit: 'seconds since the epoch', type: 'number' },
    video_webrtc_mode: { means: 'Media mode, 0 or 1; no right.', type: 'number' },
  },
  enforcement: {
    ...afterJoining,
    atJoin:
      'Zoom checks signature and times. Host rights need a ZAK as well, and since 2 March 2026 meetings of another account a ZAK or an OBF token. An OBF token only joins, is good once, asks for its user to be in the meeting, and lets the app be dropped when that user leaves.',
  },
  whenRoomAbsent: 'not-applicable',
  limits: [],
  roomAsWritten: withoutGaps,
  publicClaims: [],
  transport: { ...zoomJwt.transport, parameters: ['tk'] },
  required: { iat: 'Zoom cannot tell the lifetime', exp: 'Zoom refuses the token' },
  notShown: [
    'whether the Client Secret belongs to the key in the token',
    'whether the meeting exists, has begun, asks for a passcode or has a waiting room',
    'whether the meeting is of another account, which asks for a ZAK or OBF token besides',
  ],
  aliases: {
    meetingNumber: 'mn',
    role_type: 'role',
  },
  fixes: {
    'exp-missing': 'Set `exp` and `tokenExp` to `iat` plus 1800 to 172800 seconds.',
    'lifetime-long': 'Set `exp` and `tokenExp` to `iat` plus 7200, as in the sample.',
    'video-lifetime-vendor': 'Set `exp` and `tokenExp` to `iat` plus 1800 to 172800 seconds.',
    'video-host-on-guest-page': 'Set `role` to 0, and hand the ZAK to the host alone.',
  },
  links: [
    { title: 'Meeting SDK authorization', url: 'https://developers.zoom.us/docs/meeting-sdk/auth/' },
    { title: 'OBF tokens: questions', url: 'https://developers.zoom.us/docs/meeting-sdk/obf-faq/' },
    { title: 'Sample endpoint', url: 'https://github.com/zoom/meetingsdk-auth-endpoint-sample' },
  ],
};
