import { base64Bytes, bytesToText } from '../../text/base64.ts';
import { isObject, parseJson } from '../../text/json.ts';
import type { Form, Reading } from './form.ts';

/** Credentials a vendor marks by a prefix. Listed so that nobody overlooks them; their content is the vendor's own. */
export const vendorKey: Form = {
  id: 'vendor-key',
  name: 'Service key',
  isBare: true,
  startsAt: ['run'],
  begins: ['sntrys_', 'glc_', 'ops_', 'sb_secret_', 'gh[opsur]_', 'github_pat_'],
  lead: ['[ps]k\\.', 'ya29\\.'],
  match({ text, start }) {
    pattern.lastIndex = start;
    if (!pattern.test(text)) return null;
    return { form: 'vendor-key', start, end: pattern.lastIndex, confidence: 'likely', note: 'vendor-key' };
  },
  read(text): Reading {
    const body = text.replace(/^(?:[ps]k\.|sntrys_|glc_|ops_)/, '');
    const value = parseJson(bytesToText(base64Bytes(body.split(/[._]/)[0] ?? '')).text);
    return isObject(value) ? { claims: value } : {};
  },
  links: [{ title: 'Mapbox, access tokens', url: 'https://docs.mapbox.com/help/dive-deeper/access-tokens/' }],
};

/** Prefix and the least that follows it. `sb_publishable_` is public by design and stays out. */
const pattern =
  /(?:[ps]k\.eyJ[\w-]{20}[\w-]*\.[\w-]{20}[\w-]*|(?:sntrys|glc|ops)_eyJ[\w+/=-]{20}[\w+/=-]*|sb_secret_[\w-]{20}[\w-]*|ya29\.[\w-]{30}[\w-]*|gh[opsur]_[A-Za-z0-9]{36}[A-Za-z0-9]*|github_pat_\w{60}\w*)(?![\w-])/y;
