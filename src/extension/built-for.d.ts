/** Whether this is built for Firefox; for Chromium otherwise. The build puts true or false in its place, so that neither carries the other's code. */
declare const __FIREFOX__: boolean;
