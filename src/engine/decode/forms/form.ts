import type { Confidence, FormId, Irregularity, Link, Lock, Token, TokenUse } from '../../model/token.ts';
import type { JsonObject } from '../../text/json.ts';

/** A place in a text where a token may stand. */
export interface Candidate {
  text: string;
  /** Offset of the first character. */
  start: number;
  /** Decoded JOSE header, for forms that ask for one, and the offset of the dot after it. */
  header: JsonObject | null;
  headerEnd: number;
  /** Name of the storage key, JSON member or parameter the text was found under; null when none is known. */
  key: string | null;
}

export interface Match {
  form: FormId;
  /** Offset of the first character and after the last. */
  start: number;
  end: number;
  confidence: Confidence;
  /** Listed without being judged; null = a token. */
  note: string | null;
}

/** What could be read of a token's text. Everything left out is null or empty. */
export interface Reading
  extends Partial<
    Pick<Token, 'form' | 'header' | 'claims' | 'opaquePayload' | 'signature' | 'problem' | 'disclosures'>
  > {
  irregularities?: Irregularity[];
  /** Tokens inside this one, to be decoded in turn. */
  inner?: { path: string; text: string; form: FormId }[];
}

/**
 * What a form of JOSE does: 'signed' (RFC 7515); 'unsecured' = `alg` is none (RFC 7518 §3.6); 'detached' = signed, and the
 * payload stands elsewhere (RFC 7515 appendix F); 'selective' = signed digests and what they disclose (RFC 9901);
 * 'encrypted' (RFC 7516); 'damaged' = begun as one of these and not whole.
 */
export type Jose = 'signed' | 'unsecured' | 'detached' | 'selective' | 'encrypted' | 'damaged';

export type Start = 'header' | 'run' | 'object' | 'value';

/** A shape tokens come in: how to find its ends in a text, and how to read it. */
export interface Form {
  /** File name, and the id in reports. */
  id: FormId;
  /** As a reader would call it: "OpenTok token (T1)". */
  name: string;
  /** In lists, where the name is too long: "JWT". */
  shortName?: string;
  /** Left out for forms that are no JOSE. */
  jose?: Jose;
  /** Every value is written as a text, numbers and times, too. */
  isAllText?: true;
  /** A value without parts: nothing in it is signed. */
  isBare?: true;
  /** What hides the content; left out where anybody can read it. */
  lock?: Lock;
  /** What every token of this form is for, as far as it does not say itself. */
  use?: TokenUse;
  /**
   * What the detector brings: 'header' = a decoded JOSE header before a dot; 'run' = the start of a long run of base64
   * characters; 'object' = a JSON object; 'value' = a whole value kept under a name that speaks of tokens.
   */
  startsAt: readonly Start[];
  /** For 'run': how the run begins, as sources of regular expressions whose first character stands for itself. */
  begins?: readonly string[];
  /** For 'run': what stands before the run and belongs to the token, likewise; the last character stands for itself. */
  lead?: readonly string[];
  /** Members of a form in JSON whose values lead to it. */
  members?: readonly string[];
  /** Members of a form in JSON that hold a password: they lead to it although nothing in them speaks of a token. */
  passwords?: readonly string[];
  /** The extent of the token that starts at the candidate, or null. Pure, total, and linear in what it returns. */
  match?(candidate: Candidate): Match | null;
  /** Reads a text of this form. Never throws; what is wrong is in `problem` and `irregularities`. */
  read(text: string): Reading;
  links: Link[];
}

/** Names that credentials are kept under. What looks like a token only by half counts as one only there. */
export function isTokenKey(key: string | null): boolean {
  return (
    key !== null &&
    /token|jwt|auth|bearer|credential|assertion|session|\bsid\b|secret|\bzak\b|\bticket\b|^cert$|usersig/i.test(key)
  );
}

/** True when a candidate is the whole of a value kept under such a name. */
export function isWholeValue({ text, start, key }: Candidate, end: number): boolean {
  return isTokenKey(key) && text.slice(0, start).trim() === '' && text.slice(end).trim() === '';
}
