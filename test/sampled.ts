/** Whether all is tried that there is, which takes minutes: `npm run unit:whole`. Otherwise a sample of it is. */
export const isWhole = import.meta.env.MODE === 'whole';

/**
 * All of a list with `npm run unit:whole`; otherwise one of so many, evenly from its beginning to its end. Lists that are tried several
 * times are sampled by `turn`, so that each time others are taken.
 */
export function sampled<Item>(all: readonly Item[], oneOf: number, turn = 0): readonly Item[] {
  return isWhole ? all : all.filter((_, index) => index % oneOf === turn % oneOf);
}
