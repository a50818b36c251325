import type { Slot, Structure } from '../context.ts';

/**
 * Credentials that their own form gives away, whatever stands around them: prefixes that vendors gave to their keys,
 * hashes of passwords, URLs that are keys themselves. Forms after https://github.com/gitleaks/gitleaks (2026-11-26).
 */
export const knownCredentials: Structure = {
  id: 'known-credentials',
  signs: [],
  *slots(text): Generator<Slot> {
    for (const { index, 0: whole, groups } of text.matchAll(known)) {
      const { prefixed: own, behind: told, hash: hashed } = { ...groups };
      const value = own ?? told ?? hashed ?? '';
      const start = index + whole.length - value.length;
      yield { start, end: start + value.length, name: 'known form', held: 'text', suspicion: 'certain', at: 'known' };
    }
  },
};

const prefixed = [
  '(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{10,200}',
  'whsec_[A-Za-z0-9+/=]{16,100}',
  'gh[pousr]_[A-Za-z0-9]{30,255}',
  'github_pat_\\w{22,255}',
  'glpat-[\\w-]{16,100}',
  'xox[abeprs]-[\\w-]{10,250}',
  'xapp-\\d-[\\w-]{10,250}',
  'AIza[\\w-]{30,45}',
  'ya29\\.[\\w-]{16,2000}',
  'SG\\.[\\w-]{16,32}\\.[\\w-]{16,64}',
  'npm_[A-Za-z0-9]{30,60}',
  'pypi-[\\w-]{32,400}',
  'shp(?:at|ca|pa|ss)_[a-fA-F0-9]{24,64}',
  'dop_v1_[a-f0-9]{32,80}',
  'hf_[A-Za-z]{30,50}',
  'sk-(?:proj-|ant-)?[\\w-]{32,250}',
  'hvs\\.[\\w-]{20,250}',
  'A3T[A-Z0-9][A-Z0-9]{12}',
  'dapi[a-f0-9]{32}',
  'EAA[A-Za-z0-9]{60,300}',
].join('|');

/** Paths and commands behind which a key stands. */
const behind = [
  '(?<=/bot\\d{6,12}:)[\\w%-]{16,60}',
  '(?=[A-Za-z0-9%-]{8})(?<=hooks\\.slack\\.com\\/(?:services|workflows|triggers)\\/[\\w/]{1,60}\\/)[A-Za-z0-9%-]{8,64}',
  '(?<=discord(?:app)?\\.com\\/api\\/(?:v\\d{1,2}\\/)?webhooks\\/\\d{10,24}\\/)[\\w-]{16,100}',
  '(?<=webhook\\.office\\.com\\/webhookb2\\/)[^\\s"\'<>]{16,300}',
  '(?<=fcm\\.googleapis\\.com\\/(?:fcm\\/send|wp)\\/)[\\w:/+=-]{16,400}',
  '(?<=updates\\.push\\.services\\.mozilla\\.com\\/wpush\\/v\\d\\/)[\\w=-]{16,400}',
  '(?<=\\bAUTH (?:PLAIN|LOGIN|XOAUTH2|OAUTHBEARER|EXTERNAL|CRAM-MD5) )[\\w+/=]{4,4000}',
  '(?<=^(?:S: )?334 UGFzc3dvcmQ6\\r?\\n(?:C: )?)[\\w+/=]{4,4000}',
  '(?<=::add-mask::)[^\\s]{4,4000}',
  '(?<=^[^\\s:#]{1,255}:(?:\\d{2,5}|\\*):[^\\s:]{1,63}:[^\\s:]{1,63}:)[^\\s:]{4,200}$',
].join('|');

/** Hashes of passwords as `crypt` writes them. */
const hash = '\\$(?:apr1|1|2[abxy]|5|6|7|y|gy|argon2(?:id|i|d)|scrypt|pbkdf2[\\w-]{0,20})\\$[\\w./+=$,-]{8,400}';

const known = new RegExp(`(?:(?<![\\w-])(?<prefixed>${prefixed})|(?<behind>${behind})|(?<hash>${hash}))`, 'gm');
