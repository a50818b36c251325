import { expect, test } from 'vitest';
import { jwt } from '../../../test/builders/tokens.ts';
import { decryptedText } from './decrypted.ts';

test('JSON is indented, a token shows its claims, and other text stays as it is', () => {
  expect(decryptedText('{"room":"standup"}')).toBe('{\n  "room": "standup"\n}');
  expect(JSON.parse(decryptedText(jwt({ room: 'standup' })))).toMatchObject({ room: 'standup' });
  expect(decryptedText('plain words')).toBe('plain words');
  expect(decryptedText('{"a":'.repeat(20_000))).toContain('{"a":');
});

test('the token of an MSAL entry is masked, and its claims follow', () => {
  const token = jwt({ scp: 'read' });
  const text = decryptedText(JSON.stringify({ credentialType: 'AccessToken', secret: token, realm: 'acme' }));
  expect(text).toMatch(/"credentialType": "AccessToken"[\s\S]*"realm": "acme"[\s\S]*"scp": "read"/);
  expect(text).not.toContain(token.slice(0, 30));
});

test('a secret of no known shape is masked, too, however long', () => {
  for (const secret of ['1.AXoA-opaque-refresh-token', 'x.'.repeat(30_000)]) {
    const text = decryptedText(JSON.stringify({ credentialType: 'RefreshToken', secret }));
    expect(text).toMatch(/"secret": ".{0,10}…[0-9a-f]{6}…\(\d+ characters\)"/);
    expect(text).not.toContain(secret.slice(0, 16));
  }
});

test('what nests beyond all reason does not throw, and shows no secret', () => {
  const deep = `{"secret":"1.AXoA-opaque-refresh-token","a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
  expect(decryptedText(deep)).not.toContain('opaque-refresh');
});
