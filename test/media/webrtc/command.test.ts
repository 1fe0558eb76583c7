import { expect, test } from "vitest";
import { cli, port0, serving } from "../../doors/cli-process.ts";
import { callable } from "../../support/sandbox.ts";

/** The offer of a person's call, from a sandbox of the command line. */
async function offered(args: readonly string[]): Promise<string> {
  const { ready } = await serving([...port0, ...args]);
  const response = await fetch(`${ready.apiUrl}/_sandbox/worlds/default/inbound-calls`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ to: "+551140000001", from: callable }),
  });
  const { sdpOffer } = (await response.json()) as { sdpOffer: string };
  return sdpOffer;
}

test("MEDIA-RTC-018, MEDIA-RTC-020: the command has a peer unless it is off, with the address and ports it is told", async () => {
  const port = 26_000 + (process.pid % 5_000);
  const chosen = await offered(["--webrtc-host", "127.0.0.9", "--webrtc-ports", `${port}`]);
  expect(chosen).toContain(`m=audio ${port} UDP/TLS/RTP/SAVPF`);
  expect(chosen).toContain(` 127.0.0.9 ${port} typ host`);
  // An address that is kept for documentation: nobody listens there.
  expect(await offered(["--webrtc", "off"])).toMatch(/c=IN IP4 192\.0\.2\.\d+\r\n/);
});

test.each([
  [["--webrtc", "maybe"], "on, off"],
  [["--webrtc-host", "softphone.example"], "IP address"],
  [["--webrtc-ports", "40099-40000"], "the lower one first"],
])("%j is refused with what is accepted", async (args, accepted) => {
  const process = cli(["serve", ...port0, ...args]);
  expect(await process.ended).toBe(2);
  expect(process.stderr()).toContain(args[0]);
  expect(process.stderr()).toContain(accepted);
});
