import fc from 'fast-check';
import { expect, test } from 'vitest';
import { passesIban, passesLuhn, personalByName, personalKinds } from './personal-data.ts';

test.each([
  ['ada@acme.com', '', ['e-mail address']],
  ['Ada <ada.lovelace+call@acme.co.uk>', '', ['e-mail address']],
  ['ada@example.com', '', []],
  ['bot@calls.iam.gserviceaccount.com', '', []],
  ['auth0|abc@clients', '', []],
  ['+44 20 7946 0958', '', ['phone number']],
  ['+1 (555) 010-9999', '', ['phone number']],
  ['030 1234567', 'phone_number', ['phone number']],
  ['030 1234567', 'order', []],
  ['a+12345678', '', []],
  ['4111 1111 1111 1111', '', ['payment card number']],
  ['4111111111111111', 'card_number', ['payment card number']],
  ['4111111111111111', 'id', []],
  ['4111 1111 1111 1112', '', []],
  ['1795176000123', 'card', []],
  ['DE89 3704 0044 0532 0130 00', '', ['bank account number (IBAN)']],
  ['GB82WEST12345698765432', '', ['bank account number (IBAN)']],
  ['DE89 3704 0044 0532 0130 01', '', []],
  ['5f4dcc3b5aa765d61d8327deb882cf99', 'email', []],
  ['email%3Dada%40acme.com', '', ['e-mail address']],
])('%s under "%s" shows %j', (text, name, kinds) => {
  expect(personalKinds(text, name)).toEqual(kinds);
});

test.each([
  ['1815-12-10', 'birthdate', ['birth date']],
  ['1815-12-10', 'createdAt', []],
  ['123-45-6789', 'ssn', ['national id']],
  ['000-45-6789', 'ssn', []],
  ['12 Example Street', 'address.street_address', ['postal address']],
  ['52.520008', 'geo.lat', ['location']],
  ['52', 'lat', []],
  ['F41.1', 'patient.diagnosis', ['health detail']],
  ['', 'diagnosis', []],
])('%s under "%s" is %j by its name', (text, name, kinds) => {
  expect(personalByName(text, name)).toEqual(kinds);
});

test('check digits', () => {
  expect(passesLuhn('79927398713')).toBe(true);
  expect(passesLuhn('79927398710')).toBe(false);
  expect(passesLuhn('0000000000000')).toBe(false);
  expect(passesIban('FR1420041010050500013M02606')).toBe(true);
  expect(passesIban('FR1420041010050500013M02607')).toBe(false);
});

test('hostile texts are read in bounded time and never throw', () => {
  for (const piece of ['a@', '+1 ', '4111 ', 'DE89', '%40', 'a.b@a.']) personalKinds(piece.repeat(100_000), piece);
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, name) => void personalKinds(text, name)),
    { seed: 20_261_126 },
  );
});
