/** What carriers bear, in characters: RFC 6265bis §5.6 for cookies, common servers for headers, common software for addresses. */
export const mostCarried = { cookie: 4096, header: 8192, url: 2048 } as const;
