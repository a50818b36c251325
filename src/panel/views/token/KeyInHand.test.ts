// @vitest-environment happy-dom
import { act, screen } from '@testing-library/preact';
import { expect, test, vi } from 'vitest';
import { callPage, captureOf, localStorageOf } from '../../../../test/builders/captures.ts';
import { fillMsalCache } from '../../../../test/builders/msal-cache.ts';
import { click, openTab, rowOf, see, type, usePanel } from '../../../../test/builders/panel.ts';

const panel = usePanel();

/** What verifies and decrypts is loaded only then, which takes a busy machine its time. */
async function shows(words: string): Promise<void> {
  await vi.waitFor(
    async () => {
      await act(async () => {});
      expect(screen.getByText(words)).toBeTruthy();
    },
    { timeout: 20_000 },
  );
}

test('a key in hand verifies a signature, and is kept nowhere', async () => {
  await see(callPage());
  await click(rowOf('Daily'));
  await click(screen.getByRole('tab', { name: 'Validity' }));
  await type(screen.getByLabelText(/Secret, PEM, JWK/), 'not-the-key-of-this-token');
  await click(screen.getByRole('button', { name: 'Verify signature' }));
  await shows('Signature failed.');
  expect(JSON.stringify([panel.host.stored, panel.host.secrets])).not.toContain('not-the-key');
  expect(panel.host.fetched).toEqual([]);
});

test('an encrypted entry of MSAL is decrypted with its cookie, and the token inside stays masked', async () => {
  window.location.href = 'https://call.example/';
  const { local, cookie, accessToken, refreshToken } = await fillMsalCache();
  const shown = async (kind: string, claims: RegExp) => {
    const entries = Object.entries(local).filter(([key]) => key.includes(`|${kind}|`));
    await see(captureOf({ stores: [localStorageOf(Object.fromEntries(entries))] }));
    await click(rowOf('MSAL, encrypted'));
    await openTab(/Validity/);
    await type(screen.getByLabelText(/cookie msal\.cache\.encryption/), cookie);
    await click(screen.getByRole('button', { name: 'Decrypt' }));
    await shows('Decryption passed.');
    expect(screen.getByRole('region', { name: 'Decrypted claims' }).textContent).toMatch(claims);
    for (const secret of [accessToken, refreshToken]) expect(panel.root.textContent).not.toContain(secret);
  };
  await shown('accesstoken', /"credentialType": "AccessToken"[\s\S]*"scp": "read"/);
  await shown('refreshtoken', /"credentialType": "RefreshToken"/);
  expect(JSON.stringify([panel.host.stored, panel.host.secrets])).not.toContain(
    JSON.parse(decodeURIComponent(cookie.slice(22))).key,
  );
});
