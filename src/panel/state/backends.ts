import { computed } from '@preact/signals';
import { originOf } from '../../engine/find/sources/url-snippets.ts';
import type { BackendSettings, Host } from '../host.ts';
import { type Messages, messageOf } from './messages.ts';
import type { SettingsModel } from './settings.ts';

export interface BackendOptions {
  host: Pick<Host, 'requestAccess' | 'backends'>;
  settings: Pick<SettingsModel, 'stored' | 'save'>;
  messages: Pick<Messages, 'say' | 'fail'>;
  /** Called when a backend was removed: what it answered no longer counts. */
  forget: (id: string, url: string) => void;
}

/** The validation backends of the settings, the browser's leave to ask them, and the secrets they are asked with. */
export function createBackends({ host, settings, messages, forget }: BackendOptions) {
  const { secrets } = host.backends;
  const { say, fail } = messages;
  const list = computed(() => settings.stored.value.backends ?? []);

  async function setSecret(id: string, secret: string): Promise<void> {
    try {
      const { [id]: _, ...others } = await secrets.load();
      await secrets.save(secret ? { ...others, [id]: secret } : others);
    } catch (error) {
      fail('The value of the header could not be kept', error);
    }
  }

  return {
    /** In the user's order. */
    list,

    /**
     * Adds a backend once the browser lets the panel ask it. To be called from a press, as the browser asks the user.
     * Resolves to a sentence when it could not be added.
     */
    async add(backend: Omit<BackendSettings, 'id'>, secret: string): Promise<string | null> {
      const site = originOf(backend.url);
      if (!site) return 'This is not the URL of a backend.';
      try {
        if (!(await host.requestAccess([site]))) {
          return `Access to ${site} was not given, so it was not added. Press Add to be asked again.`;
        }
        const id = crypto.randomUUID();
        if (secret) await secrets.save({ ...(await secrets.load()), [id]: secret });
        settings.save({ backends: [...list.value, { ...backend, id }] });
        say(`${site} was added.`);
        return null;
      } catch (error) {
        return `It could not be added: ${messageOf(error)}`;
      }
    },

    /** Removes a backend, its secret, and what it answered. */
    async remove(id: string): Promise<void> {
      const removed = list.value.find((one) => one.id === id);
      if (!removed) return;
      settings.save({ backends: list.value.filter((one) => one.id !== id) });
      forget(id, removed.url);
      await setSecret(id, '');
    },

    /** The value of a backend's header, to be entered again after the browser was closed. */
    setSecret,

    ...createBackendAccess(host, messages),
  };
}

/** The browser's leave to ask a backend. */
function createBackendAccess(host: BackendOptions['host'], { say, fail }: BackendOptions['messages']) {
  return {
    /** Whether the panel may ask a backend, and holds the value of its header. */
    async stateOf({ id, url, header }: BackendSettings): Promise<{ hasAccess: boolean; hasSecret: boolean }> {
      const site = originOf(url);
      const [isOpen, known] = await Promise.all([
        site ? host.backends.hasAccess(site) : false,
        header ? host.backends.secrets.load() : {},
      ]);
      return { hasAccess: isOpen, hasSecret: header === null || Object.hasOwn(known, id) };
    },

    /** Asks the user for access to a backend again. To be called from a press. */
    async allow({ url }: BackendSettings): Promise<void> {
      const site = originOf(url);
      try {
        const granted = site !== null && (await host.requestAccess([site]));
        say(granted ? `${site} can be asked now.` : `Access to ${site} was not given.`);
      } catch (error) {
        fail(`Access to ${site} could not be asked for`, error);
      }
    },
  };
}
