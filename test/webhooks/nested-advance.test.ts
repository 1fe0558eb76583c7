import { expect, test } from "vitest";
import { call, hooked } from "./hooked.ts";

test.each([
  ["POST", "/advance", { by: "PT1M" }],
  ["PUT", "", { mode: "virtual", now: "2099-01-01T00:00:00Z" }],
])(
  "CLOCK-019: a receiver that moves the clock by %s before it answers is refused, and the advance around it goes on",
  async (method, path, move) => {
    const asked: Promise<[number, unknown]>[] = [];
    const sandbox = await hooked({}, (received, response) => {
      if (received.body.event !== "call.ringing" || asked.length > 0) return 200;
      const nested = sandbox.request(method, `/_sandbox/worlds/default/clock${path}`, { body: move });
      asked.push(nested.then(({ status, body }) => [status, body.code]));
      void nested.then(() => response.writeHead(200).end());
      return;
    });
    const id = await call(sandbox, "evo", "+5511900000001");
    const began = sandbox.clock.now();
    const { fired } = await sandbox.control.advanceClock({ by: "PT6S" });
    expect(await asked[0]).toEqual([409, "CLOCK_IS_ADVANCING"]);
    expect(fired).toBeGreaterThan(2);
    const { body } = await sandbox.api("evo", "GET", `/calls/${id}`);
    // The refused move was not made later either.
    expect(body).toMatchObject({ status: "COMPLETED", durationSeconds: 5 });
    expect(sandbox.hook.names().filter((name) => name === "call.ringing")).toHaveLength(1);
    expect(sandbox.clock.now() - began).toBe(6_000);
  },
);

test("advances that nobody holds up wait for each other", async () => {
  const sandbox = await hooked();
  await call(sandbox, "evo", "+5511900000001");
  const began = sandbox.clock.now();
  await Promise.all([1, 2, 3].map(() => sandbox.control.advanceClock({ by: "PT2S" })));
  expect(sandbox.clock.now() - began).toBe(6_000);
  expect(sandbox.hook.names()).toContain("call.ended");
});
