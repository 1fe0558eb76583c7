import type { Page } from "playwright-core";
import { expect, onTestFinished, test, vi } from "vitest";
import { listenHttp } from "../../../mock/doors/http.ts";
import { palette } from "../../../mock/media/index.ts";
import { callable } from "../../support/sandbox.ts";
import { chromiumPath, chromiumRequired, openBrowser } from "./chromium.ts";
import { rtcSandbox } from "./client.ts";

const browser = chromiumPath();
if (browser === null) {
  const missing = "There is no Chromium: the softphone was NOT tested in a browser. Install one, or set CHROMIUM_PATH.";
  if (chromiumRequired) throw new Error(missing);
  process.stderr.write(`\n*** ${missing} ***\n\n`);
}

const withBrowser = test.skipIf(browser === null);
const wait = { timeout: 8_000, interval: 100 };

/** The softphone in a browser whose microphone hears 1,000 Hz. */
async function softphone() {
  const sandbox = rtcSandbox({ mode: "scripted", webrtc: true });
  const door = await listenHttp(sandbox, { host: "127.0.0.1", port: 0, overrideGlobalObjects: false });
  onTestFinished(() => door.close());
  const context = await openBrowser(browser ?? "", 1_000);
  const page = await context.newPage();
  const mistakes: string[] = [];
  page.on("pageerror", (error) => mistakes.push(error.message));
  await page.goto(`${door.url}/examples/softphone`);
  await page.selectOption("#source", "unprocessed");
  return { sandbox, page, mistakes };
}

const hz = async (page: Page, who: "you" | "person") =>
  Number.parseInt((await page.textContent(`#hz-${who}`)) ?? "", 10);

/** By how many dB a tone of what the page plays stands above every other of the sandbox's tones, at its best of ten. */
async function margin(page: Page, hz: number): Promise<number> {
  return page.evaluate(`(async () => {
    const context = new AudioContext();
    const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
    context.createMediaStreamSource(document.getElementById("audio").srcObject).connect(analyser);
    const bins = new Float32Array(analyser.frequencyBinCount);
    const level = (hz) => bins[Math.round((hz * analyser.fftSize) / context.sampleRate)];
    let best = 0;
    for (let time = 0; time < 10; time++) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      analyser.getFloatFrequencyData(bins);
      const others = ${JSON.stringify(palette.filter((other) => other !== hz))}.map(level);
      if (level(${hz}) > -60) best = Math.max(best, level(${hz}) - Math.max(...others));
    }
    await context.close();
    return best;
  })()`);
}

withBrowser(
  "MEDIA-RTC-001, MEDIA-RTC-002: a browser places a META call on the softphone page, hears the person's tone and is heard",
  async () => {
    const { sandbox, page, mistakes } = await softphone();
    await page.click("#call");
    await vi.waitFor(async () => expect(Math.abs((await hz(page, "person")) - 500)).toBeLessThan(10), wait);
    expect(await margin(page, 500)).toBeGreaterThan(20);
    expect(Math.abs((await hz(page, "you")) - 1_000)).toBeLessThan(10);
    await vi.waitFor(async () => {
      const { client } = await sandbox.control.getMedia({ callId: "latest" });
      expect(client.dominantHz.some((heard) => heard !== null && Math.abs(heard - 1_000) < 10)).toBe(true);
    }, wait);
    await page.click("#hang-up");
    await vi.waitFor(async () => expect(await page.textContent("#status")).toBe("COMPLETED"), wait);
    expect(mistakes).toEqual([]);
  },
  20_000,
);

withBrowser(
  "MEDIA-RTC-004, MEDIA-RTC-010: a browser takes a person's call, and both sides hear each other after accept",
  async () => {
    const { sandbox, page, mistakes } = await softphone();
    await page.fill("#person", callable);
    await page.click("#be-called");
    await page.click("#accept");
    await vi.waitFor(async () => expect(Math.abs((await hz(page, "person")) - 500)).toBeLessThan(10), wait);
    await vi.waitFor(async () => {
      const { client, warnings } = await sandbox.control.getMedia({ callId: "latest" });
      expect(client.dominantHz.some((heard) => heard !== null && Math.abs(heard - 1_000) < 10)).toBe(true);
      expect(warnings).toEqual([]);
    }, wait);
    expect(mistakes).toEqual([]);
  },
  20_000,
);

withBrowser(
  "a call that is refused says so on the page and can be tried again, and a person can be made to decline",
  async () => {
    const { page, mistakes } = await softphone();
    await page.fill("#person", "+5511900138006");
    await page.click("#call");
    await vi.waitFor(
      async () => expect(await page.textContent("#status")).toContain("META_CALL_PERMISSION_REQUIRED"),
      wait,
    );
    expect(await page.textContent("#exchanges")).toContain("400 META_CALL_PERMISSION_REQUIRED");
    await page.fill("#person", callable);
    await page.selectOption("#script", "reject");
    await page.click("#call");
    await vi.waitFor(async () => expect(await page.textContent("#status")).toBe("REJECTED"), wait);
    await vi.waitFor(
      async () => expect(await page.textContent("#heard-text")).toContain("Of the person: nothing."),
      wait,
    );
    expect(await page.isEnabled("#person")).toBe(true);
    expect(mistakes).toEqual([]);
  },
  20_000,
);
