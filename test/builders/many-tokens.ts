import { daily, minutes } from './tokens.ts';

/** So many tokens of sixty people in seven rooms, the hosts among them, with lives of their own, and the keys they lie under. `now` in seconds. */
export function manyTokens(count: number, now: number): [key: string, token: string][] {
  return Array.from({ length: count }, (_, index) => [
    `call.${index}`,
    daily.guest({
      u: `Guest ${index % 60}`,
      ud: `guest-${index % 60}`,
      r: `room-${index % 7}`,
      o: index % 9 === 0,
      iat: now - index,
      exp: now + minutes(1 + index),
    }),
  ]);
}

/** A page that keeps as many in its localStorage. */
export function pageOfMany(count: number, now: number): string {
  return `<!doctype html><title>${count} tokens</title><script>
    for (const [key, token] of ${JSON.stringify(manyTokens(count, now))}) localStorage.setItem(key, token);
  </script>`;
}
