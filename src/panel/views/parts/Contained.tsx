import { Component, type ComponentChildren } from 'preact';
import { unitFailed } from '../../../engine/contain.ts';

interface Props {
  /** What is drawn inside, for the sentence that says it failed: "claims of the token". */
  name: string;
  /** The sentence in another shape, where a paragraph has no place. */
  instead?: (message: string) => ComponentChildren;
  children: ComponentChildren;
}

/** Draws what is inside; a view that fails is replaced by a sentence, and all around it stays. A new key tries anew. */
export class Contained extends Component<Props, { failure: unknown }> {
  override state: { failure: unknown } = { failure: null };

  static override getDerivedStateFromError(error: unknown) {
    return { failure: error };
  }

  render({ name, instead, children }: Props, { failure }: { failure: unknown }) {
    if (failure === null) return children;
    const { message } = unitFailed('view', name, failure);
    return instead ? (
      instead(message)
    ) : (
      <p class="hint" role="alert">
        {message}
      </p>
    );
  }
}
