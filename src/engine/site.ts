/** Second labels under which every country that uses them registers names: `example.co.uk`, `example.com.br`. */
const everywhere = new Set('ac co com edu gov mil net org'.split(' '));

/** Second labels that only these countries register under. */
const byCountry: Record<string, string> = {
  at: 'gv or',
  au: 'asn id',
  ar: 'gob int tur',
  bo: 'gob int tv',
  br: 'adv art blog dev eco eng esp etc flog gov ind inf jus leg med nom psi tur tv',
  cl: 'gob',
  do: 'gob web',
  ec: 'fin gob info med',
  es: 'gob nom',
  fr: 'asso gouv nom prd tm',
  hk: 'idv',
  id: 'biz desa go my or ponpes sch web',
  il: 'idf k12 muni',
  in: 'firm gen ind nic res',
  ir: 'id sch',
  it: 'gov',
  jp: 'ad ed go gr lg ne or',
  ke: 'go info me mobi ne or sc',
  kr: 'es go hs kg ms ne or pe re sc',
  mx: 'gob',
  my: 'biz name',
  ng: 'mobi name sch',
  nz: 'cri geek gen govt health iwi kiwi maori parliament school',
  pe: 'gob nom',
  pl: 'biz info waw',
  pt: 'int nome publ',
  ro: 'arts firm info nom nt rec store tm www',
  sa: 'med pub sch',
  sg: 'per',
  th: 'go in mi or',
  tr: 'av bbs bel biz dr gen info k12 kep name pol tel tsk tv web',
  tw: 'club ebiz game idv',
  tz: 'go info me mobi ne or sc',
  ua: 'in',
  ug: 'go ne or sc',
  uk: 'ltd me nhs plc police sch',
  ve: 'gob info web',
  vn: 'biz health info int name pro',
  za: 'law nom school web',
};

/** Hosting suffixes whose customers share nothing: each name below one is a site of its own. */
const shared = new Set(
  (
    'github.io gitlab.io pages.dev workers.dev vercel.app now.sh netlify.app herokuapp.com web.app firebaseapp.com ' +
    'azurewebsites.net azurestaticapps.net cloudapp.net azureedge.net trafficmanager.net blob.core.windows.net ' +
    'cloudfront.net elasticbeanstalk.com amplifyapp.com s3.amazonaws.com on.aws run.app appspot.com cloudfunctions.net ' +
    'fly.dev onrender.com surge.sh repl.co replit.app replit.dev deno.dev railway.app up.railway.app ' +
    'ondigitalocean.app digitaloceanspaces.com ngrok.io ngrok.app ngrok-free.app ngrok.dev loca.lt trycloudflare.com ' +
    'blogspot.com wordpress.com wixsite.com myshopify.com webflow.io framer.app bubbleapps.io stackblitz.io webcontainer.io ' +
    'csb.app gitpod.io github.dev githubpreview.dev app.github.dev preview.app.github.dev codesandbox.io lovable.app ' +
    'translate.goog'
  ).split(' '),
);

/**
 * The registrable domain of a host, so that `app.call.example` and `api.call.example` are one site. IP addresses and
 * single labels are their own sites; internationalised names work in either spelling.
 *
 * An approximation of the public suffix list (which costs some 30 kB): it knows the common second-level suffixes of
 * countries and the common shared hosts. It does not know suffixes of three labels (`city.kawasaki.jp`), the rare
 * wildcard ones (`*.ck`), or the regional ones of Norway, Japan and the United States; there it takes one label too
 * few, so that two sites may count as one. It never tells one ordinary site apart from itself.
 */
export function siteOf(host: string): string {
  const name = host
    .trim()
    .toLowerCase()
    .replace(/\.{1,8}$/, '');
  const bare = name.startsWith('[') ? name.replace(/\]:\d+$/, ']') : name.replace(/:\d+$/, '');
  if (bare.startsWith('[') || bare.includes(':') || /^\d+(\.\d+){3}$/.test(bare)) return bare;
  const labels = bare.split('.');
  return labels.slice(-1 - suffixLabels(labels)).join('.');
}

/** How many labels at the end are a suffix under which anybody may register. */
function suffixLabels(labels: string[]): number {
  for (const count of [4, 3, 2]) {
    if (labels.length > count && shared.has(labels.slice(-count).join('.'))) return count;
  }
  const country = labels.at(-1) ?? '';
  const second = labels.at(-2) ?? '';
  const isCountry = /^[a-z]{2}$/.test(country);
  if (isCountry && labels.length > 2) {
    if (everywhere.has(second)) return 2;
    if (Object.hasOwn(byCountry, country) && byCountry[country]?.split(' ').includes(second)) return 2;
  }
  return 1;
}

/** The host of a URL or origin, without port; null where there is none. */
export function hostOf(url: string | null): string | null {
  if (!url) return null;
  try {
    return new URL(url).hostname || null;
  } catch {
    return null;
  }
}

/** True for hosts that only developers reach: loopback, `.localhost`, `.test`, and private addresses (RFC 1918, RFC 4193, RFC 6761). */
export function isDevelopmentHost(host: string): boolean {
  const name = host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
  if (isLoopback(name)) return true;
  if (/(^|\.)test$/.test(name)) return true;
  if (/^(10|192\.168|172\.(1[6-9]|2\d|3[01])|169\.254)(\.\d{1,3}){1,3}$/.test(name))
    return /^\d+(\.\d+){3}$/.test(name);
  return /^f[cd][0-9a-f]{2}:|^fe80:/.test(name);
}

/** True for `localhost`, names under it, 127.0.0.0/8 and ::1. */
export function isLoopback(host: string): boolean {
  const name = host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
  return name === '::1' || /(^|\.)localhost$/.test(name) || /^127(\.\d{1,3}){3}$/.test(name);
}
