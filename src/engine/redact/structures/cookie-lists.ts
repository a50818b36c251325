import type { Slot, Structure } from '../context.ts';
import { cookieSlots, pieces } from './cookie-header.ts';

/** Cookies as a script reads them, without the name of their header: a line, or a text in quotes, of nothing but `a=1; b=2`. */
export const cookieLists: Structure = {
  id: 'cookie-lists',
  signs: ['; '],
  *slots(text, { isProgram }): Generator<Slot> {
    for (const { index, 0: whole } of text.matchAll(list)) {
      if (isProgram() && !/["'`]/.test(text.charAt(index - 1))) continue;
      for (const { start, end } of pieces(whole, ';')) {
        for (const slot of cookieSlots(whole.slice(start, end), index + start)) if (!slot.isName) yield slot;
      }
    }
  },
};

const list =
  /(?<=^|["'`\r\n])[^\s;="'`<>(){},:]{1,100}=[^\s;"'`<>{}]{0,4096}(?:; ?[^\s;="'`<>(){},:]{1,100}=[^\s;"'`<>{}]{0,4096}){1,200};?(?=$|["'`\r\n])/g;
