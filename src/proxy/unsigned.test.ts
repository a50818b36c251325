import { createCipheriv, createHmac, randomBytes } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { zegoSecret } from '../../test/builders/mint/zegocloud.ts';
import { hours, now } from '../../test/builders/tokens.ts';
import { type StartedProxy, startTestProxy } from '../../test/doubles/proxy-client.ts';
import type { JsonObject } from '../engine/text/json.ts';

const secret = 'a-throw-away-secret-of-the-unsigned-parts-0123456789';
let proxy: StartedProxy;

beforeAll(async () => {
  proxy = await startTestProxy({
    keys: [
      { provider: 'trtc', secret },
      { provider: 'zegocloud', secret: zegoSecret },
    ],
  });
});
afterAll(() => proxy.close());

const fields = { 'TLS.identifier': 'ada', 'TLS.sdkappid': 1_400_000_000, 'TLS.time': now - 60, 'TLS.expire': 3600 };

/** A UserSig whose named fields are signed, and `more` is not. */
function userSig(signed: JsonObject, more: JsonObject = {}): string {
  const lines = Object.entries(signed).map(([name, value]) => `${name}:${value}\n`);
  const sig = createHmac('sha256', secret).update(lines.join('')).digest('base64');
  return deflateSync(JSON.stringify({ 'TLS.ver': '2.0', ...signed, 'TLS.sig': sig, ...more }))
    .toString('base64')
    .replace(/[+/=]/g, (char) => ({ '+': '*', '/': '-', '=': '_' })[char] ?? '');
}

describe('a UserSig', () => {
  test('as the vendor writes it is active', async () => {
    expect(await proxy.ask(userSig(fields))).toMatchObject({ active: true, exp: now + 3540 });
    expect(await proxy.ask(userSig({ ...fields, 'TLS.userbuf': 'AA==' }))).toMatchObject({ active: true });
  });

  test.each([
    { sub: 'admin' },
    { iss: 'https://id.example' },
    { scope: 'admin', client_id: 'x' },
    { aud: 'me' },
    { jti: '1' },
    { exp: now + 10 },
    { 'TLS.room': 7 },
    { userbuf: { roomid: 7, expiresAt: now + 10 } },
  ] satisfies JsonObject[])('with %j, which nobody signed, is not active and tells nothing of it', async (more) => {
    const reply = await proxy.ask(userSig(fields, more));
    expect(reply).toEqual({ active: false, roomkey: expect.anything() });
  });

  test('takes no room from beside a buffer that cannot be read', async () => {
    const text = userSig({ ...fields, 'TLS.userbuf': 'AA==' }, { userbuf: { roomid: 7, expiresAt: now + 10 } });
    expect(await proxy.ask(text, { room: '7' })).toMatchObject({ active: false });
  });

  test('meets no issuer and no audience by what nobody signed', async () => {
    for (const pin of [{ issuer: ['mine'] }, { audience: ['mine'] }]) {
      const pinned = await startTestProxy({ keys: [{ provider: 'trtc', secret, ...pin }] });
      expect(await pinned.ask(userSig(fields, { iss: 'mine', aud: 'mine' }))).toMatchObject({ active: false });
      await pinned.close();
    }
  });
});

describe('an OpenTok T1 token', () => {
  const session = (project: string) => `1_${Buffer.from(`1~${project}~~1795172400000~x~`).toString('base64url')}`;
  /** Signed is what follows the colon; the project before it is not. */
  const t1 = (partner: string, project: string, more: Record<string, string> = {}) => {
    const data = new URLSearchParams({
      session_id: session(project),
      create_time: String(now - 60),
      expire_time: String(now + 3600),
      role: 'moderator',
      nonce: '1',
      ...more,
    }).toString();
    const sig = createHmac('sha1', secret).update(data).digest('hex');
    return `T1==${Buffer.from(`partner_id=${partner}&sig=${sig}:${data}`).toString('base64')}`;
  };
  const pinned = (pin: Record<string, unknown>) => startTestProxy({ keys: [{ provider: 'opentok', secret, ...pin }] });

  test('meets a configured issuer by the project in its session, which is signed', async () => {
    const server = await pinned({ issuer: ['4582'] });
    expect(await server.ask(t1('4582', '4582'))).toMatchObject({ active: true });
    await server.close();
  });

  test.each([
    ['another project’s session', '4582', '9999', {}],
    ['a session that tells no project', '4582', '', {}],
    ['a session that is none', '4582', '9999', { session_id: 'standup' }],
  ])('meets none by the project written outside, with %s', async (_, partner, project, more) => {
    const server = await pinned({ issuer: ['4582'] });
    const reply = await server.ask(t1(partner, project, more));
    expect(reply).toMatchObject({ active: false });
    expect(reply.roomkey?.checks.find(({ name }) => name === 'issuer')?.outcome).toBe('failed');
    await server.close();
  });

  test('whose project was changed on the way is not active', async () => {
    for (const pin of [{}, { issuer: ['4582'] }]) {
      const server = await pinned(pin);
      expect(await server.ask(t1('1234', '4582'))).toMatchObject({ active: false });
      await server.close();
    }
  });
});

