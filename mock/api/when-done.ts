/**
 * Goes on with a value: at once where it is there, later where it is promised. Reading a call waits for nothing, and the
 * HTTP adapter sends a `Response` by a shorter way than the promise of one.
 *
 * @example whenDone(readBody(request, operation, header), (read) => read.ok)
 */
export function whenDone<T, U>(value: T | Promise<T>, next: (value: T) => U | Promise<U>): U | Promise<U> {
  return value instanceof Promise ? value.then(next) : next(value);
}
