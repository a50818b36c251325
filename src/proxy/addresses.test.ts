import { expect, test } from 'vitest';
import { addressProblem, clientOf, hostName, isLoopback } from './addresses.ts';

test.each(['localhost', 'LocalHost', '127.0.0.1', '127.255.0.9', '::1', '[::1]'])('%s is this machine', (host) => {
  expect(isLoopback(host)).toBe(true);
});

test.each([
  '',
  '0.0.0.0',
  '::',
  '[::]',
  '128.0.0.1',
  '127.0.0.256',
  '127.1',
  'localhost.example',
  'my-localhost',
  '::ffff:7f00:1',
])('%j may be another machine', (host) => expect(isLoopback(host)).toBe(false));

test.each([
  'https://id.example/jwks.json',
  'https://[2001:db8::1]:8443/keys',
  'http://localhost:8080/jwks',
  'http://127.0.0.1/jwks',
  'http://[::1]:1/jwks',
])('%s may be asked', (url) => expect(addressProblem(url)).toBeNull());

test.each([
  'http://id.example/jwks.json',
  'http://10.0.0.1/jwks',
  'http://0.0.0.0/jwks',
  'http://127.0.0.1.evil.example/',
  'http://localhost@evil.example/',
  'https://user:pass@id.example/',
  'https://user@id.example/',
  'javascript:alert(1)',
  'file:///etc/passwd',
  'data:application/json,{}',
  'ftp://id.example/',
  'ws://localhost/',
  '//id.example/jwks',
  'id.example/jwks',
  '',
  'https://id.example/keys#part',
  'https://id.example/keys?a=b',
  'https://id.example/keys?',
])('%j is refused', (url) => expect(addressProblem(url)).not.toBeNull());

test('a key set may be chosen by a query, as some sign-in services do', () => {
  expect(addressProblem('https://id.example/keys?p=policy', { query: true })).toBeNull();
});

test.each([
  ['localhost:8787', 'localhost'],
  ['LOCALHOST', 'localhost'],
  ['call.example.', 'call.example'],
  ['[::1]:8787', '::1'],
  ['[2001:DB8::1]', '2001:db8::1'],
])('%s names %s', (header, name) => expect(hostName(header)).toBe(name));

test.each([
  '',
  '.',
  ':8787',
  'a b',
  'a/b',
  'a@b',
  'localhost:',
  'localhost:x',
  '::1',
  '[::1',
  'a,b',
  'localhost:123456',
  'ä.example',
])('%j is no host', (header) => expect(hostName(header)).toBeNull());

test('clients are told apart by address, those of version 6 by their network', () => {
  expect(clientOf('192.0.2.7')).toBe('192.0.2.7');
  expect(clientOf('::ffff:192.0.2.7')).toBe('192.0.2.7');
  expect(clientOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2');
  expect(clientOf('2001:db8:1:2::6')).toBe('2001:db8:1:2');
  expect(clientOf('2001:db8::6')).toBe('2001:db8:0:0');
  expect(clientOf('::1')).toBe('0:0:0:0');
  expect(clientOf('fe80::1%eth0')).toBe('fe80:0:0:0');
});

test('a client keeps its name whatever port and spelling a reverse proxy writes', () => {
  for (const written of ['192.0.2.7:40001', '::ffff:c000:207', '[::ffff:192.0.2.7]:443', '::FFFF:192.0.2.7']) {
    expect(clientOf(written)).toBe('192.0.2.7');
  }
  for (const written of ['[2001:db8::6]:40001', '[2001:DB8::6]', '2001:0db8:0:0::6', '2001:db8:0:0:9::']) {
    expect(clientOf(written)).toBe('2001:db8:0:0');
  }
  for (const odd of ['', 'unknown', '_hidden', ':::', '['.repeat(50), 'a'.repeat(64)]) {
    expect(clientOf(odd)).toBe(odd);
  }
});
