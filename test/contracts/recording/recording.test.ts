import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { keysOf, newRecording, readRecording } from "../../../contracts/recording/index.ts";
import { temporary } from "../../doors/cli-process.ts";
import { keys } from "../../support/sandbox.ts";
import { recorded, stranger, talk } from "./record.ts";

const filesOf = (directory: string) =>
  readdirSync(directory)
    .sort()
    .map((name) => [name, readFileSync(join(directory, name), "utf8")] as const);

test("PROXY-018: a recording is one redacted file for each exchange, in order, and the same talk gives the same files", async () => {
  const [first, second] = [await recorded(talk), await recorded(talk)];
  const files = filesOf(first.directory);
  expect(files.map(([name]) => name)).toContain("000001-startCall.json");
  expect(JSON.parse(files[0]?.[1] ?? "")).toMatchObject({ format: "calls-sandbox-exchange", version: 1, number: 1 });
  const all = files.map(([, text]) => text).join("");
  for (const secret of [...Object.values(keys), stranger.slice(1), "5511987650000", "ps_wrong"])
    expect(all).not.toContain(secret);
  expect(filesOf(second.directory)).toEqual(files);
  expect(first.recording.exchanges.map(({ number }) => number)).toEqual(files.map((_, index) => index + 1));
});

test("PROXY-019: a recording tells its keys apart, and whose number each is", async () => {
  const { recording } = await recorded(talk);
  expect(keysOf(recording)).toEqual([
    { standIn: "redacted", provider: "EVO_GO" },
    { standIn: "redacted-2", provider: "META" },
    { standIn: "redacted-3", provider: null },
  ]);
});

describe("PROXY-018: a recording that can't be read or begun is named with what to do", () => {
  const whole = { format: "calls-sandbox-exchange", version: 1, number: 1, operation: null };
  it.each([
    ["another format", { ...whole, format: "har" }, "is no recorded exchange"],
    ["a later version", { ...whole, version: 2 }, "version 2"],
    ["no request", whole, "missing"],
  ])("%s", async (_, content, message) => {
    const directory = temporary();
    const file = join(directory, "000001-unknown.json");
    writeFileSync(file, JSON.stringify(content));
    await expect(readRecording(directory)).rejects.toThrow(message);
    await expect(readRecording(directory)).rejects.toThrow(file);
  });

  it("an empty folder, and one that isn't there", async () => {
    await expect(readRecording(temporary())).rejects.toThrow("holds no recording");
    await expect(readRecording("/nowhere/at/all")).rejects.toThrow("--record");
  });

  it("a folder that holds one already", async () => {
    const { directory } = await recorded(async (ask) => void (await ask(keys.evo, "GET", "/calls")));
    await expect(newRecording(directory)).rejects.toThrow("holds a recording already");
  });

  it("a folder that can't be made", async () => {
    const file = join(temporary(), "file");
    writeFileSync(file, "");
    await expect(newRecording(join(file, "recording"))).rejects.toThrow("Can't record into");
  });
});
