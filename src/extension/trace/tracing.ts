import type { Exchange } from '../../engine/model/capture.ts';
import type { HostEvent } from '../../panel/host.ts';
import type { Browser } from '../browsers/browser.ts';

export interface Follower {
  tell: (calls: Exchange[]) => void;
  listener: (event: HostEvent) => void;
}

/** Traces the page while the user wants it, the page is watched and the panel is on screen. What it takes is loaded then. */
export function createTracing(browser: Browser, load = () => import('./trace-page.ts')) {
  let isOn = false;
  let calls = 0;
  const updates = new Set<() => void>();
  const nameCall = () => {
    calls += 1;
    return `call ${calls}`;
  };

  return {
    set(isWanted: boolean): void {
      isOn = isWanted;
      for (const update of updates) update();
    },

    follow({ tell, listener }: Follower): () => void {
      let isVisible = true;
      let isFollowing = true;
      let run: { stop: () => void } | null = null;

      function update(): void {
        const isWanted = isOn && isVisible && isFollowing;
        if (isWanted && !run) run = begin();
        else if (!isWanted && run) {
          run.stop();
          run = null;
        }
      }

      function begin() {
        let stop: (() => void) | null = null;
        let isStopped = false;
        load().then(
          ({ tracePage }) => {
            if (isStopped) return;
            const onState = (state: (HostEvent & { kind: 'trace' })['state']) => listener({ kind: 'trace', state });
            stop = tracePage(browser, { clock: () => Date.now(), nameCall, tell, onState });
          },
          () => listener({ kind: 'trace', state: null }),
        );
        return {
          stop: () => {
            isStopped = true;
            stop?.();
          },
        };
      }

      updates.add(update);
      const stopVisibility = browser.onVisibility((visible) => {
        isVisible = visible;
        update();
      });
      update();
      return () => {
        isFollowing = false;
        stopVisibility();
        updates.delete(update);
        update();
      };
    },
  };
}
