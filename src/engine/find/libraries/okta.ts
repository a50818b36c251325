import { lastName, useByName } from '../use-by-name.ts';
import { nounOf } from './label.ts';
import type { Library } from './library.ts';

/** `okta-token-storage` and its kin. https://github.com/okta/okta-auth-js/blob/master/lib/constants.ts, read 2026-11. */
export const okta: Library = {
  id: 'okta',
  name: 'Okta Auth JS',
  describe({ key, path }) {
    const match = /^okta-(token|cache|transaction|original-uri|shared-transaction)-storage(?:_.*)?$/.exec(
      key.slice(0, 300),
    );
    if (!match) return null;
    const use = useByName(lastName(path));
    return { label: match[1] === 'token' ? `Okta ${nounOf(use)}` : `Okta ${match[1]} storage, ${nounOf(use)}`, use };
  },
};
