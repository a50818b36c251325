import { pattern } from './match-pattern.ts';

/** Frames that are there already and are listened in; each that comes is. */
const mostFrames = 200;

/**
 * A script is put into the frames that are there, and into each that comes, before the page's own. It ends by itself where no panel
 * answers it, as in other tabs of the same sites and after the panel was closed.
 */
export function listenToMessages(
  tabId: number,
  sites: readonly string[],
  listener: (told: unknown) => void,
): () => void {
  const id = `messages-${tabId}`;
  const files = ['assets/message-listener.js'];
  const heard = (told: unknown, { tab }: chrome.runtime.MessageSender, answer: (text: string) => void) => {
    if (tab?.id !== tabId) return;
    answer('heard');
    listener(told);
  };
  // One that is left over from before has the same id.
  const leave = () => chrome.scripting.unregisterContentScripts({ ids: [id] }).catch(() => {});
  const enter = async () => {
    await leave();
    if (!isOn) return;
    const script = {
      allFrames: true,
      matchOriginAsFallback: true,
      runAt: 'document_start' as const,
      persistAcrossSessions: false,
    };
    // A frame of another site that was allowed may come: what is posted to it first is not to be missed.
    const { origins = [] } = await chrome.permissions.getAll();
    const matches = [...new Set([...sites.map(pattern), ...origins.filter((one) => /^(?:https?|\*):/.test(one))])];
    await chrome.scripting.registerContentScripts([{ ...script, id, matches, js: files }]);
    const frames = (await chrome.webNavigation.getAllFrames({ tabId })) ?? [];
    for (const { frameId } of frames.slice(0, mostFrames)) {
      const target = { tabId, frameIds: [frameId] };
      void chrome.scripting.executeScript({ target, injectImmediately: true, files }).catch(() => {});
    }
  };
  let isOn = true;
  const end = () => {
    isOn = false;
    chrome.runtime.onMessage.removeListener(heard);
    removeEventListener('pagehide', end);
    void leave();
  };
  chrome.runtime.onMessage.addListener(heard);
  addEventListener('pagehide', end);
  // A site may be withdrawn, or a frame left, in between.
  void enter().catch(() => {});
  return end;
}
