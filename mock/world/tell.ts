/**
 * Tells everybody, also those behind a listener that throws.
 *
 * @param failures takes what was thrown; hand it to `throwAny` once everything has been told
 */
export function tell<News>(listeners: Iterable<(news: News) => void>, news: News, failures: unknown[]): void {
  for (const listener of listeners) {
    try {
      listener(news);
    } catch (error) {
      failures.push(error);
    }
  }
}

/** Throws what was collected: the one failure as it is, several as an AggregateError; nothing when there are none. */
export function throwAny(failures: readonly unknown[]): void {
  if (failures.length === 1) throw failures[0];
  if (failures.length > 1) {
    const reasons = failures.map((failure) => (failure instanceof Error ? failure.message : String(failure)));
    throw new AggregateError(failures, `${failures.length} listeners failed: ${reasons.join("; ")}`);
  }
}

/**
 * Tells everybody one thing.
 *
 * @throws what listeners threw, once everybody has heard
 */
export function tellAll<News>(listeners: Iterable<(news: News) => void>, news: News): void {
  const failures: unknown[] = [];
  tell(listeners, news, failures);
  throwAny(failures);
}
