import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
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
