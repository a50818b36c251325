import { type Encoding, stretch } from './encoding.ts';

/** Character references of HTML that stand in for what surrounds and divides a token: quotes, `&`, dots, `=`. */
export const htmlEntities: Encoding = {
  id: 'html-entities',
  name: 'HTML character references',
  tried: ['header', 'run-end'],
  sign: '&',
  peel(text, at, most) {
    const { start, end } = stretch(text, at, /[\s"'<>]/, most);
    const encoded = text.slice(start, end);
    if (!encoded.includes('&')) return null;
    const decoded = encoded.replace(
      /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-z]{2,6}));/g,
      (reference, decimal, hex, name) => {
        const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : named.get(name as string);
        return code !== undefined && code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : reference;
      },
    );
    return decoded === encoded ? null : { start, end, text: decoded };
  },
};

const named = new Map(
  Object.entries({
    amp: 0x26,
    quot: 0x22,
    apos: 0x27,
    lt: 0x3c,
    gt: 0x3e,
    period: 0x2e,
    equals: 0x3d,
    lowbar: 0x5f,
    sol: 0x2f,
    plus: 0x2b,
    colon: 0x3a,
    nbsp: 0xa0,
  }),
);
