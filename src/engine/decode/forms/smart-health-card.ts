import type { Form, Reading } from './form.ts';
import { readSigned } from './jws.ts';

/** SMART Health Card: a JWS with a compressed payload, each character written as two digits (code − 45). */
export const smartHealthCard: Form = {
  id: 'smart-health-card',
  name: 'SMART Health Card',
  use: 'vc',
  startsAt: ['run'],
  lead: ['shc:'],
  match({ text, start }) {
    pattern.lastIndex = start;
    if (!pattern.test(text)) return null;
    return {
      form: 'smart-health-card',
      start,
      end: pattern.lastIndex,
      confidence: 'certain',
      note: 'smart-health-card',
    };
  },
  read(text): Reading {
    const digits = text.replace(/^shc:\/(?:\d+\/\d+\/)?/, '');
    let token = '';
    for (let at = 0; at + 1 < digits.length; at += 2)
      token += String.fromCharCode(Number(digits.slice(at, at + 2)) + 45);
    const reading = readSigned(token, 'smart-health-card');
    return { ...reading, form: 'smart-health-card' };
  },
  links: [{ title: 'SMART Health Cards', url: 'https://spec.smarthealth.cards/' }],
};

const pattern = /shc:\/(?:\d+\/\d+\/)?\d{100}\d*/y;
