import { daily } from './daily.ts';
import { livekit } from './livekit.ts';
import type { Provider } from './provider.ts';

/** Every platform Roomkey knows, in alphabetical order: the order means nothing. */
export const providers: readonly Provider[] = [daily, livekit];
