import browser from 'webextension-polyfill';
import { type Message, portName, send, type Transport } from './messages.ts';
import { chromiumNetwork } from './traffic/chromium-network.ts';
import { firefoxNetwork } from './traffic/firefox-network.ts';
import { recordTraffic } from './traffic/record-traffic.ts';
import { channelName, createTrafficSender } from './traffic/traffic-channel.ts';

const panels = new Set<Transport>();
let visible = false;
const opened = Date.now() / 1000;

// The panel page may start after the first of these events, so it is told the present state when it connects.
browser.runtime.onConnect.addListener((port) => {
  if (port.name !== portName(chrome.devtools.inspectedWindow.tabId)) return;
  panels.add(port);
  port.onDisconnect.addListener(() => panels.delete(port));
  send(port, { name: 'visible', value: visible });
  send(port, { name: 'opened', value: opened });
});

chrome.devtools.panels.create('Roomkey', '/icons/16.png', '/src/extension/panel.html', (panel) => {
  panel.onShown.addListener(() => show(true));
  panel.onHidden.addListener(() => show(false));
  // Firefox has no search event.
  panel.onSearch?.addListener((action, query) => {
    if (action === 'performSearch') tell({ name: 'search', value: query ?? '' });
    if (action === 'cancelSearch') tell({ name: 'search', value: null });
  });
});

// Traffic is heard from the moment that devtools are open; what nobody listens to yet is kept for the panel. A panel that is paused ends it.
const channel = new BroadcastChannel(channelName(chrome.devtools.inspectedWindow.tabId));
const sendTraffic = createTrafficSender(channel, (isListening, since) =>
  isListening ? recording.start(since) : recording.stop(),
);
const recording = recordTraffic(__FIREFOX__ ? firefoxNetwork : chromiumNetwork, {
  clock: () => Date.now(),
  listener: sendTraffic,
  // Loaded with the first body: devtools that are opened for something else need none of it.
  holdsToken: async (text) => (await import('../engine/find/detect.ts')).detect(text).hits.length > 0,
});
recording.start();

function show(value: boolean) {
  visible = value;
  tell({ name: 'visible', value });
}

function tell(message: Message) {
  for (const panel of panels) send(panel, message);
}
