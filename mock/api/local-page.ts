/** Whether a page comes from this machine: a softphone in development may call the API from any port (ROUTE-020). */
export function isLocalPage(origin: string): boolean {
  return /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(origin);
}
