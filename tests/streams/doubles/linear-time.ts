/** The shortest of several runs: what other work on the machine adds is not the code's. */
async function shortestMs(run: () => Promise<unknown> | unknown): Promise<number> {
  let shortest = Number.POSITIVE_INFINITY;
  for (let index = 0; index < 3; index += 1) {
    const startedAtMs = performance.now();
    await run();
    shortest = Math.min(shortest, performance.now() - startedAtMs);
  }
  return shortest;
}

/** How much longer eight times the work takes: about 8 in linear time, about 64 where it grows with the square. */
export async function growthOver8Times(run: (size: number) => Promise<unknown> | unknown, size: number) {
  await run(size);
  return (await shortestMs(() => run(8 * size))) / (await shortestMs(() => run(size)));
}

/** Between the two, with room for a busy machine on the side of the linear one. */
export const LINEAR_GROWTH = 32;
