import { mount } from '../panel/mount.tsx';
import { createChromium } from './browsers/chromium.ts';
import { createHost } from './create-host.ts';

const root = document.getElementById('root');
if (root) mount(root, createHost(createChromium(chrome.devtools.inspectedWindow.tabId)));
