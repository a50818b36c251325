/** Whether all is tried that there is, which takes minutes: `npm run unit:whole`. Otherwise a sample of it is. */
export const isWhole = import.meta.env.MODE === 'whole';

/** All of a list with `npm run unit:whole`; otherwise one of so many, evenly from its beginning to its end. */
export function sampled<Item>(all: readonly Item[], oneOf: number): readonly Item[] {
  return isWhole ? all : all.filter((_, index) => index % oneOf === 0);
}
