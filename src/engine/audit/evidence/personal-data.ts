export type PersonalKind =
  | 'e-mail address'
  | 'phone number'
  | 'payment card number'
  | 'bank account number (IBAN)'
  | 'national id'
  | 'location'
  | 'health detail'
  | 'birth date'
  | 'postal address';

/** Kinds whose exposure harms more than a name does. */
export const sensitiveKinds: readonly PersonalKind[] = [
  'payment card number',
  'bank account number (IBAN)',
  'national id',
  'location',
  'health detail',
];

/** Longest text searched for patterns; personal data in a claim comes early or not at all. */
const longest = 4096;

/**
 * Kinds of personal data that a text shows beyond doubt: patterns that carry a check digit, a country code or an @.
 * Names of people are no pattern and are not guessed. Linear time.
 */
export function personalKinds(text: string, name = ''): PersonalKind[] {
  const kinds: PersonalKind[] = [];
  const part = decodedText(text.slice(0, longest));
  if (hasEmail(part)) kinds.push('e-mail address');
  if (hasPhone(part, name)) kinds.push('phone number');
  if (hasCard(part, name)) kinds.push('payment card number');
  if (hasIban(part)) kinds.push('bank account number (IBAN)');
  return kinds;
}

/** Kinds that only the name of the claim can tell, and a value that fits it. Names alone are noise, so both are asked. */
export function personalByName(text: string, path: string): PersonalKind[] {
  const name = (path.split('.').at(-1) ?? '').replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
  const value = text.trim();
  if (
    /^(?:birth_?date|date_of_birth|dob)$/.test(name) &&
    /^(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4}|0000-\d{2}-\d{2})/.test(value)
  ) {
    return ['birth date'];
  }
  if (/^(?:street_address|postal_address|street)$/.test(name) && /[a-z]/i.test(value) && /\d/.test(value))
    return ['postal address'];
  if (/(?:^|\.)address\.formatted$/.test(path) && value.length > 8) return ['postal address'];
  if (
    /^(?:ssn|social_security_number|us_ssn)$/.test(name) &&
    /^(?!000|666|9)\d{3}-?(?!00)\d{2}-?(?!0000)\d{4}$/.test(value)
  ) {
    return ['national id'];
  }
  if (
    /^(?:national_id|national_id_number|nino|personnummer|passport_number|tax_id)$/.test(name) &&
    /\d{4}/.test(value)
  ) {
    return ['national id'];
  }
  if (/^(?:lat|latitude|lng|lon|longitude)$/.test(name) && /^-?\d{1,3}\.\d{3,}$/.test(value)) return ['location'];
  if (/^(?:geo|geolocation|location|coordinates)$/.test(name) && /^-?\d{1,2}\.\d{3,},\s*-?\d{1,3}\.\d{3,}$/.test(value))
    return ['location'];
  if (
    /^(?:diagnosis|diagnoses|icd_?10|icd_?9|medication|medications|blood_type|condition_code|mrn|patient_id)$/.test(
      name,
    ) &&
    value.length > 1
  ) {
    return ['health detail'];
  }
  return [];
}

/** Connection data is often URL-encoded. */
function decodedText(text: string): string {
  if (!/%[0-9a-f]{2}/i.test(text)) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Domains that only tests use (RFC 2606, RFC 6761) and addresses that belong to machines. */
const testDomain = /(?:^|[.@])(?:example\.(?:com|net|org|edu)|example|invalid|localhost|test)$/i;
const machine = /(?:\.iam\.gserviceaccount\.com|@developer\.gserviceaccount\.com|@clients|\.local)$/i;

function hasEmail(text: string): boolean {
  for (const [address] of text.matchAll(/[\w.+-]{1,64}@[a-z0-9](?:[a-z0-9-]{0,62}\.){1,126}[a-z]{2,24}(?![\w@])/gi)) {
    if (!testDomain.test(address) && !machine.test(address)) return true;
  }
  return false;
}

/** E.164 with its plus sign, or plain digits under a name that says phone. */
function hasPhone(text: string, name: string): boolean {
  for (const [match] of text.matchAll(/(?<![\w+])\+[1-9][\d ().-]{6,20}\d(?!\w)/g)) {
    const digits = match.replace(/\D/g, '');
    if (digits.length >= 8 && digits.length <= 15) return true;
  }
  return /phone|mobile|msisdn|(?:^|[_.])tel(?:$|[_.])/i.test(name) && /^\+?[\d ().-]{7,20}$/.test(text.trim());
}

/** 13 to 19 digits that pass Luhn, begin as card numbers do, and are grouped or stand under a telling name. */
function hasCard(text: string, name: string): boolean {
  const isNamed = /card|(?:^|[_.])pan(?:$|[_.])|cc_?num/i.test(name);
  for (const [match] of text.matchAll(/(?<![\w.+-])[2-6]\d{3}(?:[ -]?\d{4}){2}[ -]?\d{1,7}(?![\w.])/g)) {
    const digits = match.replace(/\D/g, '');
    if (digits.length < 13 || digits.length > 19 || !passesLuhn(digits)) continue;
    if (isNamed || /^\d{4}[ -]\d{4}[ -]\d{4}[ -]/.test(match) || /card|pan/i.test(text)) return true;
  }
  return false;
}

/** The check digit of payment cards (ISO/IEC 7812-1, annex B). */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48;
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0 && /[1-9]/.test(digits);
}

function hasIban(text: string): boolean {
  for (const [match] of text.matchAll(/(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}(?!\w)/g)) {
    if (passesIban(match.replaceAll(' ', ''))) return true;
  }
  return false;
}

/** The check of bank account numbers: rearranged and read as a number, modulo 97 it is 1 (ISO 13616, ISO 7064). */
export function passesIban(iban: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban)) return false;
  let rest = 0;
  for (const letter of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(letter, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}
