import { expect, it } from "vitest";
import { signatureMismatches } from "../../../contracts/conformance/signature.ts";
import { signer, webhookSecrets } from "../../../mock/webhooks/sign.ts";

const secrets = webhookSecrets("calls-sandbox");

it("CONF-003: a webhook is held against its signatures, Meta's own included", async () => {
  const text = '{"object":"whatsapp_business_account"}';
  const headers = await signer(secrets)({ id: "msg_1", event: "calls", payload: text, sentAt: new Date() });
  const received = { headers, text, json: JSON.parse(text) };
  expect(await signatureMismatches(received, secrets)).toEqual([]);
  const changed = await signatureMismatches({ ...received, text: `${text} ` }, secrets);
  expect(changed.map(({ path }) => path)).toEqual(["headers.webhook-signature", "headers.x-hub-signature-256"]);
});

it("CONF-003: nothing is said of signatures where the secrets are not known", async () => {
  expect(await signatureMismatches({ headers: {}, text: "{}", json: {} }, null)).toEqual([]);
});
