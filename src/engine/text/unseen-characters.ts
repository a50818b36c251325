/**
 * One character that is not seen itself, or that moves, hides or reorders what stands around it: controls (C0, DEL, C1),
 * format characters and what else is ignored when drawn (UAX #44: Cc, Cf, Default_Ignorable), line and paragraph separators,
 * lone surrogates. The two variation selectors that choose how an emoji looks are none. To be used with `replace`, or by
 * its source: with its flag `g`, `test` would remember where it was.
 */
export const unseen = /(?![\ufe0e\ufe0f])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{DI}\ufff9-\ufffb]/gu;

/** Arabic letters that join no letter after them (Unicode ArabicShaping, types R and U): behind them a non-joiner changes nothing. */
const endsJoin =
  '\\u0621-\\u0625\\u0627\\u0629\\u062f-\\u0632\\u0648\\u0671-\\u0677\\u0688-\\u0699\\u06c0\\u06c3-\\u06cb\\u06cd\\u06cf\\u06d2\\u06d3\\u06d5\\u06ee\\u06ef';

/** Marks that join two letters of a script of India, Sri Lanka, Burma or Cambodia into one (Indic_Syllabic_Category virama). */
const virama =
  '[\\u094d\\u09cd\\u0a4d\\u0acd\\u0b4d\\u0bcd\\u0c4d\\u0ccd\\u0d4d\\u0dca\\u1039\\u103a\\u17d2\\u1b44\\ua8c4]';

/**
 * Where a joiner changes what is seen, and so hides nothing (UAX #31 §2.3): between two emoji that it makes one; between two
 * Arabic letters that would join, for the non-joiner; behind a virama, and between a Bengali ra and its virama. Besides, the tags in the flags of England,
 * Scotland and Wales, which are all the flags made so.
 */
const seenJoiners = [
  '(?<=\\p{Extended_Pictographic}[\\ufe0f\\u{1f3fb}-\\u{1f3ff}]?)\\u200d(?=\\p{Extended_Pictographic})',
  `(?<=(?![${endsJoin}])\\p{Script=Arabic}\\p{Mn}?)\\u200c(?=\\p{Script=Arabic})`,
  `(?<=${virama})[\\u200c\\u200d]`,
  '(?<=\\u09b0)\\u200d(?=\\u09cd)',
  '(?<=\\u{1f3f4})\\u{e0067}\\u{e0062}(?:\\u{e0065}\\u{e006e}\\u{e0067}|\\u{e0073}\\u{e0063}\\u{e0074}|\\u{e0077}\\u{e006c}\\u{e0073})\\u{e007f}',
].join('|');

/** One of those, where it stands. */
const seenJoiner = new RegExp(seenJoiners, 'uy');

/** What stands in each of them first. */
const joining = /\u200c|\u200d|\u{e0067}/u;

/** Some at once, as each call costs more than many characters; never so many that remembering where they began is a burden. */
const unseenRun = new RegExp(`(?:${unseen.source}){1,1000}`, 'gu');

/** A text in which each such character is spelled out, but for joiners that change what is seen: those of emoji and of scripts that need them. */
export function withUnseenSpelled(text: string, spell: (character: string) => string): string {
  const spelled = new Map<string, string>();
  const spellOnce = (character: string) => {
    const known = spelled.get(character);
    if (known !== undefined) return known;
    const written = spell(character);
    spelled.set(character, written);
    return written;
  };
  return text.replace(unseenRun, (run: string, start: number) => {
    const hasJoiners = joining.test(run);
    const parts: string[] = [];
    let at = start;
    let seenUntil = start;
    for (const character of run) {
      if (hasJoiners && at >= seenUntil) seenUntil = at + lengthOfJoiner(text, at);
      parts.push(at < seenUntil ? character : spellOnce(character));
      at += character.length;
    }
    return parts.join('');
  });
}

function lengthOfJoiner(text: string, at: number): number {
  seenJoiner.lastIndex = at;
  return seenJoiner.exec(text)?.[0].length ?? 0;
}
