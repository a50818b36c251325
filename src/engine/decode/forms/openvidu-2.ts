import type { JsonObject } from '../../text/json.ts';
import { type Form, isWholeValue, type Reading } from './form.ts';

/** OpenVidu 2: the token is a WebSocket address with `sessionId` and `token=tok_…`. */
export const openvidu2: Form = {
  id: 'openvidu-2',
  name: 'OpenVidu token (2)',
  startsAt: ['value'],
  match(candidate) {
    const { text, start } = candidate;
    address.lastIndex = start;
    if (!address.test(text) || !isWholeValue(candidate, address.lastIndex)) return null;
    const end = address.lastIndex;
    const parameters = text.slice(start, end);
    if (!/[?&]sessionId=[^&]/.test(parameters) || !/[?&]token=tok_[^&]/.test(parameters)) return null;
    return { form: 'openvidu-2', start, end, confidence: 'certain', note: null };
  },
  read(text): Reading {
    const query = text.slice(text.indexOf('?') + 1);
    const claims: JsonObject = Object.fromEntries([...new URLSearchParams(query)].slice(0, 32));
    return { claims };
  },
  links: [{ title: 'OpenVidu 2, openvidu-browser', url: 'https://www.npmjs.com/package/openvidu-browser' }],
};

const address = /wss?:\/\/[^\s"'<>?#]{1,255}\?[^\s"'<>#]{20,4096}/y;
