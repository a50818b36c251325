import { signal } from '@preact/signals';
import type { FunctionComponent } from 'preact';

export type LazyView<Props extends object> = FunctionComponent<Props> & {
  /** Loads the code ahead of need. Never rejects: a failure is shown where the view would be. */
  preload(): Promise<void>;
};

/** A view whose code is loaded when it is first drawn, or before; nothing is shown until then. */
export function lazily<Props extends object>(load: () => Promise<FunctionComponent<Props>>): LazyView<Props> {
  const view = signal<FunctionComponent<Props> | null>(null);
  const trouble = signal<string | null>(null);
  let loading: Promise<void> | null = null;

  function preload(): Promise<void> {
    loading ??= load().then(
      (loaded) => {
        view.value = loaded;
      },
      (error: unknown) => {
        trouble.value = error instanceof Error ? error.message : String(error);
      },
    );
    return loading;
  }

  function Lazy(props: Props) {
    void preload();
    const View = view.value;
    if (View) return <View {...props} />;
    return trouble.value === null ? null : (
      <p class="hint" role="alert">
        This part of the panel could not be loaded. Close devtools and open them again. ({trouble.value})
      </p>
    );
  }
  return Object.assign(Lazy, { preload });
}
