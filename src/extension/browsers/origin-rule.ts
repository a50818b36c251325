/**
 * A rule about the extension's own requests to one URL, until the browser closes. Pages cannot be meant by it.
 *
 * @param initiator the host of the extension's own addresses
 */
export async function sendOrigin(url: string, isSent: boolean, initiator: string): Promise<void> {
  const rules = await chrome.declarativeNetRequest.getSessionRules();
  const urlFilter = `|${url}|`;
  const known = rules.find(({ condition }) => condition.urlFilter === urlFilter);
  if (isSent === !known) return;
  if (known) return chrome.declarativeNetRequest.updateSessionRules({ removeRuleIds: [known.id] });
  await chrome.declarativeNetRequest.updateSessionRules({
    addRules: [
      {
        id: Math.max(0, ...rules.map(({ id }) => id)) + 1,
        condition: {
          urlFilter,
          isUrlFilterCaseSensitive: true,
          initiatorDomains: [initiator],
          requestMethods: ['post'],
          resourceTypes: ['xmlhttprequest'],
        },
        action: { type: 'modifyHeaders', requestHeaders: [{ header: 'origin', operation: 'remove' }] },
      },
    ],
  });
}
