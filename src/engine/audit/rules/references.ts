import type { Link } from '../../model/token.ts';

/** A section of an RFC: `rfc(7519, '4.1.4')`. */
export function rfc(number: number, section?: string): Link {
  const url = `https://www.rfc-editor.org/rfc/rfc${number}`;
  const name = `RFC ${number}${standing.get(number) ?? ''}`;
  return section
    ? {
        title: `${name} §${section}`,
        url: `${url}#${/^[A-Z]/.test(section) ? 'appendix' : 'section'}-${section}`,
      }
    : { title: name, url };
}

/** What a reader of the number should know: the IESG approved draft-ietf-oauth-rfc8725bis, which has no number yet (2026-11). */
const standing: ReadonlyMap<number, string> = new Map([[8725, ' (BCP 225; approved successor: rfc8725bis)']]);

/** A requirement of the OWASP Application Security Verification Standard 5.0: `asvs('9.2.1')`. */
export function asvs(requirement: string): Link {
  return {
    title: `OWASP ASVS 5.0 ${requirement}`,
    url: `https://github.com/OWASP/ASVS/tree/v5.0.0/5.0/en#${requirement}`,
  };
}

/** A weakness class: `cwe(613)`. */
export function cwe(number: number): Link {
  return { title: `CWE-${number}`, url: `https://cwe.mitre.org/data/definitions/${number}.html` };
}

/** A known vulnerability that shows the problem: `cve('2015-9235')`. */
export function cve(id: string): Link {
  return { title: `CVE-${id}`, url: `https://nvd.nist.gov/vuln/detail/CVE-${id}` };
}

/** An OWASP Cheat Sheet: `cheatSheet('JSON_Web_Token_for_Java')`. */
export function cheatSheet(name: string): Link {
  return {
    title: `OWASP Cheat Sheet: ${name.replaceAll('_', ' ')}`,
    url: `https://cheatsheetseries.owasp.org/cheatsheets/${name}_Cheat_Sheet.html`,
  };
}

/** A test of the OWASP Web Security Testing Guide: `wstg('SESS-10')`. */
export function wstg(id: string): Link {
  return { title: `OWASP WSTG-${id}`, url: 'https://owasp.org/www-project-web-security-testing-guide/latest/' };
}

/** The cookie standard as browsers follow it. */
export function cookies(section: string): Link {
  return {
    title: `Cookies: HTTP State Management §${section}`,
    url: `https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-${section}`,
  };
}

/** OAuth 2.0 for Browser-Based Applications, BCP 212 since August 2026. */
export const browserBasedApps: Link = {
  title: 'RFC 10017: OAuth 2.0 for Browser-Based Applications (BCP 212)',
  url: 'https://www.rfc-editor.org/rfc/rfc10017',
};

/** OpenID Connect Core. */
export function openidCore(section: string): Link {
  return { title: `OpenID Connect Core §${section}`, url: 'https://openid.net/specs/openid-connect-core-1_0.html' };
}

/** What is said everywhere of a key that others can guess. */
export const weakKeys: readonly Link[] = [
  rfc(7518, '3.2'),
  rfc(8725, '3.5'),
  asvs('9.1.1'),
  asvs('11.2.3'),
  cheatSheet('JSON_Web_Token_for_Java'),
  wstg('SESS-10'),
];
