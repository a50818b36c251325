/** Most characters that are held on to. */
const most = 64 << 20;

export type CleanTexts = ReturnType<typeof createCleanTexts>;

/** Texts in which nothing was found. Looked up where one text is come upon by many ways. */
export function createCleanTexts() {
  const texts = new Set<string>();
  let characters = 0;
  return {
    has: (text: string) => texts.has(text),
    add(text: string) {
      characters += text.length;
      if (characters > most) {
        texts.clear();
        characters = text.length;
      }
      texts.add(text);
    },
  };
}
