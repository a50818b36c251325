/** A heading of a message with its first line, with the time and the number of the transfer in front or not. */
const firstPiece =
  /^(?:\d\d:\d\d:\d\d\.\d{6} )?(?:\[[\dx-]{1,20}\] )?(?:=> Send|<= Recv) (?:header|data), \d{1,12} bytes \(0x[\da-f]{1,12}\)\r?\n0000: /m;

/**
 * Whether a text is what curl writes with `--trace` or `--trace-ascii`: every message in pieces with their offsets, as text or in hex
 * (https://curl.se/docs/manpage.html#--trace, tool_cb_dbg.c of curl 8.16).
 */
export function isCurlTrace(text: string): boolean {
  return firstPiece.test(text);
}

/** Lines in hex, and lines that are full, so that what stands in them may go on in the next. */
const piece = /^[\da-f]{4,8}: (?:.{64}|(?:[\da-f]{2} ){2,16}.*)\r?$/m;

/** Whether what such a trace holds stands in pieces. */
export function isInPieces(text: string): boolean {
  return isCurlTrace(text) && piece.test(text);
}
