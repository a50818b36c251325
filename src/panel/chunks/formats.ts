// What writes reports down: loaded when the menu that offers the formats is opened.
export const loadFormats = async () => (await import('../../engine/report/formats/index.ts')).formats;
