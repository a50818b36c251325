import type { Subject } from '../../../model/report.ts';
import type { Provider } from '../../../recognise/providers/provider.ts';
import { hostOf, isHostLike, isLoopback } from '../../../text/hosts.ts';
import { siteOf } from '../../../text/site-of.ts';
import { valueAt } from '../../../text/values.ts';
import { spots, whereWords } from '../../evidence/places.ts';
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
    page !== null && sightings.some(({ place }) => place.traits.sentToServers === true),
  check(subject, context) {
    const own = hostOf(context.page?.url ?? null);
    if (own === null) return [];
    const isExpected = expectedRecipients(subject, own, context);
    return spots(subject, ({ place }) => {
      const host = hostOf(place.url);
      return (
        place.traits.sentToServers === true &&
        place.cookie === null &&
        host !== null &&
        !isLoopback(host) &&
        !isExpected(host)
      );
    }).map((spot) => {
      const host = hostOf(spot.sighting.place.url) ?? '';
      const isTracker = trackers.has(siteOf(host));
      return {
        says: `${siteOf(host)} receives it${isTracker ? ', which collects data about visitors' : ''}: ${whereWords(spot)}.`,
        at: spot.at,
        severity: isTracker ? 'high' : 'medium',
        confidence: 'likely',
      } as const;
    });
  },
};

/** The page's own site, the issuer, the audience, the platform and whom the policy names. */
function expectedRecipients(
  { token, facts }: Subject,
  own: string,
  { provider, policy }: Pick<RuleContext, 'provider' | 'policy'>,
): (host: string) => boolean {
  const audience = valueAt(token.claims, 'aud');
  const named = [
    valueAt(token.claims, 'iss'),
    ...(Array.isArray(audience) ? audience.slice(0, 50) : [audience]),
    facts.tenant,
  ].flatMap((one) =>
    typeof one === 'string' ? (hostOf(one) ?? (/^[\w-]+(?:\.[\w-]+){1,126}$/.test(one) ? one : [])) : [],
  );
  const sites = new Set([own, ...named].map(siteOf));
  const patterns = [...(provider?.transport.hosts ?? []), ...policy.recipients, ...callHosts];
  return (host) =>
    sites.has(siteOf(host)) ||
    patterns.some((pattern) => isHostLike(host, pattern)) ||
    isSelfHosted(provider, facts.use);
}

/** A platform that everybody runs on hosts of their own cannot be told apart from a stranger. */
function isSelfHosted(provider: Provider | null, use: string): boolean {
  return use === 'video-join' && provider !== null && provider.transport.hosts.length === 0;
}

const callHosts =
  '*.daily.co *.livekit.cloud 8x8.vc *.8x8.vc *.jitsi.net meet.jit.si *.twilio.com *.zoom.us *.zoomgov.com *.vonage.com *.opentok.com *.tokbox.com *.videosdk.live *.100ms.live *.stream-io-api.com *.whereby.com *.agora.io'.split(
    ' ',
  );
