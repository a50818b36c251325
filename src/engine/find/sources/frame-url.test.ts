import { expect, test } from 'vitest';
import { pageOf } from '../../../../test/builders/captures.ts';
import { daily } from '../../../../test/builders/tokens.ts';
import { find } from '../../inspect.ts';

test('a token is found in the URL of any frame, in the part and under the name it stands in, and as of that frame', () => {
  const [host, guest] = [daily.host(), daily.guest()];
  const urls = [`https://call.example/embed?t=${host}`, `https://video.example/room#jwt=${guest}`];
  const found = find(pageOf({ frames: urls })).sightings.map(({ token, place }) => [token, place]);
  expect(found).toMatchObject([
    [
      host,
      { source: 'frame-url', label: 'frame URL ?t', origin: 'https://call.example', traits: { urlPart: 'query' } },
    ],
    [
      guest,
      {
        source: 'frame-url',
        label: 'frame URL #jwt',
        origin: 'https://video.example',
        traits: { urlPart: 'fragment' },
      },
    ],
  ]);
});

test('of a frame that shows an error it is told that it does', () => {
  const capture = pageOf({ frames: [`https://video.example/?t=${daily.guest()}`] });
  const frames = capture.frames.map((frame) => ({ ...frame, isError: true as const }));
  expect(find({ ...capture, frames }).sightings).toMatchObject([{ place: { isErrorPage: true } }]);
});

test('frames without an address of their own hold none', () => {
  expect(find(pageOf({ frames: ['about:blank', 'about:srcdoc'] })).sightings).toEqual([]);
});
