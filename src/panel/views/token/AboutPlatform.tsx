import type { Provider } from '../../../engine/recognise/providers/provider.ts';
import { Pair } from '../parts/Pair.tsx';
import { Prose } from '../parts/Prose.tsx';
import { Reference } from './OneFinding.tsx';

/** What holds of every token of a platform, folded: when it looks at them, what happens then, and where to read on. */
export function AboutPlatform({ platform }: { platform: Provider }) {
  return (
    <details class="about">
      <summary class="fold-line">
        {platform.kind === 'video' ? `What ${platform.name} does with its tokens` : `More about ${platform.name}`}
      </summary>
      <dl>
        {platform.kind === 'video' ? <Enforcement platform={platform} /> : null}
        <ReadMore platform={platform} />
      </dl>
    </details>
  );
}

/** When the platform looks at the token, and what happens then. */
function Enforcement({ platform: { enforcement } }: { platform: Provider }) {
  const moments = [
    ['When joining', enforcement.atJoin],
    ['When it expires', enforcement.atExpiry],
    ['When reconnecting', enforcement.onReconnect],
    ['When removed', enforcement.onRemoval],
  ] as const;
  return (
    <>
      {moments.map(([name, text]) => (
        <Pair key={name} name={name}>
          <Prose text={text} />
        </Pair>
      ))}
    </>
  );
}

function ReadMore({ platform: { validation, links, readAt } }: { platform: Provider }) {
  return (
    <>
      <Pair name="To be sure">
        <Prose text={validation} />
      </Pair>
      <Pair name="Read more">
        {links.map((link) => (
          <span key={link.url} class="spaced">
            <Reference link={link} />
          </span>
        ))}
        <span class="muted">read {readAt}</span>
      </Pair>
    </>
  );
}
