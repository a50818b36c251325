import { getDomain } from 'tldts';
import { expect, test } from 'vitest';
import { publicSuffixes } from './public-suffixes.ts';
import { siteOf } from './site-of.ts';

const hosts = [
  ...'call.com www.call.com a.b.c.call.com call.io eu.call.io call.dev call.app call.video meet.jit.si 8x8.vc'.split(
    ' ',
  ),
  ...'call.co.uk www.call.co.uk call.org.uk call.ac.uk call.gov.uk call.me.uk call.nhs.uk call.ltd.uk'.split(' '),
  ...'call.com.au call.net.au call.id.au call.asn.au call.co.nz call.govt.nz call.school.nz'.split(' '),
  ...'call.co.jp call.ne.jp call.or.jp call.go.jp call.jp call.co.kr call.or.kr call.go.kr'.split(' '),
  ...'call.com.br call.gov.br call.med.br call.com.mx call.gob.mx call.com.ar call.gob.ar call.gob.cl'.split(' '),
  ...'call.co.in call.gen.in call.firm.in call.com.sg call.com.my call.co.id call.or.id call.go.id call.co.th'.split(
    ' ',
  ),
  ...'call.com.tr call.k12.tr call.co.za call.web.za call.co.il call.com.hk call.idv.hk call.com.tw call.idv.tw'.split(
    ' ',
  ),
  ...'call.com.cn call.net.cn call.com.ua call.com.pl call.com.pt call.com.gr call.com.es call.gob.es'.split(' '),
  ...'call.de www.call.de call.fr call.asso.fr call.gouv.fr call.it call.nl call.ch call.at call.or.at call.se'.split(
    ' ',
  ),
  ...'call.us call.ca call.eu call.me call.tv call.ai call.co a.call.co call.ly call.gg call.sh call.to call.fm'.split(
    ' ',
  ),
  ...'xn--bcher-kva.de www.xn--bcher-kva.de bücher.de www.bücher.de xn--fiqs8s call.xn--p1ai a.call.xn--p1ai'.split(
    ' ',
  ),
  ...'team.github.io a.team.github.io team.vercel.app team.pages.dev team.workers.dev team.netlify.app'.split(' '),
  ...'team.herokuapp.com team.web.app team.firebaseapp.com team.azurewebsites.net d1.cloudfront.net'.split(' '),
  ...'team.fly.dev team.onrender.com team.ngrok.io team.ngrok-free.app team.trycloudflare.com'.split(' '),
  ...'team.blogspot.com team.wixsite.com team.myshopify.com team.replit.app team.deno.dev team.surge.sh'.split(' '),
  ...'x.daily.co c.daily.co api.daily.co anvil.opentok.com api.8x8.vc prod-init.100ms.live'.split(' '),
];

test.each(hosts)('%s belongs to the site the public suffix list names', (host) => {
  expect(siteOf(host)).toBe(getDomain(host, { allowPrivateDomains: true }) ?? host);
});

/** Where guessing goes wrong: wildcards and their exceptions, regions, customers of one host, names in two spellings. */
const hardHosts = [
  ...'ck www.ck foo.ck a.foo.ck a.b.foo.ck www.www.ck a.www.ck'.split(' '),
  ...'city.kawasaki.jp a.city.kawasaki.jp foo.kawasaki.jp a.foo.kawasaki.jp a.b.foo.kawasaki.jp kawasaki.jp'.split(' '),
  ...'co.uk a.co.uk b.a.co.uk sch.uk a.sch.uk b.a.sch.uk c.b.a.sch.uk'.split(' '),
  ...'github.io a.github.io b.a.github.io z.supabase.co supabase.co a.z.supabase.co'.split(' '),
  ...'s3.amazonaws.com a.s3.amazonaws.com s3.eu-west-1.amazonaws.com a.s3.eu-west-1.amazonaws.com amazonaws.com'.split(
    ' ',
  ),
  ...'compute.amazonaws.com ec2-1.eu-west-1.compute.amazonaws.com a.ec2-1.eu-west-1.compute.amazonaws.com'.split(' '),
  ...'oslo.no a.oslo.no gs.oslo.no a.gs.oslo.no k12.ca.us a.k12.ca.us pvt.k12.ma.us a.pvt.k12.ma.us'.split(' '),
  ...'公司.cn 食狮.公司.cn www.食狮.公司.cn xn--85x722f.xn--55qx5d.cn www.xn--85x722f.xn--55qx5d.cn'.split(' '),
  ...'个人.hk a.个人.hk b.a.个人.hk example.みんな a.example.みんな'.split(' '),
  ...'nonexistenttld a.nonexistenttld b.a.nonexistenttld constructor a.constructor __proto__ a.__proto__'.split(' '),
  ...'kobe.jp c.kobe.jp b.c.kobe.jp city.kobe.jp www.city.kobe.jp platform.sh a.platform.sh b.a.eu.platform.sh'.split(
    ' ',
  ),
];

test.each(hardHosts)('%s, a hard one, belongs to the site the list names', (host) => {
  expect(siteOf(host)).toBe(getDomain(host, { allowPrivateDomains: true }) ?? host);
});

test('every suffix of the list is kept: names below each are sites as the list says', () => {
  const wrong: string[] = [];
  const check = (host: string) => {
    const site = getDomain(host, { allowPrivateDomains: true }) ?? host;
    if (siteOf(host) !== site) wrong.push(`${host}: ${siteOf(host)}, not ${site}`);
  };
  const suffixes = suffixesIn(publicSuffixes);
  expect(suffixes.length).toBeGreaterThan(7000);
  for (const suffix of suffixes) for (const below of ['', 'a.', 'b.a.', 'c.b.a.']) check(`${below}${suffix}`);
  expect(wrong).toEqual([]);
});

/** Everything the written list names, wildcards filled in. */
function suffixesIn(text: string): string[] {
  const found: string[] = [];
  const open = [''];
  let last = '';
  for (const [, label, bracket] of text.matchAll(/[.!]?([^,().!]+)|([()])/g)) {
    if (bracket === ')') open.pop();
    else if (bracket === '(') open.push(`.${last}`);
    else {
      last = `${label === '*' ? 'w' : label}${open.at(-1)}`;
      found.push(last);
    }
  }
  return found;
}

test.each([
  ['192.168.0.1:8080', '192.168.0.1'],
  ['127.0.0.1', '127.0.0.1'],
  ['[::1]:3000', '[::1]'],
  ['localhost:5173', 'localhost'],
  ['Call.Example.', 'call.example'],
  ['a.call.example:443', 'call.example'],
  ['a.co.uk.', 'a.co.uk'],
  ['a.co.uk..', 'a.co.uk'],
  ['[2001:db8::1]', '[2001:db8::1]'],
  ['2001:db8::1', '2001:db8::1'],
  ['', ''],
  ['..', ''],
])('%s is read as %s', (host, site) => {
  expect(siteOf(host)).toBe(site);
});
