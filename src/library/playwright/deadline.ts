/** The moment by which reading has to come to an end, in the terms of `performance.now()`: pages may never answer. */
export type Deadline = number;

/** @param milliseconds from now */
export function deadlineIn(milliseconds: number): Deadline {
  return performance.now() + milliseconds;
}

/** What a promise resolves to; the fallback where it is rejected, or has not come by the deadline. Never rejects. */
export function by<T, F>(deadline: Deadline, promise: Promise<T>, fallback: F): Promise<T | F> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(fallback), Math.max(0, deadline - performance.now()));
    promise.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      () => {
        clearTimeout(timer);
        resolve(fallback);
      },
    );
  });
}
