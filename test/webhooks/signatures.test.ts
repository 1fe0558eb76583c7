import { createHmac } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { webhookSecrets } from "../../mock/webhooks/sign.ts";
import { testSandbox } from "../support/sandbox.ts";
import { call, hooked, ring, settled } from "./hooked.ts";
import { nameOf, receiver, secrets } from "./receiver.ts";

test("HOOK-SUB-025, HOOK-SUB-026: every delivery is JSON whose bytes the standardwebhooks library accepts", async () => {
  const sandbox = await hooked();
  await sandbox.control.putContact({ phone: "+5511988887777", name: "Zoë 📞" });
  await ring(sandbox, "meta");
  await sandbox.advance("PT60S");
  expect(sandbox.hook.received).toHaveLength(5);
  for (const { headers, verified, id, text } of sandbox.hook.received) {
    expect(headers["content-type"]).toBe("application/json");
    expect(id).toMatch(/^msg_[0-9A-Z]{26}$/);
    expect(verified).toBe(true);
    const signed = `${id}.${headers["webhook-timestamp"]}.${text}`;
    const key = Buffer.from(secrets.webhookSecret.slice("whsec_".length), "base64");
    expect(headers["webhook-signature"]).toBe(`v1,${createHmac("sha256", key).update(signed).digest("base64")}`);
  }
  expect(sandbox.hook.received.some(({ text }) => text.includes("Zoë 📞"))).toBe(true);
});

test("HOOK-SUB-026: a body that was changed on the way is not accepted", async () => {
  const sandbox = await hooked();
  await ring(sandbox, "evo");
  await settled(sandbox);
  const [{ headers, text } = { headers: {}, text: "" }] = sandbox.hook.received;
  const webhook = new Webhook(sandbox.secrets.webhookSecret);
  expect(() => webhook.verify(text, headers)).not.toThrow();
  expect(() => webhook.verify(text.replace("INBOUND", "OUTBOUND"), headers)).toThrow("No matching signature");
});

test("HOOK-NATIVE-033: Meta's own envelopes carry X-Hub-Signature-256 with the app secret, flat events don't", async () => {
  const sandbox = await hooked();
  await ring(sandbox, "meta");
  await settled(sandbox);
  expect(sandbox.hook.received.map(nameOf).toSorted()).toEqual(["call.permission_updated", "call.ringing", "calls"]);
  for (const received of sandbox.hook.received) {
    const expected = `sha256=${createHmac("sha256", secrets.appSecret).update(received.text).digest("hex")}`;
    expect(received.headers["x-hub-signature-256"]).toBe(nameOf(received) === "calls" ? expected : undefined);
  }
});

test("HOOK-SUB-028: secrets follow from the seed alone", () => {
  expect(webhookSecrets("a")).toEqual(webhookSecrets("a"));
  expect(webhookSecrets("a")).not.toEqual(webhookSecrets("b"));
  expect(testSandbox({ seed: "a" }).secrets).toEqual(webhookSecrets("a"));
  const { webhookSecret, appSecret } = webhookSecrets("a");
  expect(Buffer.from(webhookSecret.replace("whsec_", ""), "base64")).toHaveLength(32);
  expect(appSecret).toMatch(/^[0-9a-f]{32}$/);
});

test("HOOK-SUB-027: the timestamp is the machine's, so that a receiver's library accepts it wherever the world's clock is", async () => {
  const sandbox = await hooked({ now: "2031-05-05" });
  await ring(sandbox, "evo");
  await settled(sandbox);
  const [first] = sandbox.hook.received;
  expect(Math.abs(Number(first?.headers["webhook-timestamp"]) - Date.now() / 1_000)).toBeLessThan(60);
  expect(first?.verified).toBe(true);
});

test("HOOK-SUB-050: a user and password in the url become Basic authorization, and the query stays", async () => {
  const hook = await receiver();
  const url = new URL(hook.url);
  url.username = "us er";
  url.password = "p:w";
  url.search = "?token=t";
  const sandbox = testSandbox({ webhooks: [url.href] });
  await call(sandbox, "evo");
  await sandbox.advance("PT1S");
  expect(hook.received[0]).toMatchObject({
    path: "/hook?token=t",
    headers: { authorization: `Basic ${Buffer.from("us er:p:w").toString("base64")}` },
  });
});

test("HOOK-SUB-015: an address of this machine is delivered to by name and by number", async () => {
  const hook = await receiver();
  const { port } = new URL(hook.url);
  const sandbox = testSandbox({ webhooks: [`http://127.0.0.1:${port}/a`, `http://localhost:${port}/b`] });
  await ring(sandbox, "evo");
  await settled(sandbox);
  expect(hook.received.map(({ path }) => path).toSorted()).toEqual(["/a", "/b"]);
});
