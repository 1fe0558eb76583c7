import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = (file: string) => fileURLToPath(new URL(`./mock/${file}`, import.meta.url));

export default defineConfig({
  // The examples import the package by its name; here they get its sources.
  resolve: { alias: { "calls-sandbox/media": source("media/index.ts"), "calls-sandbox/msw": source("doors/msw.ts") } },
  test: {
    include: ["test/**/*.test.ts", "examples/**/*.test.ts"],
    environment: "node",
    // The JSON report is what `npm run behaviours` and `npm run check` read.
    reporters: ["default", "json"],
    outputFile: { json: "test-results/vitest.json" },
    testTimeout: 10_000,
    hookTimeout: 10_000,
    fileParallelism: true,
    allowOnly: false,
  },
});
