import type { Content, Network } from '../../src/extension/traffic/network.ts';

/** A request in the terms of HAR 1.2. */
export type Entry = Record<string, unknown>;

/** A network whose requests end, and whose log is looked at, by hand. */
export function fakeNetwork() {
  const listeners = new Set<(entry: unknown, body: () => Promise<Content | null>) => void>();
  const loads = new Set<(url: string) => void>();
  const network = {
    log: [] as Entry[],
    pages: [] as number[],
    looks: 0,
    finish: (entry: Entry, body: () => Promise<Content | null> = async () => null) => {
      for (const listener of listeners) listener(entry, body);
    },
    navigate: (url: string) => {
      network.log = [];
      for (const load of loads) load(url);
    },
    isHeard: () => listeners.size > 0,
  };
  const given: Network = {
    onFinished(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    log: async () => {
      network.looks += 1;
      return { entries: network.log, pages: network.pages };
    },
    onNavigated(listener) {
      loads.add(listener);
      return () => loads.delete(listener);
    },
  };
  return { ...network, network, given };
}
