import { useByName } from '../use-by-name.ts';
import { brief, nounOf, ofClient } from './label.ts';
import type { Library } from './library.ts';

/**
 * `CognitoIdentityServiceProvider.<client>.<user>.<what>`; user names may hold dots.
 * https://github.com/aws-amplify/amplify-js/tree/main/packages/auth/src/providers/cognito/tokenProvider, read 2026-11.
 */
export const amplify: Library = {
  id: 'amplify',
  name: 'AWS Amplify',
  describe({ key }) {
    const match = /^CognitoIdentityServiceProvider\.([^.]+)\.(?:(.+)\.)?(\w+)$/.exec(key.slice(0, 500));
    if (!match) return null;
    const [, client, user, what = ''] = match;
    const use = useByName(what);
    return { label: `Cognito ${nounOf(use)}${user ? ` of ${brief(user, 32)}` : ''}${ofClient(client)}`, use };
  },
};
