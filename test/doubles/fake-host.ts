import type { Capture, Exchange } from '../../src/engine/model/capture.ts';
import { nothingUnread } from '../../src/engine/model/traffic.ts';
import { ask } from '../../src/introspection/ask.ts';
import {
  type BackendHost,
  defaultSettings,
  type Host,
  type HostEvent,
  type KeptExpectations,
  type PageState,
  type Preset,
  type Settings,
  type StoredView,
} from '../../src/panel/host.ts';

export interface FakeHost extends Host {
  backends: BackendHost;
  /** What backends answer; replace it. Header values by backend id. */
  fetched: { url: string; headers: Headers; form: URLSearchParams }[];
  secrets: Record<string, string>;
  /** Sends an event to whoever watches. */
  emit(event: HostEvent): void;
  emitState(state: PageState): void;
  emitCapture(capture: Capture): void;
  emitTraffic(...exchanges: Exchange[]): void;
  /** Sets what the user has typed into the search of the surroundings. */
  search(query: string | null): void;
  /** How often each thing was asked for. */
  readonly asked: { rescan: number; reload: number; watch: number; unwatch: number; access: string[][] };
  /** Sites that may be read. */
  granted: string[];
  emitGrants(sites: string[]): void;
  readonly copied: string[];
  /** What was looked up among the page's requests. */
  readonly lookedUp: string[];
  /** When tracing was switched on and off. */
  readonly traced: boolean[];
  /** What other tabs were told last, and what they hold. */
  readonly toldTabs: string[];
  emitOtherTabs(others: Record<string, number>): void;
  readonly saved: { name: string; type: string; text: string }[];
  /** What was opened in the browser's own panels. */
  readonly opened: string[];
  stored: Settings;
  /** How the panel was left. */
  storedView: Partial<StoredView>;
  /** Expectations by origin. */
  keptExpectations: Map<string, KeptExpectations>;
  /** What could not be read of what was stored. */
  leftOut: string[];
  preset: Preset;
  /** What the next requests answer; an error makes them fail. */
  answers: {
    access: boolean | Error;
    isPrivate: boolean;
    copy: Error | null;
    save: Error | null;
    load: Error | null;
    reply: () => Response;
  };
}

/** A panel's surroundings without a browser: events are emitted by hand, requests are written down. */
export function createFakeHost(): FakeHost {
  const listeners = new Set<(event: HostEvent) => void>();
  const searches = new Set<(query: string | null) => void>();
  const expectationListeners = new Set<(origin: string) => void>();
  const grantListeners = new Set<() => void>();
  const tabs = new Set<(others: ReadonlyMap<string, number>) => void>();
  const host: FakeHost = {
    asked: { rescan: 0, reload: 0, watch: 0, unwatch: 0, access: [] },
    copied: [],
    lookedUp: [],
    showRequests: (text) => host.lookedUp.push(text),
    traced: [],
    toldTabs: [],
    otherTabs: {
      tell: (ids) => host.toldTabs.splice(0, Number.POSITIVE_INFINITY, ...ids),
      onChange(listener) {
        tabs.add(listener);
        return () => tabs.delete(listener);
      },
    },
    emitOtherTabs: (others) => {
      for (const listener of tabs) listener(new Map(Object.entries(others)));
    },
    trace: (isOn) => host.traced.push(isOn),
    saved: [],
    fetched: [],
    secrets: {},
    opened: [],
    openResource: async (url) => {
      host.opened.push(url);
      return true;
    },
    stored: defaultSettings,
    storedView: {},
    keptExpectations: new Map(),
    leftOut: [],
    preset: { policy: null },
    answers: {
      access: true,
      isPrivate: false,
      copy: null,
      save: null,
      load: null,
      reply: () => Response.json({ active: true }),
    },
    emit: (event) => {
      for (const listener of listeners) listener(event);
    },
    emitState: (state) => host.emit({ kind: 'state', state }),
    emitTraffic: (...exchanges) => host.emit({ kind: 'traffic', traffic: { exchanges, unread: nothingUnread } }),
    emitCapture: (capture) => host.emit({ kind: 'capture', capture }),
    search: (query) => {
      for (const listener of searches) listener(query);
    },

    watch(listener) {
      host.asked.watch += 1;
      listeners.add(listener);
      return () => {
        host.asked.unwatch += 1;
        listeners.delete(listener);
      };
    },
    rescan() {
      host.asked.rescan += 1;
    },
    reloadPage() {
      host.asked.reload += 1;
    },
    async requestAccess(sites) {
      host.asked.access.push(sites);
      if (host.answers.access instanceof Error) throw host.answers.access;
      return host.answers.access;
    },
    granted: [],
    emitGrants(sites) {
      host.granted = sites;
      for (const listener of grantListeners) listener();
    },
    grants: {
      list: async () => host.granted,
      async withdraw(site) {
        if (host.answers.access instanceof Error) throw host.answers.access;
        if (!host.answers.access) return false;
        host.emitGrants(host.granted.filter((one) => one !== site));
        return true;
      },
      onChange(listener) {
        grantListeners.add(listener);
        return () => grantListeners.delete(listener);
      },
    },
    async copy(text) {
      if (host.answers.copy) throw host.answers.copy;
      host.copied.push(text);
    },
    async save(file) {
      if (host.answers.save) throw host.answers.save;
      host.saved.push(file);
    },
    settings: {
      async load() {
        if (host.answers.load) throw host.answers.load;
        return { value: host.stored, leftOut: host.leftOut };
      },
      async save(settings) {
        host.stored = settings;
      },
      async preset() {
        return host.preset;
      },
    },
    view: {
      load: async () => ({ value: host.storedView, leftOut: [] }),
      save: async (view) => {
        host.storedView = view;
      },
    },
    expectations: {
      load: async (origin) => host.keptExpectations.get(origin) ?? null,
      async save(origin, kept) {
        if (host.answers.isPrivate) return;
        if (kept) host.keptExpectations.set(origin, kept);
        else host.keptExpectations.delete(origin);
        for (const listener of expectationListeners) listener(origin);
      },
      onChange(listener) {
        expectationListeners.add(listener);
        return () => expectationListeners.delete(listener);
      },
    },
    isPrivate: async () => host.answers.isPrivate,
    backends: {
      hasAccess: async () => host.answers.access === true,
      ask: (backend, request, signal) =>
        ask(backend, request, {
          signal,
          fetch: async (input, init) => {
            host.fetched.push({
              url: String(input),
              headers: new Headers(init?.headers),
              form: new URLSearchParams(String(init?.body)),
            });
            return host.answers.reply();
          },
        }),
      secrets: {
        load: async () => host.secrets,
        save: async (secrets) => {
          host.secrets = secrets;
        },
      },
    },
    onSearch(listener) {
      searches.add(listener);
      return () => searches.delete(listener);
    },
  };
  return host;
}
