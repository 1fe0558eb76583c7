import { request as sendRequest } from "node:http";
import { describe, expect, onTestFinished, test } from "vitest";
import { listenHttp } from "../../mock/doors/http.ts";
import type { FaultBody } from "../../mock/faults/rule.ts";
import { keys, testSandbox } from "../support/sandbox.ts";
import { arm, callsIn } from "./arm.ts";

const headers = { "x-api-key": keys.evo, "content-type": "application/json" };
const body = JSON.stringify({ to: "+5511988887777" });

/** A sandbox behind a real port, on a real clock, in which placing calls goes wrong. */
async function behindPort(effect: FaultBody["effect"], overrideGlobalObjects = false) {
  const sandbox = testSandbox({ clock: "real", mode: "manual" });
  const door = await listenHttp(sandbox, { host: "127.0.0.1", port: 0, overrideGlobalObjects });
  onTestFinished(() => door.close());
  const rule = await arm(sandbox, { target: { operation: "startCall" }, effect });
  const start = (more = {}) =>
    fetch(`${door.url}/v1/calls`, { method: "POST", headers: { ...headers, ...more }, body });
  return { sandbox, door, rule, start };
}

/** The answer to a request as it comes over the wire, in the pieces in which it comes. */
function raw(port: number): Promise<{ status?: number; announced?: string; pieces: string[]; ended: string }> {
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port, path: "/v1/calls", method: "POST", headers };
    const sent = sendRequest(options, (response) => {
      const pieces: string[] = [];
      const done = (ended: string) =>
        resolve({
          status: response.statusCode ?? 0,
          announced: String(response.headers["content-length"]),
          pieces,
          ended,
        });
      response.on("data", (piece: Buffer) => pieces.push(piece.toString()));
      response.on("end", () => done("end"));
      response.on("error", (error: NodeJS.ErrnoException) => done(error.code ?? error.message));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

const codeOf = (error: unknown) => (error instanceof Error ? (error.cause as { code?: string }).code : undefined);

describe.each([false, true])("with the adapter's own classes: %j", (override) => {
  test("CTRL-061: a reset connection ends without an answer, and nothing happened", async () => {
    const { sandbox, start } = await behindPort({ type: "reset" }, override);
    expect(await start().catch(codeOf)).toBe("ECONNRESET");
    expect(await start({ origin: "http://localhost:5173" }).catch(codeOf)).toBe("ECONNRESET");
    expect(callsIn(sandbox)).toBe(0);
    await sandbox.control.deleteFaults();
    expect((await start()).status).toBe(201);
  });

  test("CTRL-062: half a body comes under the length of the whole, and then the connection ends", async () => {
    const { sandbox, door } = await behindPort({ type: "half-body" }, override);
    const answer = await raw(door.port);
    expect(answer).toMatchObject({ status: 201, ended: "ECONNRESET" });
    const received = answer.pieces.join("");
    expect(received).toMatch(/^\{"id":"call_/);
    expect(Buffer.byteLength(received)).toBe(Math.floor(Number(answer.announced) / 2));
    expect(callsIn(sandbox)).toBe(1);
  });

  test("CTRL-062, CTRL-063: a drip comes in small pieces, each after its wait, and is whole", async () => {
    const { sandbox, door } = await behindPort({ type: "drip", everyMs: 10, bytes: 64 }, override);
    const began = performance.now();
    const { status, pieces, ended } = await raw(door.port);
    const whole = pieces.join("");
    expect(performance.now() - began).toBeGreaterThanOrEqual(10 * Math.ceil(whole.length / 64) - 5);
    expect([status, ended]).toEqual([201, "end"]);
    expect(JSON.parse(whole).id).toBe(sandbox.world.state.calls.latest()?.id);
    expect(pieces.length).toBeGreaterThan(1);
  });

  test("CTRL-062, CTRL-063: latency lets the operation happen at once and its answer wait", async () => {
    const { sandbox, rule, start } = await behindPort({ type: "latency", ms: 80 }, override);
    const began = performance.now();
    const answer = await start();
    expect(performance.now() - began).toBeGreaterThanOrEqual(78);
    expect([answer.status, answer.headers.get("x-sandbox-fault")]).toEqual([201, rule]);
    const { requests } = await sandbox.control.listRequests();
    expect(requests[0]?.durationMs).toBeGreaterThanOrEqual(78);
    expect(sandbox.world.state.calls.latest()?.startedAt).toBeLessThan(sandbox.clock.now() - 70);
  });
});

test("CTRL-062: who hangs up before the answer ends the wait for it", async () => {
  const { sandbox, door } = await behindPort({ type: "latency", ms: 600_000 });
  const logged = new Promise((resolve) => sandbox.onRequest(({ request }) => resolve(request)));
  const given = fetch(`${door.url}/v1/calls`, { method: "POST", headers, body, signal: AbortSignal.timeout(50) });
  await expect(given).rejects.toThrow();
  expect(await logged).toMatchObject({ status: 201, fault: "fault_1" });
});

test("a page of this machine may read the name of the rule", async () => {
  const { start } = await behindPort({ type: "status", status: 503 });
  const answer = await start({ origin: "http://localhost:5173" });
  expect(answer.headers.get("access-control-expose-headers")).toContain("x-sandbox-fault");
});
