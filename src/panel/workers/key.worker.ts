import type { KeySearchReply, KeySearchRequest } from './key-messages.ts';
import { searchInSteps } from './search-key.ts';

addEventListener('message', ({ data }: MessageEvent<KeySearchRequest>) => {
  for (const reply of searchInSteps(data, () => performance.now())) postMessage(reply satisfies KeySearchReply);
});
