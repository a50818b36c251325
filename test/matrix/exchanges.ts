/** Headers in the order in which they are sent. */
export type Headers = readonly (readonly [name: string, value: string])[];

/** A request and its answer, before any tool has written them. */
export interface Exchange {
  method: string;
  /** The path with its query. */
  target: string;
  /** What the address has after `#`, which some tools keep. */
  fragment: string;
  requestHeaders: Headers;
  requestBody: Body | null;
  responseHeaders: Headers;
  responseBody: Body;
  /** Of a WebSocket. */
  messages: readonly { isSent: boolean; data: string }[];
}

interface Body {
  type: string;
  text: string;
}

export const origin = 'https://call.example';

/** Where a token is to be found. */
export interface Expected {
  source: string;
  key: string | null;
  path: string;
  urlPart?: 'path' | 'query' | 'fragment';
  /** What the cookie is, in part. */
  cookie?: object;
  /** What is told of the place, in part. */
  traits?: object;
}

/** A place in traffic, with the token in it. */
export interface TrafficPlace {
  /** The part that a tool has to write down for it. */
  part: 'request' | 'request-body' | 'fragment' | 'response' | 'message';
  plant(token: string): Partial<Exchange>;
  expected: Expected;
}

const json = JSON.stringify;
const escaped = (text: string) =>
  text.replace(/./g, (one) => `\\u00${one.charCodeAt(0).toString(16).padStart(2, '0')}`);
