import type * as v from 'valibot';
import { type Config, run, shape, wrong } from './written-shapes.ts';

/** One of several shapes. `meant` tells which from the value, so that its mistakes are those of the shape meant; none is `says`. */
export function choice<const Options extends Record<string, v.GenericSchema>>(
  options: Options,
  meant: (value: unknown) => keyof Options | null,
  says: string,
): v.GenericSchema<v.InferInput<Options[keyof Options]>, v.InferOutput<Options[keyof Options]>> {
  const is = { type: 'union', options: Object.values(options) };
  return shape(is, (dataset, config) => {
    const name = meant(dataset.value);
    const option = name === null ? undefined : options[name];
    return option ? run(option, dataset.value, config) : wrong(is, dataset, says);
  });
}

/** A shape that holds itself, so many levels deep at most. */
export function nested<const Inner extends v.GenericSchema>(getter: () => Inner, deepest: number): v.LazySchema<Inner> {
  const is = { type: 'lazy', getter };
  return shape(is, (dataset, config: Config & { depth?: number }) => {
    const depth = (config.depth ?? 0) + 1;
    const { value } = dataset;
    if (depth > deepest && typeof value === 'object' && value !== null) {
      return wrong(is, dataset, 'is nested too deeply');
    }
    const deeper: Config & { depth: number } = { ...config, depth };
    return run(getter(), value, deeper);
  });
}
