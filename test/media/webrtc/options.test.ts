import { expect, test } from "vitest";
import { webRtcDefaults } from "../../../mock/media/webrtc/options.ts";
import { readOptions, SandboxOptionError } from "../../../mock/sandbox-options.ts";

test("there is no peer unless it is asked for, and then with its defaults", () => {
  expect(readOptions({}).webrtc).toBeNull();
  expect(readOptions({ webrtc: false }).webrtc).toBeNull();
  expect(readOptions({ webrtc: true }).webrtc).toEqual(webRtcDefaults);
  expect(readOptions({ webrtc: { host: "2001:db8::1" } }).webrtc).toEqual({ ...webRtcDefaults, host: "2001:db8::1" });
});

test.each([
  ["webrtc", "on", "true, false or an object"],
  ["webrtc.host", { host: "softphone.example" }, "an IP address"],
  ["webrtc.host", { host: "999.1.1.1" }, "an IP address"],
  ["webrtc.ports", { ports: { from: 2, to: 1 } }, "the first one not above the second"],
  ["webrtc.ports", { ports: "1-2" }, "whole numbers from 1 to 65535"],
  ["webrtc.noMediaLaterMs", { noMediaLaterMs: -1 }, "a number from 0"],
  ["webrtc.codec", { codec: "opus" }, "one that exists (host, ports"],
])("%s that can't be is refused by name", (option, webrtc, expected) => {
  const wrong = () => readOptions({ webrtc } as Parameters<typeof readOptions>[0]);
  expect(wrong).toThrow(SandboxOptionError);
  expect(wrong).toThrow(`The option ${option} must be`);
  expect(wrong).toThrow(expected);
});
