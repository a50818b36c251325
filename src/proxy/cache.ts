import type { IntrospectionReply } from '../introspection/reply.ts';

/** Most replies kept at once. */
const most = 1000;

/** Keeps replies for a short while under a hash of the question, so that no token is held as a key. */
export function createCache(seconds: number, now: () => number) {
  const kept = new Map<string, { reply: IntrospectionReply; until: number }>();
  return {
    async hash(...question: (string | undefined)[]): Promise<string> {
      const bytes = new TextEncoder().encode(JSON.stringify(question));
      return btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))));
    },
    get(hash: string): IntrospectionReply | null {
      const found = kept.get(hash);
      if (found && found.until > now()) return found.reply;
      kept.delete(hash);
      return null;
    },
    /** An active reply is never kept beyond the token's own expiry. */
    set(hash: string, reply: IntrospectionReply) {
      if (seconds <= 0) return;
      for (const oldest of kept.keys()) {
        if (kept.size < most) break;
        kept.delete(oldest);
      }
      kept.set(hash, { reply, until: Math.min(now() + seconds, reply.exp ?? Number.POSITIVE_INFINITY) });
    },
  };
}
