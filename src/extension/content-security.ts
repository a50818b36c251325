/** Directives of a content security policy, by name. */
export type Policy = Record<string, string>;

/**
 * What every page of the extension, and every worker, may do at most: load its own files, and connect. Trusted Types refuse texts as scripts and as HTML;
 * the one policy lets the names of the panel's two workers pass (`start-worker.ts`).
 *
 * Chromium takes nothing looser for `script-src`, `worker-src` and `object-src` in Manifest V3:
 * https://developer.chrome.com/docs/extensions/reference/manifest/content-security-policy (2026-11-27).
 */
export const everyPage: Policy = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'worker-src': "'self'",
  'frame-src': "'self'",
  'connect-src': 'https: http:',
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'self' devtools:",
  'require-trusted-types-for': "'script'",
  'trusted-types': 'roomkey-workers',
};

/**
 * What the panel's workers may do. They have no page that could narrow it, and Chromium has a policy of its own for files that the manifest names as
 * sandboxed, scripts too: there, nothing but loading the extension's own code. (A sandboxed page has no access to extension interfaces, and workers have none anyway.)
 * Workers take over what a policy's `sandbox` says: `SetSandboxFlags` in Chromium's execution_context_csp_delegate.cc (2026-11-27).
 */
export const workers: Policy = {
  sandbox: 'allow-scripts',
  'default-src': "'none'",
  'script-src': "'self'",
  'require-trusted-types-for': "'script'",
  'trusted-types': "'none'",
};

const nothing: Policy = { 'default-src': "'none'", 'script-src': "'self'" };

/**
 * What single pages may do of that, said in the page itself: where there are several policies, all hold. Each is whole, as a browser fetches
 * ahead (`<link rel=prefetch>`) what any directive of a policy allows.
 */
export const narrowed: Record<string, Policy> = {
  '/src/extension/panel.html': {
    ...nothing,
    'style-src': "'self'",
    'worker-src': "'self'",
    'frame-src': "'self'",
    'trusted-types': 'roomkey-workers',
  },
  '/src/extension/allow/allow.html': { ...nothing, 'style-src': "'self'", 'trusted-types': "'none'" },
  '/src/extension/popup/popup.html': { ...nothing, 'style-src': "'self'", 'trusted-types': "'none'" },
  '/src/extension/way-in.html': { ...nothing, 'script-src': "'none'", 'trusted-types': "'none'" },
  '/src/extension/devtools.html': { ...nothing, 'trusted-types': "'none'" },
  '/src/extension/validator/validator.html': { ...nothing, 'connect-src': 'https: http:', 'trusted-types': "'none'" },
};

export const written = (policy: Policy): string =>
  Object.entries(policy)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');
