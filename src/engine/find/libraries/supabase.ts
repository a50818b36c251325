import { lastName, useByName } from '../use-by-name.ts';
import { brief, nounOf } from './label.ts';
import type { Library } from './library.ts';

/**
 * `sb-<project>-auth-token` in storage or, chunked, in cookies; `supabase.auth.token` before version 2.
 * https://github.com/supabase/supabase-js and https://github.com/supabase/ssr, read 2026-11.
 */
export const supabase: Library = {
  id: 'supabase',
  name: 'Supabase',
  describe({ key, path }) {
    const match = /^(?:sb-(.+)-auth-token(?:\.\d+)?|supabase\.auth\.token)$/.exec(key.slice(0, 300));
    if (!match) return null;
    const member = lastName(path);
    // An upstream provider's own token is kept beside Supabase's.
    const upstream = member.startsWith('provider_') ? ' from the sign-in provider' : '';
    const use = useByName(member) ?? (member === 'provider_token' ? 'access' : null);
    const project = match[1] ? ` (project ${brief(match[1], 24)})` : '';
    return { label: `Supabase ${nounOf(use)}${upstream}${project}`, use };
  },
};