/** token04 of any plaintext; `change` gets at the IV and the ciphertext, as anybody can. */
function token04(plain: string, expire: number, change: (iv: Buffer, text: Buffer) => void = () => undefined): string {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', zegoSecret, iv);
  const text = Buffer.concat([cipher.update(plain), cipher.final()]);
  change(iv, text);
  const head = Buffer.alloc(10);
  head.writeBigInt64BE(BigInt(expire));
  head.writeUInt16BE(16, 8);
  const length = Buffer.from([text.length >> 8, text.length & 255]);
  return `04${Buffer.concat([head, iv, length, text]).toString('base64')}`;
}

const old = now - hours(1);
/** A year that begins with 2 instead of 1: one bit of one byte changes the first digit of a time. */
const later = Number(String(old).replace(/^1/, '2'));
const flip = 0x31 ^ 0x32;

describe('a ZEGOCLOUD token', () => {
  const rest = '"app_id":1,"user_id":"ada","nonce":-7,"ctime":1795172400';

  test.each([
    ['Node', `{${rest},"expire":${now + 60},"payload":""}`],
    ['Java', `{"user_id":"ada","payload":null,"expire":${now + 60},"ctime":1,"app_id":1,"nonce":1}`],
    ['C#', `{"app_id":1,"user_id":"ada","payload":"{}","ctime":1,"expire":${now + 60},"nonce":9223372036854775807}`],
  ])('in the order of the generator for %s is active', async (_, plain) => {
    expect(await proxy.ask(token04(plain, now + 60))).toMatchObject({ active: true });
  });

  test('whose expiry was changed through the IV is not active', async () => {
    const changed = token04(`{"expire":${old},${rest},"payload":""}`, later, (iv) => {
      iv[10] = (iv[10] ?? 0) ^ flip;
    });
    expect(await proxy.ask(changed)).toMatchObject({ active: false });
  });

  test('whose expiry was changed at the price of noise in a text before it is not active', async () => {
    const plain = `{"app_id":1,"user_id":"${'u'.repeat(60)}","expire":${old},"ctime":1,"nonce":1,"payload":""}`;
    const at = plain.indexOf(String(old));
    for (let tries = 0; tries < 300; tries += 1) {
      const changed = token04(plain, later, (_, text) => {
        text[at - 16] = (text[at - 16] ?? 0) ^ flip;
      });
      expect(await proxy.ask(changed)).toMatchObject({ active: false });
    }
  });

  test.each([
    ['a member twice', `{${rest},"expire":${old},"payload":"","expire":${now + 60}}`],
    ['a member too many', `{${rest},"expire":${now + 60},"payload":"","x":1}`],
    ['a member too few', `{"app_id":1,"ctime":1,"nonce":1,"expire":${now + 60}}`],
    ['a time in a text', `{${rest},"expire":"${now + 60}","payload":""}`],
  ])('with %s is not active', async (_, plain) => {
    expect(await proxy.ask(token04(plain, now + 60))).toMatchObject({ active: false });
  });

  test('says that a user changed in the first block leaves no trace, and tells nothing of the user', async () => {
    const plain = `{"user_id":"ada","payload":null,"expire":${now + 60},"ctime":1,"app_id":1,"nonce":1}`;
    const changed = token04(plain, now + 60, (iv) => {
      for (const [at, byte] of [...Buffer.from('eve')].entries()) {
        const place = plain.indexOf('ada') + at;
        iv[place] = (iv[place] ?? 0) ^ plain.charCodeAt(place) ^ byte;
      }
    });
    const reply = await proxy.ask(changed);
    const { reason } = reply.roomkey?.checks.find(({ name }) => name === 'signature') ?? {};
    expect(reason).toMatch(/app or user id at its start may have been changed on the way/);
    expect(JSON.stringify(reply)).not.toMatch(/eve"|"sub"/);
  });

  test('tells nobody what was wrong inside, padding or text', async () => {
    const plain = `{${rest},"expire":${now + 60},"payload":""}`;
    const reasons = new Set<string | undefined>();
    for (let byte = 1; byte < 256; byte += 1) {
      const changed = token04(plain, now + 60, (_, text) => {
        const at = text.length - 17;
        text[at] = (text[at] ?? 0) ^ byte;
      });
      const reply = await proxy.ask(changed);
      expect(reply.active).toBe(false);
      reasons.add(reply.roomkey?.checks.find(({ name }) => name === 'signature')?.reason);
    }
    expect(reasons.size).toBe(1);
  });
});
