/** What a worker tells, answered in its order, with room for what takes long between two answers. */
export function createReplyQueue<Reply>(answer: (reply: Reply) => void) {
  const waiting: Reply[] = [];
  let timer: ReturnType<typeof setTimeout> | null = null;
  let isStopped = false;

  function goOn(): void {
    timer = null;
    while (isFree()) {
      const reply = waiting.shift();
      if (reply === undefined) return;
      answer(reply);
    }
  }

  const isFree = () => timer === null && !isStopped;

  return {
    hear(reply: Reply): void {
      waiting.push(reply);
      if (isFree()) goOn();
    },

    /** Does something in a task of its own; what was told after it is answered in one that follows. */
    inOwnTask(work: () => void): void {
      timer = setTimeout(() => {
        // Set first: the work may stop all of it, or fail.
        timer = setTimeout(goOn);
        work();
      });
    },

    /** Nothing more is answered or done. */
    stop(): void {
      isStopped = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
}
