import type { Severity } from '../../model/report.ts';

export interface CredentialShape {
  /** What it is, for a sentence: "an AWS access key". */
  name: string;
  severity: Severity;
}

/** Prefixed credentials whose shape leaves no doubt. Publishable keys (`pk_live_`, `sb_publishable_`) are meant to be seen. */
const shapes: [RegExp, string, Severity][] = [
  [/-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/, 'a private key', 'critical'],
  [/(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Za-z0-9])/, 'an AWS access key', 'critical'],
  [/(?<![\w-])AIza[\w-]{35}(?![\w-])/, 'a Google API key', 'high'],
  [/(?<!\w)(?:sk|rk)_live_[A-Za-z0-9]{16}/, 'a Stripe secret key', 'high'],
  [/(?<!\w)gh[pousr]_[A-Za-z0-9]{36}/, 'a GitHub token', 'high'],
  [/(?<!\w)github_pat_\w{22}/, 'a GitHub token', 'high'],
  [/(?<!\w)glpat-[\w-]{20}/, 'a GitLab token', 'high'],
  [/(?<!\w)xox[abeoprs]-[\w-]{10}/, 'a Slack token', 'high'],
  [/(?<!\w)sb_secret_[\w-]{16}/, 'a Supabase secret key', 'critical'],
  [/(?<!\w)SG\.[\w-]{16}[\w-]*\.[\w-]{32}/, 'a SendGrid key', 'high'],
  [/(?<!\w)AccountKey=[A-Za-z0-9+/]{60}/, 'an Azure storage key', 'critical'],
  [
    /(?<!\w)[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@'"]{1,100}:[^\s/@'"]{3,200}@[\w.-]/i,
    'an address with a password',
    'high',
  ],
];

/** The first credential a text shows; null when none. Reads at most 16 KiB; linear. */
export function credentialIn(text: string): CredentialShape | null {
  const part = text.slice(0, 16_384);
  for (const [pattern, name, severity] of shapes) {
    if (pattern.test(part)) return { name, severity };
  }
  return null;
}

const secretNames =
  /^(?:password|passwd|pwd|secret|client_?secret|api_?secret|app_?secret|secret_?(?:access_)?key|private_?key|account_?key|stream_?key)$/i;

/** A password or secret by its name: a text that is neither a placeholder nor a flag. Hashes are told apart. */
export function secretByName(name: string, value: string): 'secret' | 'hash' | null {
  if (!secretNames.test(name.replace(/([a-z])([A-Z])/g, '$1_$2')) || value.trim().length < 4) return null;
  if (
    /^(?:true|false|null|none|required|changed|expired|reset|\*+|x+|<.*>|\$\{.*\}|redacted|hidden)$/i.test(value.trim())
  )
    return null;
  if (
    /^\$(?:2[abxy]|argon2\w*|scrypt|pbkdf2[\w-]*|[156])\$/.test(value) ||
    /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128})$/i.test(value)
  ) {
    return 'hash';
  }
  return 'secret';
}
