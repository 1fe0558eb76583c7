import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { contract, eachLike, like, refusal, regex } from "./support/contract.ts";
import { hasPython, python } from "./support/python.ts";

const key = "ps_sandbox_evo";
const program = fileURLToPath(new URL("../../../contracts/consumers/python-reporter/report.py", import.meta.url));
/** Long gone, so that whatever a provider's clock says nothing is older: the second page is empty. */
const oldest = "2020-01-01T00:00:00.000Z";

const report = (baseUrl: string, apiKey = key) => python(program, [baseUrl, "--page-size", "2"], { CALLS_KEY: apiKey });

if (hasPython) {
  await contract("python-reporter", (pact) => {
    const page = (description: string, query: Record<string, string>, calls: unknown) =>
      pact
        .addInteraction()
        .given("calls in the list", { provider: "EVO_GO", count: 3 })
        .uponReceiving(description)
        .withRequest("GET", "/v1/calls", (request) =>
          request.query({ limit: "2", ...query }).headers({ "x-api-key": key }),
        )
        .willRespondWith(200, (response) => response.jsonBody({ calls }));

    test("CLIENT-028: a Python program counts the calls of all pages", async () => {
      const call = {
        direction: regex("^(INBOUND|OUTBOUND)$", "OUTBOUND"),
        status: like("COMPLETED"),
        createdAt: regex("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$", oldest),
      };
      page("the first page of the calls", {}, eachLike(call, 2));
      await page("the page after the oldest call", { before: oldest }, []).executeTest(async ({ url }) => {
        expect(await report(url)).toEqual({ code: 0, stdout: "OUTBOUND COMPLETED     2\n2 calls\n", stderr: "" });
      });
    });

    test("CLIENT-028: a Python program says why its key is refused", async () => {
      await pact
        .addInteraction()
        .uponReceiving("the list of calls with a key that was revoked")
        .withRequest("GET", "/v1/calls", (request) =>
          request.query({ limit: "2" }).headers({ "x-api-key": "ps_revoked" }),
        )
        .willRespondWith(401, (response) => response.jsonBody(refusal("UNAUTHORIZED", "The key is not known.")))
        .executeTest(async ({ url }) => {
          const { code, stderr } = await report(url, "ps_revoked");
          expect({ code, stderr }).toEqual({ code: 1, stderr: "401 UNAUTHORIZED: The key is not known.\n" });
        });
    });
  });
} else {
  test.skip("CLIENT-028: a Python program counts the calls of all pages, where there is a python3", () => {});
}
