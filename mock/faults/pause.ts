/**
 * Waits in real time, whatever the clock of the world does meanwhile; the client waits just as really.
 *
 * @param signal ends the wait early, once nobody waits for the answer any more
 */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timeout);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timeout = setTimeout(done, milliseconds);
    if (signal.aborted) done();
    else signal.addEventListener("abort", done);
  });
}
