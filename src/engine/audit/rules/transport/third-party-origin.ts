import { earliest } from '../../../model/presence.ts';
import type { Subject } from '../../../model/report.ts';
import type { Sighting } from '../../../model/token.ts';
import type { Provider } from '../../../recognise/providers/provider.ts';
import { isServerOf } from '../../../recognise/server-of.ts';
import { hostOf, isHostLike, isLoopback } from '../../../text/hosts.ts';
import { siteOf } from '../../../text/site-of.ts';
import { valueAt } from '../../../text/values.ts';
import { spots, whereWords } from '../../evidence/places.ts';
import { receiptOf, receiptWords } from '../../evidence/receipt.ts';
import { asvs, cheatSheet, cwe } from '../references.ts';
import type { RuleContext, TokenRule } from '../rule.ts';

/** Analytics, session replay, error reporting, tag and advertising services, by site. */
const trackers = new Set(
  (
    'google-analytics.com googletagmanager.com doubleclick.net googleadservices.com googlesyndication.com facebook.com facebook.net ' +
    'hotjar.com hotjar.io fullstory.com logrocket.io logrocket.com lr-ingest.io clarity.ms mouseflow.com smartlook.com inspectlet.com ' +
    'segment.io segment.com mixpanel.com amplitude.com heap.io heapanalytics.com posthog.com matomo.cloud plausible.io ' +
    'sentry.io bugsnag.com rollbar.com datadoghq.com datadoghq.eu browser-intake-datadoghq.com newrelic.com nr-data.net ' +
    'intercom.io hubspot.com hs-analytics.net adobedtm.com omtrdc.net demdex.net criteo.com taboola.com outbrain.com ' +
    'linkedin.com licdn.com twitter.com ads-twitter.com tiktok.com snapchat.com pinterest.com bing.com yandex.ru quantserve.com'
  ).split(' '),
);

export const thirdPartyOrigin: TokenRule = {
  id: 'third-party-origin',
  judges: 'token',
  group: 'transport',
  title: 'Sent to an unrelated party',
  severity: 'medium',
  why: 'That party, and whoever reads its logs, can use the token.',
  fix: 'Remove the token from what is sent there.',
  references: [
    asvs('10.1.1'),
    asvs('14.2.3'),
    cheatSheet('Third_Party_Javascript_Management'),
    cwe(200),
    cwe(359),
    cwe(201),
  ],
  aboutTheft: true,
  applies: ({ sightings }, { page }) =>
    sightings.some((sighting) => isSent(sighting) && (page !== null || sighting.place.exchange?.pageUrl != null)),
  check(subject, context) {
    const page = hostOf(context.page?.url ?? null);
    const isExpected = expectedRecipients(subject, context);
    return spots(subject, (sighting) => {
      const { url, exchange } = sighting.place;
      const host = hostOf(url);
      // Of a page that was left before, whoever asked tells more than the page that is there now.
      const own = hostOf(exchange?.pageUrl ?? exchange?.madeBy ?? null) ?? page;
      if (!isSent(sighting) || host === null || own === null || isLoopback(host)) return false;
      return siteOf(host) !== siteOf(own) && !isExpected(host, url);
    }).map((spot) => {
      const host = hostOf(spot.sighting.place.url) ?? '';
      const isTracker = trackers.has(siteOf(host));
      const receipt = receiptOf(spot.sighting.place);
      return {
        says: `${siteOf(host)} ${receipt === 'seen' ? 'receives it' : `was to receive it, ${receiptWords[receipt]}`}${isTracker ? ', which collects data about visitors' : ''}: ${whereWords(spot)}.`,
        at: spot.at,
        severity: receipt === 'unsent' ? 'low' : isTracker ? 'high' : 'medium',
        confidence: receipt === 'seen' || receipt === 'unsent' ? 'likely' : 'possible',
      } as const;
    });
  },
};

/** Cookies go back to whoever set them. */
function isSent({ place }: Sighting): boolean {
  return place.traits.sentToServers === true && place.traits.storage !== 'cookie' && place.cookie === null;
}

/** The issuer, the audience, the platform, whom the policy names, and who handed the token out. */
function expectedRecipients(
  subject: Subject,
  { provider, policy }: Pick<RuleContext, 'provider' | 'policy'>,
): (host: string, url: string | null) => boolean {
  const { token, facts } = subject;
  const audience = valueAt(token.claims, 'aud');
  const named = [
    valueAt(token.claims, 'iss'),
    ...(Array.isArray(audience) ? audience.slice(0, 50) : [audience]),
    facts.tenant,
  ].flatMap((one) =>
    typeof one === 'string' ? (hostOf(one) ?? (/^[\w-]+(?:\.[\w-]+){1,126}$/.test(one) ? one : [])) : [],
  );
  const sites = new Set(named.map(siteOf));
  for (const site of issuingSites(subject)) sites.add(site);
  const patterns = [...(provider?.transport.hosts ?? []), ...policy.recipients, ...callHosts];
  return (host, url) =>
    sites.has(siteOf(host)) ||
    patterns.some((pattern) => isHostLike(host, pattern)) ||
    isSelfHosted(provider, facts.use) ||
    isServerOf(provider, url);
}

/** Sites that answered with the token before it was sent to them: who had it before knows it anyway. */
function issuingSites({ sightings }: Subject): Set<string> {
  const [handedOutAt, sentAt] = [new Map<string, number>(), new Map<string, number>()];
  for (const sighting of sightings) {
    const { place, seenAt, more } = sighting;
    const isReceived = place.exchange?.direction === 'received' && !place.exchange.isFromWorker;
    const at = earliest(seenAt, more?.firstAt ?? null);
    if (at === null || !(isReceived || isSent(sighting))) continue;
    const site = siteOf(hostOf(place.url) ?? '');
    const first = isReceived ? handedOutAt : sentAt;
    first.set(site, Math.min(first.get(site) ?? at, at));
  }
  return new Set([...handedOutAt].flatMap(([site, at]) => (at < (sentAt.get(site) ?? at) ? [site] : [])));
}

/** A platform that everybody runs on hosts of their own cannot be told apart from a stranger. */
function isSelfHosted(provider: Provider | null, use: string): boolean {
  return use === 'video-join' && provider !== null && provider.transport.hosts.length === 0;
}

const callHosts =
  '*.daily.co *.livekit.cloud 8x8.vc *.8x8.vc *.jitsi.net meet.jit.si *.twilio.com *.zoom.us *.zoomgov.com *.vonage.com *.opentok.com *.tokbox.com *.videosdk.live *.100ms.live *.stream-io-api.com *.whereby.com *.agora.io'.split(
    ' ',
  );
