import { setTimeout as sleep } from 'node:timers/promises';

/** How long the other end of a named pipe is waited for, in milliseconds. */
const patienceMs = 5000;
const pauseMs = 20;

/** Tries until there is an answer, and gives up after a while with null. */
export async function waitUntil<T>(attempt: () => Promise<T | null>): Promise<T | null> {
  for (let waited = 0; ; waited += pauseMs) {
    const answer = await attempt();
    if (answer !== null || waited >= patienceMs) return answer;
    await sleep(pauseMs);
  }
}
