/** The part of the SDK used here: its own types are a separate package, which lags behind (no third argument, three roles). */
declare module 'opentok' {
  export interface TokenOptions {
    role?: 'subscriber' | 'publisher' | 'publisheronly' | 'moderator';
    data?: string;
    /** Seconds since the epoch. */
    expireTime?: number;
    initialLayoutClassList?: string[];
  }
  class OpenTok {
    constructor(apiKey: string, apiSecret: string);
    generateToken(sessionId: string, options?: TokenOptions, legacy?: boolean): string;
  }
  export default OpenTok;
}

declare module 'opentok-token' {
  /** Makes a `T1==` token of these fields; times in seconds since the epoch. */
  export default function encodeToken(
    fields: Record<string, string | number>,
    apiKey: string,
    apiSecret: string,
  ): string;
}

declare module 'opentok-token/helpers.js' {
  /** The fields of a `T1==` token, as texts. */
  export function decodeToken(token: string): Record<string, string>;
}
