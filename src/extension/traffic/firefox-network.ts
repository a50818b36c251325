import { list, record, seconds } from '../../engine/text/narrow.ts';
import type { Log, Network } from './network.ts';

/** What Firefox's devtools hear. Needs no access to any site. */
export const firefoxNetwork: Network = {
  onFinished(listener) {
    const heard = (request: chrome.devtools.network.Request) => {
      const entry = typed(request);
      listener(
        entry,
        () =>
          new Promise((resolve) => {
            // With the text comes its type, where Chromium tells its encoding; what is no text is base64.
            request.getContent((text: string | null | undefined, type) =>
              resolve(typeof text === 'string' ? { text, isBase64: !isText(type) } : null),
            );
          }),
      );
    };
    chrome.devtools.network.onRequestFinished.addListener(heard);
    return () => chrome.devtools.network.onRequestFinished.removeListener(heard);
  },

  log: () =>
    new Promise((resolve) => {
      chrome.devtools.network.getHAR((log) => resolve(readLog(log)));
    }),

  onNavigated(listener) {
    chrome.devtools.network.onNavigated.addListener(listener);
    return () => chrome.devtools.network.onNavigated.removeListener(listener);
  },
};

function readLog(log: unknown): Log | null {
  const { entries, pages } = record(log);
  if (!Array.isArray(entries)) return null;
  const loads = list(pages).map((page) => seconds(record(page).startedDateTime));
  return { entries: entries.map(typed), pages: loads.filter((at) => at !== null) };
}

/** Chromium says of what kind a request is. Here an upgrade tells sockets. */
function typed(entry: unknown): Record<string, unknown> {
  const members = record(entry);
  const isSocket = record(members.response).status === 101;
  return isSocket ? { ...members, _resourceType: 'websocket' } : members;
}

/**
 * What Firefox hands over as it is; all else, what has no type too, it turns into base64: `isTextMimeType` in
 * devtools/shared/network-observer/NetworkHelper.sys.mjs of Firefox 153 (read 2026-11-28). A character set may stand behind it.
 */
export function isText(type: string): boolean {
  const [kind = ''] = type.split(';', 1);
  return kind.startsWith('text/') || /^application\/[\w.-]+(?:\+xml|[-+]json)$/.test(kind) || otherTexts.has(kind);
}

const otherTexts: ReadonlySet<string> = new Set([
  ...[
    'xml',
    'json',
    'javascript',
    'x-javascript',
    'ecmascript',
    'x-js',
    'x-httpd-php',
    'http-index-format',
    'x-mpegurl',
  ]
    .concat('vnd.apple.mpegurl', 'vnd.mozilla.maybe.feed')
    .map((name) => `application/${name}`),
  'image/svg+xml',
  'multipart/mixed',
  'multipart/x-mixed-replace',
  'video/vnd.mpeg.dash.mpd',
]);
