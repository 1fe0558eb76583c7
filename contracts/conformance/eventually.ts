/** How long something may take that has been set off already, in milliseconds of real time. */
const patienceMs = 5_000;

/** How often it is looked at. */
const lookEveryMs = 5;

/**
 * Looks again and again until what is seen is enough, or the time is up.
 *
 * @param settle where nothing more should come: it is awaited once, and then the first look counts
 * @returns the last look
 */
export async function eventually<Seen>(
  look: () => Promise<Seen>,
  isEnough: (seen: Seen) => boolean,
  settle: (() => Promise<unknown>) | null,
): Promise<Seen> {
  if (settle !== null) {
    await settle();
    return look();
  }
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const seen = await look();
    if (isEnough(seen) || performance.now() >= deadline) return seen;
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
}
