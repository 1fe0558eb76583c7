// A verifier as any team would set it up: it knows the provider's address and that of the provider-state callback.
import { Verifier } from "@pact-foundation/pact";

const [url, ...pactUrls] = process.argv.slice(2);
const verifier = new Verifier({
  providerBaseUrl: url,
  providerStatesSetupUrl: `${url}/_pact/provider-states`,
  pactUrls,
  logLevel: "error",
});
await verifier.verifyProvider().catch(() => {
  process.exitCode = 1;
});
