import type { Hit, Problem } from './model.ts';

export interface Detection {
  hits: Hit[];
  /** Budgets that were reached. */
  problems: Problem[];
}

/** Finds every token in a text, in one linear pass. Never throws. */
export function detect(text: string): Detection {
  const hits: Hit[] = [];
  for (const match of text.matchAll(/eyJ[\w-]+\.[\w-]+\.[\w-]*/g)) {
    hits.push({
      form: 'jws',
      token: match[0],
      offset: match.index,
      encodings: [],
      path: '',
      confidence: 'certain',
      note: null,
    });
  }
  return { hits, problems: [] };
}
