import { describe, expect, it } from "vitest";
import { Broker, type BrokerSource, verifyPacts } from "../../../contracts/provider/index.ts";
import { fakeBroker } from "./fake-broker.ts";
import { listCalls, pactOf, pactPatience } from "./pacts.ts";

const source = (url: string, more: Partial<BrokerSource> = {}): BrokerSource => ({
  url,
  provider: "calls-api",
  selectors: [{ mainBranch: true }],
  pending: false,
  publish: false,
  tags: [],
  ...more,
});
const verifyFrom = (broker: BrokerSource) => verifyPacts({ paths: [], timeoutMs: 5_000, broker });
const pact = pactOf([listCalls]);
const failing = pactOf([{ ...listCalls, response: { status: 418 } }]);

describe("pacts of a broker", { timeout: pactPatience }, () => {
  it("PACT-019: selectors, branch, tags, pending and work in progress go to the broker, and the token with them", async () => {
    const broker = await fakeBroker({ pact, token: "a-token-of-a-test" });
    const { passed, interactions } = await verifyFrom(
      source(broker.url, {
        token: "a-token-of-a-test",
        selectors: [{ branch: "feat-x" }, { tag: "prod", latest: true }],
        pending: true,
        wipSince: "2026-01-01",
        branch: "main",
        tags: ["dev"],
      }),
    );
    expect(passed).toBe(true);
    expect(interactions).toHaveLength(1);
    const asked = broker.requests.filter(({ method, url }) => method === "POST" && url.endsWith("/for-verification"));
    expect(asked).toHaveLength(2);
    for (const { body, authorization } of asked) {
      expect(authorization).toBe("Bearer a-token-of-a-test");
      expect(body).toMatchObject({
        consumerVersionSelectors: [{ branch: "feat-x" }, { tag: "prod", latest: true }],
        includePendingStatus: true,
        includeWipPactsSince: "2026-01-01",
        providerVersionBranch: "main",
        providerVersionTags: ["dev"],
      });
    }
    expect(broker.requests.some(({ url }) => url === "/results")).toBe(false);
  });

  it("PACT-019: the token goes to the broker alone, wherever it links to", async () => {
    const elsewhere = await fakeBroker({ pact });
    const broker = await fakeBroker({ pact, token: "a-token-of-a-test", linksTo: elsewhere.url });
    await new Broker(source(broker.url, { token: "a-token-of-a-test" }), 5_000).pacts().catch(() => null);
    expect(elsewhere.requests.length).toBeGreaterThan(0);
    expect(elsewhere.requests.filter(({ authorization }) => authorization !== undefined)).toEqual([]);
  });

  it("PACT-019: results are published where that was asked for, with version, branch and build", async () => {
    const broker = await fakeBroker({ pact });
    await verifyFrom(
      source(broker.url, { publish: true, version: "1.2.3", branch: "main", buildUrl: "https://ci.example/7" }),
    );
    const published = broker.requests.find(({ method, url }) => method === "POST" && url === "/results");
    expect(published?.body).toMatchObject({
      success: true,
      providerApplicationVersion: "1.2.3",
      buildUrl: "https://ci.example/7",
    });
    expect(broker.requests).toContainEqual(
      expect.objectContaining({ method: "PUT", url: "/pacticipants/calls-api/branches/main/versions/1.2.3" }),
    );
  });

  it("PACT-019: results that can't be published fail the verification", async () => {
    const broker = await fakeBroker({ pact, readOnly: true });
    const { passed, notices } = await verifyFrom(source(broker.url, { publish: true, version: "1.2.3" }));
    expect(passed).toBe(false);
    expect(notices).toContainEqual(expect.stringMatching(/^The results were not published: ./));
  });

  it("PACT-019: a pending pact that fails is told and fails nothing; any other does", async () => {
    const pending = await fakeBroker({ pact: failing, pending: true });
    const told = await verifyFrom(source(pending.url, { pending: true, branch: "main" }));
    expect([told.passed, told.interactions[0]?.outcome]).toEqual([true, "pending"]);
    const settled = await fakeBroker({ pact: failing });
    const failed = await verifyFrom(source(settled.url));
    expect([failed.passed, failed.interactions[0]?.outcome]).toEqual([false, "failed"]);
  });
});

it("PACT-019: can-i-deploy is the broker's verdict", async () => {
  const yes = await fakeBroker({ pact, deployable: true });
  const asked = new Broker(source(yes.url, { version: "1.2.3" }), 5_000).canIDeploy("production");
  expect(await asked).toEqual({ deployable: true, reason: "All is verified." });
  expect(yes.requests[0]?.url).toBe("/can-i-deploy?pacticipant=calls-api&version=1.2.3&environment=production");
  const no = await fakeBroker({ pact });
  expect((await new Broker(source(no.url, { version: "1" }), 5_000).canIDeploy("production")).deployable).toBe(false);
});

it.each<[string, Partial<BrokerSource>, string]>([
  ["without its token", {}, "refused access (401). Give --broker-token"],
  ["for an unknown provider", { token: "t", provider: "nobody" }, "/pacts/provider/nobody/for-verification with 404"],
  ["out of reach", { url: "http://127.0.0.1:1" }, "can't be reached. Check --broker-url"],
])("PACT-016: a broker %s is named", async (_, more, said) => {
  const broker = await fakeBroker({ pact, token: "t" });
  await expect(verifyFrom(source(broker.url, more))).rejects.toMatchObject({
    name: "VerifyMistake",
    message: expect.stringContaining(said),
  });
});
