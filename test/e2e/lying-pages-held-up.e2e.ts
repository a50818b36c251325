import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { grantedVariant, type Variant } from '../browser/granted-variant.ts';
import { jwt } from '../builders/tokens.ts';
import { sampled } from '../sampled.ts';
import { type PageServer, servePages } from './page-server.ts';
import { eventually, extension, openSession, reportOf, type Session, shownText } from './session.ts';

const now = Math.floor(Date.now() / 1000);
const token = (room: string) => jwt({ r: room, d: 'd-held', iat: now, exp: now + 7200 });

/** Ways in which a page holds everybody up. */
const ways = [
  // Longer than it is waited for.
  { name: 'is busy', code: 'for (const until = Date.now() + 9000; Date.now() < until; );' },
  { name: 'asks something of the user', code: `alert('held up')`, isDialog: true },
  { name: 'has the user confirm that it is left', code: 'location.reload()', isDialog: true, isLeft: true },
];

const page = (name: string) => `<!doctype html><title>Held up</title><body><script>
  localStorage.first = ${JSON.stringify(token(`${name}, before`))};
  addEventListener('hold', () => setTimeout(() => { ${ways.find((way) => way.name === name)?.code} }, 100));
  ${name.includes('left') ? `addEventListener('beforeunload', (event) => { event.preventDefault(); event.returnValue = 'x' })` : ''}
</script>`;

let server: PageServer;

beforeAll(async () => {
  server = await servePages(Object.fromEntries(ways.map(({ name }) => [`/${name.replaceAll(' ', '-')}`, page(name)])));
});
afterAll(() => server?.close());

// One state of access, and both with `npm run e2e:hostile`.
describe.each(sampled([{ words: 'without access' }, { words: 'with access', isGranted: true }], 2))(
  '$words',
  ({ isGranted }) => {
    let session: Session;
    let variant: Variant | null = null;

    beforeAll(async () => {
      variant = isGranted ? grantedVariant(extension) : null;
      session = await openSession({
        url: `${server.origin}/is-busy`,
        ...(variant && { extension: variant.extension }),
      });
    });
    afterAll(async () => {
      await session?.close();
      variant?.remove();
    });

    test.each(sampled(ways, 3))(
      'a page that $name keeps what was read, with its time, and is read again when it answers',
      async (way) => {
        const { page, panel } = session;
        await page.goto(`${server.origin}/${way.name.replaceAll(' ', '-')}`);
        const before = token(`${way.name}, before`);
        const sightings = async () =>
          (await reportOf(panel)).tokens
            .find((one) => one.token === before)
            ?.sightings.filter((one) => one.source === 'local-storage');
        await eventually(async () => expect(await sightings()).toMatchObject([{ goneAt: null }]));
        const dialog = new Promise<{ accept(): Promise<void>; dismiss(): Promise<void> }>((resolve) => {
          if (way.isDialog) page.once('dialog', resolve);
        });
        // A page is asked whether it may be left only where the user has touched it.
        if (way.isLeft) await page.mouse.click(50, 50);
        await page.evaluate(`dispatchEvent(new Event('hold'))`);
        await eventually(async () => {
          const { problems } = await reportOf(panel);
          expect(problems.find(({ code }) => code === 'page-not-answering')?.message).toMatch(
            /was last read before that, at \d\d:\d\d:\d\d/,
          );
          expect(await shownText(panel)).toContain('The page is not answering');
        });
        expect(await sightings()).toMatchObject([{ goneAt: null }]);
        if (way.isDialog) await (await dialog).dismiss();
        const after = token(`${way.name}, after`);
        await page.evaluate(`localStorage.second = ${JSON.stringify(after)}`);
        await eventually(async () => {
          const { problems, tokens } = await reportOf(panel);
          expect(problems.map(({ code }) => code)).not.toContain('page-not-answering');
          expect(tokens.find((one) => one.token === after)?.sightings).toMatchObject([{ goneAt: null }]);
        });
      },
    );
  },
);
