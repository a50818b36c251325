import type { Facts, Grant } from '../../../model/facts.ts';
import type { JsonObject } from '../../../text/json.ts';
import { stringsAt, valueAt } from '../../../text/values.ts';
import { grants, no, unsaid, yes } from '../grants.ts';

/** Absent grants mean allowed for sending and receiving, and denied for everything else. */
export function livekitRights(claims: JsonObject | null, joins: boolean): Facts['privileges'] {
  /** A right that is there only when its claim is true. */
  const only = (path: string, what: string): Grant =>
    valueAt(claims, path) === true ? yes(`\`${path}\` ${what}`, path) : no(`\`${path}\` is not true`, path);

  /** A right that is there unless its claim is false; only inside a room. */
  const unless = (path: string, whenAbsent: () => Grant): Grant => {
    const value = valueAt(claims, path);
    if (!joins) return no('it joins no room', 'video.roomJoin');
    if (value === undefined || value === null) return whenAbsent();
    if (typeof value !== 'boolean') return unsaid(`\`${path}\` is neither true nor false`, path);
    return (value ? yes : no)(`\`${path}\` is ${value}`, path);
  };
  const open = (path: string) => () => yes(`\`${path}\` is absent, which means allowed`, path);

  const publish = unless('video.canPublish', open('video.canPublish'));
  const sources = stringsAt(claims, 'video.canPublishSources');
  const from = (source: string): Grant => {
    if (publish.allowed !== true || !sources?.length) return publish;
    const path = 'video.canPublishSources';
    return sources.includes(source)
      ? yes(`\`${path}\` lists ${source}`, path)
      : no(`\`${path}\` leaves out ${source}`, path);
  };
  const admin = only('video.roomAdmin', 'is true, for this room');
  const record = only('video.roomRecord', 'is true, for every room');
  // Its server asks for `sip.call` (pkg/service/auth.go), its grants call `sip.admin` access to all SIP features (auth/grants.go).
  const dialOut =
    valueAt(claims, 'sip.call') !== true && valueAt(claims, 'sip.admin') === true
      ? unsaid(
          "`sip.admin` is true: LiveKit's grants call it access to all of SIP, its open-source server asks for `sip.call`",
          'sip.admin',
        )
      : only('sip.call', 'places calls');
  const noLobby = unsaid('LiveKit tokens know no lobby; the application decides');
  return grants([
    [
      'join',
      joins
        ? yes('`video.roomJoin` is true and `video.room` names the room', 'video.roomJoin')
        : valueAt(claims, 'video.roomJoin') === true
          ? no('`video.room` names no room, which the server refuses', 'video.room')
          : no('`video.roomJoin` is not true', 'video.roomJoin'),
    ],
    ['subscribe', unless('video.canSubscribe', open('video.canSubscribe'))],
    ['publish-audio', from('microphone')],
    ['publish-video', from('camera')],
    ['share-screen', from('screen_share')],
    ['send-data', unless('video.canPublishData', () => publish)],
    ['mute-others', 'remove-others', 'change-permissions', admin],
    ['admit-others', 'bypass-lobby', noLobby],
    ['record', 'live-stream', record],
    ['transcribe', unsaid('transcription is the work of an agent, which the application starts')],
    ['dial-out', dialOut],
    ['manage-rooms', only('video.roomCreate', 'creates and deletes rooms')],
    [
      'join-hidden',
      valueAt(claims, 'video.hidden') !== true && valueAt(claims, 'video.recorder') === true
        ? yes(
            '`video.recorder` is true: clients show a recorder apart from the participants, if at all',
            'video.recorder',
          )
        : only('video.hidden', 'is true: the others do not see the holder'),
    ],
  ]);
}
