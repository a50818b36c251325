/**
 * Pairs of letters that words of English and of programs are made of, by their first letter; of all 676, these 290 are
 * what nearly every such word has and hardly any random run of six letters.
 */
const pairs = new Set(
  'aabcdfgiklmnprstuvwy baeilorstuy cacehiklorstu dacdegilmorsuy eabcdefgijlmnopqrstvwxy faefilortu gaeghilnorsu haeiortu iabcdefgklmnoprstvxz jeou keins ladeiklostuvy mabeimopsu nacdefgiklnoprstuvy oabcdefgiklmnoprstuvwx pabehiloprstu qu racdegiklmnorstuvy sacdehiklmopstuwy tacehiloprstuwy uabcdefgilmnprst vaeio waehinors xceipt yeimopst ze'
    .split(' ')
    .flatMap(([first = '', ...others]) => others.map((next) => first + next)),
);

/** Words of token names and of platforms that have rarer pairs. */
const words = new Set(
  'acme amplify authorization azure azurewebsites backup breakout callback checkout csrf currency dashboard development dpop example fallback gatsby html http https hydrate hydration hmac interpreter jaas jitsi json jwks keycloak livekit lobby monthly northwind nuxt okta organization partner project proxy readonly redux rehearsal roomkey saml sandbox subject sync townhall vpaas vuex webhook weekly whiteboard xsrf zoom zustand'.split(
    ' ',
  ),
);

/** Whether letters, in lower case, read like a word and not like a random run. Up to so many letters nobody can tell; they pass. */
export function isWordLike(letters: string, untold = 3): boolean {
  if (letters.length <= untold || words.has(letters)) return true;
  if (letters.length > 24 || !/[aeiouy]/.test(letters)) return false;
  // Hexadecimal digits spell few words of this length.
  if (/^[a-f]{6,24}$/.test(letters)) return false;
  for (let at = 1; at < letters.length; at += 1) if (!pairs.has(letters.slice(at - 1, at + 1))) return false;
  return true;
}