const percent = (text: string) =>
  text.replace(/./g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
const entities = (text: string) => text.replaceAll('.', '&#46;').replaceAll('_', '&#x5f;');

const inQuery = (write: (token: string) => string, key = 'jwt', path = ''): TrafficPlace => ({
  part: 'request',
  plant: (token) => ({ target: `/join?room=standup&${write(token)}` }),
  expected: { source: 'request-url', key, path, urlPart: 'query' },
});
const inRequest = (name: string, write: (token: string) => string, key = name, path = ''): TrafficPlace => ({
  part: 'request',
  plant: (token) => ({ requestHeaders: [[name, write(token)]] }),
  expected: { source: 'request-header', key, path },
});
const inBody = (
  part: 'request' | 'response',
  type: string,
  write: (token: string) => string,
  path: string,
  key: string | null = null,
): TrafficPlace => ({
  part: part === 'request' ? 'request-body' : part,
  plant: (token) => {
    const body = { type, text: write(token) };
    return part === 'request' ? { method: 'POST', requestBody: body } : { responseBody: body };
  },
  expected: { source: `${part}-body`, key, path },
});
const inAnswer = (
  name: string,
  write: (token: string) => string,
  key = name,
  more: Partial<Expected> = {},
): TrafficPlace => ({
  part: 'response',
  plant: (token) => ({ responseHeaders: [[name, write(token)]] }),
  expected: { source: 'response-header', key, path: '', ...more },
});
const inMessage = (isSent: boolean, write: (token: string) => string, path: string): TrafficPlace => ({
  part: 'message',
  plant: (token) => ({ messages: [{ isSent, data: write(token) }] }),
  expected: { source: 'websocket-message', key: null, path },
});

/** Places of a token in traffic, by the way in which it is written there. */
export const trafficPlaces: Record<string, TrafficPlace> = {
  'a query': inQuery((token) => `jwt=${token}`),
  'a query, percent-encoded': inQuery((token) => `jwt=${percent(token)}`),
  'a query, percent-encoded twice': inQuery((token) => `jwt=${encodeURIComponent(percent(token))}`),
  'a query inside another address': inQuery(
    (token) => `next=${encodeURIComponent(`${origin}/room?jwt=${token}`)}`,
    'next',
    '?jwt',
  ),
  'a path': {
    part: 'request',
    plant: (token) => ({ target: `/join/${token}/now` }),
    expected: { source: 'request-url', key: null, path: '', urlPart: 'path' },
  },
  'a fragment': {
    part: 'fragment',
    plant: (token) => ({ fragment: `jwt=${token}` }),
    expected: { source: 'request-url', key: 'jwt', path: '', urlPart: 'fragment' },
  },
  Authorization: inRequest('Authorization', (token) => `Bearer ${token}`),
  'a header of its own': inRequest('X-Call-Token', (token) => token),
  'a subprotocol of a WebSocket': inRequest('Sec-WebSocket-Protocol', (token) => `call.v1, ${token}`, 'call.v1'),
  'a referrer': inRequest('Referer', (token) => `https://app.example/call?jwt=${token}`, 'Referer', '?jwt'),
  'a cookie': inRequest('Cookie', (token) => `theme=dark; auth=${token}`, 'auth'),
  'a cookie, percent-encoded': inRequest('Cookie', (token) => `theme=dark; auth=${percent(token)}`, 'auth'),
  'a cookie of Express': inRequest('Cookie', (token) => `auth=j%3A${encodeURIComponent(json(token))}`, 'auth'),
  'a cookie in base64': inRequest(
    'Cookie',
    (token) => `auth=base64-${btoa(json({ access_token: token }))}`,
    'auth',
    '$.access_token',
  ),
  'a body of JSON': inBody('request', 'application/json', (token) => json({ a: [{ token }] }), '$.a[0].token'),
  'a body of JSON in JSON': inBody(
    'request',
    'application/json',
    (token) => json({ variables: json({ token }) }),
    '$.variables $.token',
  ),
  'a member name of JSON': inBody('request', 'application/json', (token) => json({ [token]: true }), '$'),
  'a form': inBody('request', 'application/x-www-form-urlencoded', (token) => `user=ada&jwt=${token}`, '', 'jwt'),
  'an answer of JSON': inBody('response', 'application/json', (token) => json({ token }), '$.token'),
  'an answer of JSON, all escaped': inBody(
    'response',
    'application/json',
    (token) => `{"token":"${escaped(token)}"}`,
    '$.token',
  ),
  'an answer of JSON with base64': inBody(
    'response',
    'application/json',
    (token) => json({ state: btoa(json({ token })) }),
    '$.state $.token',
  ),
  'an answer of HTML': inBody('response', 'text/html', (token) => `<meta name="jwt" content="${token}">`, ''),
  'an answer of HTML with entities': inBody(
    'response',
    'text/html',
    (token) => `<meta name="jwt" content="${entities(token)}">`,
    '',
  ),
  'an answer of script': inBody('response', 'text/javascript', (token) => `window.call={token:'${token}'};`, ''),
  'a cookie that is set': inAnswer(
    'Set-Cookie',
    (token) => `auth=${token}; Path=/; Secure; HttpOnly; SameSite=Lax`,
    'auth',
    { cookie: { secure: true, httpOnly: true, sameSite: 'lax', path: '/' } },
  ),
  'a redirect': inAnswer('Location', (token) => `https://app.example/room?jwt=${token}`, 'Location', { path: '?jwt' }),
  'a header of the answer': inAnswer('X-Call-Token', (token) => token),
  'a message that is sent': inMessage(true, (token) => json({ type: 'join', token }), '$.token'),
  'a message that is received': inMessage(false, (token) => `42${json(['joined', { token }])}`, ''),
};

/** Whether what lies there goes to a server. */
const goesToServers: Record<string, boolean | null> = {
  'request-url': true,
  'request-header': true,
  'request-body': true,
  'response-header': null,
  'response-body': false,
};

/** What is told of a place in traffic, in part. */
export function traitsOf({ source, urlPart, cookie }: Expected, { messages = [] }: Partial<Exchange>): object {
  return {
    urlPart: urlPart ?? null,
    sentToServers: cookie
      ? true
      : urlPart === 'fragment'
        ? false
        : (goesToServers[source] ?? messages[0]?.isSent ?? null),
    ...(cookie && { readableByScripts: false, storage: 'cookie' }),
  };
}

/** An exchange with nothing in it, but for what is given. */
export function exchange(more: Partial<Exchange>): Exchange {
  return {
    method: 'GET',
    target: '/join?room=standup',
    fragment: '',
    requestHeaders: [],
    requestBody: null,
    responseHeaders: [],
    responseBody: { type: 'application/json', text: '{"ok":true}' },
    messages: [],
    ...more,
  };
}
