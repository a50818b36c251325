import { mount } from '../panel/mount.tsx';
import { createChromium } from './browsers/chromium.ts';
import { createFirefox } from './browsers/firefox.ts';
import { createHost } from './create-host.ts';

const createBrowser = __FIREFOX__ ? createFirefox : createChromium;
const root = document.getElementById('root');
// In a task of its own, so that the browser can do something between reading the code and drawing.
setTimeout(() => {
  if (root) mount(root, createHost(createBrowser(chrome.devtools.inspectedWindow.tabId)));
});
