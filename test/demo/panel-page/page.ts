import { captures } from 'virtual:captures';
import type { Capture } from '../../../src/engine/model/capture.ts';
import type { PageState } from '../../../src/panel/host.ts';
import { mount } from '../../../src/panel/mount.tsx';
import { createFakeHost } from '../../doubles/fake-host.ts';
import { inlineWorker } from '../../doubles/inline-worker.ts';

const open: PageState = {
  kind: 'watching',
  sites: [{ site: 'https://call.example', granted: true, isPage: true }],
};
const closed: PageState = {
  kind: 'watching',
  sites: [
    { site: 'https://call.example', granted: false, isPage: true },
    { site: 'https://video.example', granted: false, isPage: false },
  ],
};
const unsupported = (reason: Extract<PageState, { kind: 'unsupported' }>['reason'], url: string): PageState => ({
  kind: 'unsupported',
  url,
  reason,
});

/** What the reference server answers about a Daily token. */
const reply = (outcome: 'passed' | 'failed') => ({
  active: outcome === 'passed',
  roomkey: {
    version: 1,
    answeredBy: 'this server',
    checkedAt: 1_795_176_000,
    provider: 'daily',
    checks: [
      { name: 'shape', outcome: 'passed', reason: 'The token reads as one of Daily.' },
      { name: 'time', outcome: 'passed', reason: 'It is valid until 2026-11-20T20:00:00.000Z.' },
      { name: 'issuer', outcome: 'not-checked', reason: 'No accepted issuer is named; the key alone decides.' },
      {
        name: 'signature',
        outcome,
        reason:
          outcome === 'passed'
            ? 'The HS256 signature matches the key.'
            : 'The signature does not match the key: the token was made with another one, or changed since.',
      },
      { name: 'room', outcome: 'not-checked', reason: 'No room was asked for.' },
    ],
  },
});

/** Every state the panel can be in, by the name in the page's address. */
const states: Record<string, { state: PageState; captures?: Capture[]; backend?: () => Response }> = {
  loading: { state: { kind: 'loading' } },
  call: { state: open, captures: [captures.call] },
  gone: {
    state: open,
    captures: [captures.call, { ...captures.call, readAt: captures.call.readAt + 1, cookies: [], frames: [] }],
  },
  renewed: { state: open, captures: [captures.renewed1, captures.renewed2, captures.renewed3] },
  empty: { state: open, captures: [captures.empty] },
  'no-access': { state: closed, captures: [captures.call] },
  'empty-no-access': { state: closed, captures: [captures.empty] },
  crowded: { state: open, captures: [captures.crowded] },
  huge: { state: open, captures: [captures.huge] },
  validated: { state: open, captures: [captures.call], backend: () => Response.json(reply('passed')) },
  'validated-badly': { state: open, captures: [captures.call], backend: () => Response.json(reply('failed')) },
  heavy: { state: open, captures: [captures.heavy] },
  'browser-page': { state: unsupported('browser-page', 'chrome://settings/') },
  file: { state: unsupported('file', 'file:///home/ada/call.html') },
  'error-page': { state: unsupported('error-page', 'https://call.example/') },
  sandboxed: { state: unsupported('sandboxed', 'https://call.example/') },
  failed: {
    state: { kind: 'failed', message: 'The page is busy and did not answer within 5 seconds. Wait until it is idle.' },
  },
};

const root = document.getElementById('panel');
const chosen = states[new URLSearchParams(location.search).get('state') ?? 'call'];
if (root && chosen) {
  const host = createFakeHost();
  if (chosen.backend) {
    host.answers.reply = chosen.backend;
    const url = 'http://127.0.0.1:8787/introspect';
    const backend = { id: 'local', url, sites: [], providers: [], header: 'Authorization' };
    host.stored = { ...host.stored, backends: [backend] };
    host.secrets = { local: 'Bearer of-the-panel-page' };
  }
  // The workers are entries of the extension's own build, which this page is not.
  mount(root, host, { createWorker: inlineWorker });
  host.emitState(chosen.state);
  for (const one of chosen.captures ?? []) {
    host.emitCapture(one);
    do await new Promise((resolve) => setTimeout(resolve, 50));
    while (root.querySelector('.message[aria-busy="true"], .progress'));
  }
  document.documentElement.dataset.ready = '';
}
