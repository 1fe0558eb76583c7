/**
 * Goes on with a value: at once where it is there, later where it is promised.
 *
 * @example whenDone(readBody(request, operation, header), (read) => read.ok)
 */
export function whenDone<T, U>(value: T | Promise<T>, next: (value: T) => U | Promise<U>): U | Promise<U> {
  return value instanceof Promise ? value.then(next) : next(value);
}
