import { expect, test } from "vitest";
import { feedBacklog } from "../../mock/control/feed.ts";
import { type TestSandbox, testSandbox } from "../support/sandbox.ts";

interface FeedEvent {
  readonly name: string;
  readonly data: { readonly [key: string]: unknown };
}

/** Opens the live feed and reads it as server-sent events. */
async function openFeed(sandbox: TestSandbox, world = "default") {
  const response = await sandbox.app.request(`/_sandbox/worlds/${world}/events`);
  const reader = (response.body ?? new ReadableStream<Uint8Array>()).getReader();
  const decoder = new TextDecoder();
  let text = "";
  const block = async (): Promise<string | null> => {
    while (!text.includes("\n\n")) {
      const { done, value } = await reader.read();
      if (done) return null;
      text += decoder.decode(value, { stream: true });
    }
    const end = text.indexOf("\n\n");
    const found = text.slice(0, end);
    text = text.slice(end + 2);
    return found;
  };
  const next = async (): Promise<FeedEvent | null> => {
    const found = await block();
    if (found === null) return null;
    const [name = "", data = "{}"] = found.split("\n");
    return { name: name.replace("event: ", ""), data: JSON.parse(data.replace("data: ", "")) };
  };
  return { response, opening: await block(), next, cancel: () => reader.cancel() };
}

test("CTRL-049: the feed sends every event and every request of a world, in order", async () => {
  const sandbox = testSandbox();
  const feed = await openFeed(sandbox);
  expect(feed.response.headers.get("content-type")).toBe("text/event-stream");
  expect(feed.opening).toBe(": open");
  const { body: started } = await sandbox.api("evo", "POST", "/calls", { to: "+5511900000001" });
  await sandbox.advance("PT1S");
  const names: string[] = [];
  for (let count = 0; count < 8; count++) {
    const event = await feed.next();
    names.push(event?.name ?? "");
    if (event?.name.startsWith("call.")) expect(event.data["callId"]).toBe(started.id);
  }
  expect(names).toEqual([
    "pair.met",
    "call.started",
    "request",
    "person.stepTaken",
    "call.rang",
    "person.stepTaken",
    "call.answered",
    "person.stepTaken",
  ]);
  await feed.cancel();
});

test("CTRL-049: a reader that doesn't read is dropped once it is a backlog behind, and nobody waits for it", async () => {
  const sandbox = testSandbox();
  const feed = await openFeed(sandbox);
  for (let call = 0; call < feedBacklog; call++) await sandbox.api("evo", "POST", "/calls", { to: "+5511900000003" });
  let received = 0;
  while ((await feed.next()) !== null) received++;
  expect(received).toBeGreaterThan(feedBacklog / 2);
  expect(received).toBeLessThanOrEqual(feedBacklog);
});

test("the feed of a removed world ends", async () => {
  const sandbox = testSandbox();
  await sandbox.control.createWorld({ id: "short-lived" });
  const feed = await openFeed(sandbox, "short-lived");
  await sandbox.control.deleteWorld({ w: "short-lived" });
  expect(await feed.next()).toBeNull();
});

test("CTRL-003: the feed of an unknown world is refused", async () => {
  const sandbox = testSandbox();
  const answer = await sandbox.request("GET", "/_sandbox/worlds/nowhere/events");
  expect(answer).toMatchObject({ status: 404, body: { code: "WORLD_NOT_FOUND" } });
});
