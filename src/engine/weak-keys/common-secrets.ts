/** Secrets that samples, tutorials and default settings print, and what each is known from. Read 2026-11. */
export const published: Record<string, string> = {
  secret: 'LiveKit in development mode, and countless samples',
  devkey: 'LiveKit in development mode',
  mirotalksfu_jwt_secret: 'the MiroTalk SFU template',
  mirotalkp2p_jwt_secret: 'the MiroTalk P2P template',
  my_jitsi_app_secret: 'the Jitsi Docker sample',
  my_jitsi_app_id: 'the Jitsi Docker sample',
  'your-256-bit-secret': 'jwt.io',
  'your-384-bit-secret': 'jwt.io',
  'your-512-bit-secret': 'jwt.io',
  'a-string-secret-at-least-256-bits-long': 'jwt.io',
  'a-valid-string-secret-that-is-at-least-512-bits-long-which-is-very-long': 'jwt.io',
  'super-secret-jwt-token-with-at-least-32-characters-long': 'Supabase in local development',
  'your-super-secret-jwt-token-with-at-least-32-characters-long': 'the self-hosted Supabase template',
  shhhhh: 'the jsonwebtoken readme',
  shhhhhhared: 'the express-jwt readme',
  'shhhhhhared-secret': 'the express-jwt readme',
  hmacSampleSecret: 'the golang-jwt examples',
  AllYourBase: 'the golang-jwt examples',
  '09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7': 'the FastAPI tutorial',
  keyboardcat: 'the express-session readme',
  'keyboard cat': 'the express-session readme',
  'JWTs are the best!': 'a tutorial',
  'AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr9Z1CAow': 'RFC 7515, appendix A.1',
  'This is a secret key for signing the JWT': 'a tutorial',
  '5367566B59703373367639792F423F4528482B4D6251655468576D5A71347437': 'a Spring Boot tutorial',
  '404E635266556A586E3272357538782F413F4428472B4B6250645367566B5970': 'a Spring Boot tutorial',
  ThisIsMySuperSecretKey: 'a tutorial',
  'some-super-secret-key': 'a tutorial',
  'shared-secret': 'a sample',
  changeme: 'default settings',
  change_me: 'default settings',
  'please-change-me': 'default settings',
  CHANGE_THIS_TO_SOMETHING_RANDOM: 'default settings',
};

const roots =
  'secret secretkey password passwd pass key jwt jwtsecret jwtkey token tokensecret apikey apisecret appsecret appkey ' +
  'admin root user test testing tests demo dev development devsecret prod production staging local localhost example sample default temp ' +
  'changeit changethis foobar foo bar baz qwerty qwertyuiop letmein welcome hello helloworld world abc abcd abcdef abc123 hmac signature sign ' +
  'signing signingkey private privatekey public publickey session sessionsecret auth authsecret authentication authorization access accesstoken ' +
  'refresh refreshtoken mysecret mysecretkey yoursecret yoursecretkey yourjwtsecret supersecret supersecretkey verysecret verysecretkey topsecret ' +
  'notsecret notasecret nosecret ultrasecret randomsecret sharedsecret clientsecret serversecret masterkey master encryptionkey cookiesecret ' +
  'video videocall videosecret meeting meet conference call webrtc stream streaming room roomsecret jitsi livekit janus mediasoup openvidu ' +
  'daily zoom vonage opentok twilio agora company website service server client api backend node nodejs express nestjs nest laravel django flask spring ' +
  'springboot rails react angular vue nextjs graphql mongodb mongo postgres redis docker kubernetes';

const ends =
  ',1,12,123,1234,12345,123456,!,!!,!!!,@123,#123,2020,2021,2022,2023,2024,2025,2026,key,-key,_key,Key,secret,-secret,_secret,Secret,token,-token,_token,jwt,-jwt,_jwt'.split(
    ',',
  );
const starts = ',my,my-,my_,your,your-,your_,the,the-,a-,super,super-,app-,api-,jwt-,jwt_'.split(',');

/** Rows of keys and other things people type where a secret belongs. */
const typed =
  '0 1 123 1234 12345 123456 1234567 12345678 123456789 1234567890 0123456789 12345678901234567890123456789012 ' +
  '111111 000000 123123 123321 654321 666666 112233 121212 987654321 0987654321 1q2w3e 1q2w3e4r 1q2w3e4r5t 1qaz2wsx 1qaz2wsx3edc qazwsx asdf asdfgh ' +
  'asdfghjkl zxcvbn zxcvbnm qwe123 qwer1234 q1w2e3r4 a aa aaa aaaa aaaaaaaa xxx xxxx xxxxxxxx null undefined none empty string true false ' +
  'p@ssw0rd P@ssw0rd passw0rd Passw0rd pa$$word s3cr3t S3cr3t s3cret secr3t S3CR3T sEcReT iloveyou monkey dragon sunshine princess football baseball ' +
  'master shadow superman batman trustno1 starwars whatever freedom computer internet god love sex money cheese pokemon';

/** How many secrets `commonSecrets` yields, near enough for progress. */
export const commonCount = roots.split(' ').length * ends.length * starts.length + typed.split(' ').length;

/** Common secrets, each once or nearly so: words with what people put before and after them. */
export function* commonSecrets(): Generator<string> {
  yield* typed.split(' ');
  for (const start of starts) {
    for (const root of roots.split(' ')) {
      for (const end of ends) yield start + root + end;
    }
  }
}

/** The same word as others write it. */
export function* spelledOtherwise(word: string): Generator<string> {
  yield word;
  const lower = word.toLowerCase();
  const upper = word.toUpperCase();
  const capital = lower.charAt(0).toUpperCase() + lower.slice(1);
  if (lower !== word) yield lower;
  if (upper !== word) yield upper;
  if (capital !== word && capital !== upper) yield capital;
}
