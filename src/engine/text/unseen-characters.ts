/**
 * One character that is not seen itself, or that moves, hides or reorders what stands around it: controls (C0, DEL, C1),
 * format characters and what else is ignored when drawn (UAX #44: Cc, Cf, Default_Ignorable), line and paragraph separators,
 * lone surrogates. The two variation selectors that choose how an emoji looks are none. To be used with `replace`, or by
 * its source: with its flag `g`, `test` would remember where it was.
 */
export const unseen = /(?![\ufe0e\ufe0f])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{DI}\ufff9-\ufffb]/gu;
