import type { Form, Reading } from './form.ts';

/**
 * Query of a join link of BigBlueButton: whoever opens the address enters as the person it names. The checksum is the hash of
 * the call, the query and a secret of the server, so nothing in it can be changed, and nothing in it ends.
 */
export const bigbluebuttonJoin: Form = {
  id: 'bigbluebutton-join',
  name: 'BigBlueButton join link',
  isAllText: true,
  startsAt: ['run'],
  begins: ['bigbluebutton/api/join'],
  match({ text, start }) {
    if (!text.startsWith(call, start)) return null;
    const from = start + call.length;
    query.lastIndex = from;
    const end = from + (query.exec(text)?.[0].length ?? 0);
    const parameters = parametersOf(text.slice(from, end));
    if (!parameters.has('meetingID') || !checksum.test(parameters.get('checksum') ?? '')) return null;
    return { form: 'bigbluebutton-join', start: from, end, confidence: 'certain', note: null };
  },
  read(text): Reading {
    const claims = new Map<string, string>();
    const parameters = parametersOf(text);
    // The first of a name counts where a name comes twice, and a link has a handful of them.
    for (const [name, value] of [...parameters].slice(0, 64)) {
      if (name !== 'checksum' && !claims.has(name)) claims.set(name, value);
    }
    const hash = parameters.get('checksum') ?? '';
    return {
      claims: claims.size > 0 ? Object.fromEntries(claims) : null,
      signature: checksum.test(hash) ? { text: hash, bytes: hash.length / 2 } : null,
      problem: checksum.test(hash)
        ? null
        : {
            code: 'cut-short',
            offset: text.length,
            message: 'The link has no whole checksum; its end may be missing.',
          },
    };
  },
  links: [
    { title: 'BigBlueButton, the API', url: 'https://docs.bigbluebutton.org/development/api' },
    { title: 'Join links do not end', url: 'https://github.com/bigbluebutton/bigbluebutton/issues/10050' },
  ],
};

const call = 'bigbluebutton/api/join?';
/** Up to what no address goes on with. */
const query = /[^\s"'<>`\\{}|^()#]{1,4096}/y;
/** Hexadecimal digits of SHA-1, SHA-256, SHA-384 or SHA-512. */
const checksum = /^(?:[\da-f]{40}|[\da-f]{64}|[\da-f]{96}|[\da-f]{128})$/i;

/** In the source of a page the ampersands are escaped. */
const parametersOf = (text: string) => new URLSearchParams(text.replaceAll('&amp;', '&'));
