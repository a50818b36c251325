import type { Severity } from '../../model/report.ts';
import { hostOf, isDevelopmentHost } from '../../text/hosts.ts';
import type { JsonObject } from '../../text/json.ts';
import { clip } from '../../text/sentence.ts';
import { siteOf } from '../../text/site-of.ts';
import { stringAt } from '../../text/values.ts';
import type { Verdict } from '../rules/rule.ts';

/** Links that lead elsewhere: whoever made the link decides where. */
const shorteners = new Set('bit.ly tinyurl.com t.co goo.gl is.gd ow.ly buff.ly rebrand.ly cutt.ly'.split(' '));

/** How far the address of a key in the header is from the issuer's own site. */
export function keyUrlVerdict(name: 'jku' | 'x5u', value: string, claims: JsonObject | null): Verdict {
  const [severity, because] = judge(value, stringAt(claims, 'iss'));
  return { says: `\`${name}\` is ${JSON.stringify(clip(value, 100))}, ${because}.`, at: `header.${name}`, severity };
}

function judge(value: string, issuer: string | null): [Severity, string] {
  let url: URL;
  try {
    url = new URL(value);
  } catch {
    return ['medium', 'which is no URL'];
  }
  if (url.protocol !== 'https:') return ['high', 'which is not https'];
  if (url.username !== '' || url.password !== '') return ['high', 'which carries credentials before the host'];
  if (/^\[|^\d+(?:\.\d+){3}$/.test(url.hostname) || isDevelopmentHost(url.hostname)) {
    return ['high', 'an address rather than a named host'];
  }
  if (shorteners.has(siteOf(url.hostname))) return ['high', 'a shortened link'];
  if ([...url.searchParams.values()].some((one) => /^(?:https?:)?\/\//i.test(one)))
    return ['high', 'which may redirect'];
  const own = hostOf(issuer) ?? (issuer && /^[\w.-]+\.[a-z]+$/i.test(issuer) ? issuer : null);
  return own && siteOf(own) === siteOf(url.hostname)
    ? ['low', "on the issuer's own site"]
    : ['medium', "not on the issuer's site"];
}
