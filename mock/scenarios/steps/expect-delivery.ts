import { bodyOf, hasFields } from "../fields.ts";
import { fail, type Played, pass, shownValue, skipped } from "../options.ts";
import type { Delivery, Run } from "../run.ts";
import type { ExpectDelivery } from "../scenario.ts";

/** Waits until the client's receiver has answered an event with 2xx. */
export async function expectDelivery(run: Run, step: ExpectDelivery): Promise<Played> {
  const { event, count = 1, within } = step;
  const what = `${event}${about(step)}`;
  if (run.options.webhook === undefined) return skipped(`no receiver to deliver ${what} to`);
  const fields = run.fill(step.fields);
  const fits = (delivery: Delivery) =>
    delivery.event === event && hasFields(bodyOf(event, delivery.payload), fields, step.absent);
  let last: readonly Delivery[] = [];
  const arrived = await run.until(run.patience(within), async () => {
    last = (await run.deliveries()).filter(fits);
    const taken = last.filter(({ attempts }) => attempts.some(isTaken));
    return taken.length >= count ? taken : null;
  });
  if (arrived === null) return fail(`${what}: ${complaint(last, count)}`);
  const [first] = arrived;
  if (run.callId === null && first !== undefined && first.callId !== null) run.follow(first.callId, null);
  return pass(`${what} was delivered${count === 1 ? "" : ` ${arrived.length} times`}, and answered with 2xx`);
}

type Attempt = Delivery["attempts"][number];

function isTaken({ status }: Attempt): boolean {
  return status !== null && status >= 200 && status <= 299;
}

function complaint(seen: readonly Delivery[], count: number): string {
  const attempt = seen.flatMap(({ attempts }) => attempts).findLast((each) => !isTaken(each));
  if (attempt === undefined) return seen.length === 0 ? "there was none" : `there were ${seen.length}, not ${count}`;
  const { status, error, response } = attempt;
  if (status === null) return error ?? "your receiver did not answer";
  return `your receiver answered ${status}${response === null || response === "" ? "" : `, ${response.slice(0, 200)}`}`;
}

function about({ fields = {}, absent = [] }: ExpectDelivery): string {
  const said = [
    ...Object.entries(fields).map(([path, value]) => `${path} ${shownValue(value)}`),
    ...absent.map((path) => `no ${path}`),
  ];
  return said.length === 0 ? "" : ` (${said.join(", ")})`;
}
