import { base64Bytes, bytesToText } from '../../text/base64.ts';
import { type Form, isWholeValue, type Reading } from './form.ts';

/**
 * Join token of the Amazon Chime SDK by itself: base64 of the attendee's id and a random one. Its format is not documented and the
 * SDK reads neither part (amazon-chime-sdk-js 3.32.0); samples agree. Found as a value of its own: the SDK sends it as a
 * protocol of its socket, after the word `_aws_wt_session`, and in `Authorization`.
 */
export const chimeJoinToken: Form = {
  id: 'chime-join-token',
  name: 'Amazon Chime join token',
  isBare: true,
  startsAt: ['value', 'run'],
  match(candidate) {
    const { text, start, key } = candidate;
    shape.lastIndex = start;
    if (!shape.test(text)) return null;
    const end = shape.lastIndex;
    // Client ids and secrets may be UUIDs, too, so within other text it is none.
    const isNamed = isWholeValue(candidate, end);
    const isAlone = key === null && text.trim().length === end - start;
    if (!(isNamed || isAlone) || !attendeeIn(text.slice(start, end))) return null;
    return { form: 'chime-join-token', start, end, confidence: isNamed ? 'likely' : 'possible', note: null };
  },
  read(text): Reading {
    const attendee = attendeeIn(text);
    return attendee
      ? { claims: { AttendeeId: attendee } }
      : {
          problem: {
            code: 'cut-short',
            offset: text.length,
            message: 'The text does not hold the id of an attendee and a second one; its end may be missing.',
          },
        };
  },
  links: [
    {
      title: 'Amazon Chime SDK, attendees',
      url: 'https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_meeting-chime_Attendee.html',
    },
  ],
};

/** Two UUIDs and a colon are 73 bytes. */
const shape = /[\w+/-]{98}(?:==)?(?![\w+/=-])/y;
const uuid = '[\\da-f]{8}(?:-[\\da-f]{4}){3}-[\\da-f]{12}';
const ids = new RegExp(`^(${uuid}):${uuid}$`, 'i');

const attendeeIn = (text: string) =>
  text.length > 100 ? null : (ids.exec(bytesToText(base64Bytes(text)).text)?.[1] ?? null);
