import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // The database driver is a native module and crashes in worker threads.
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: {
      include: ["protocol", "targets", "probe", "collector", "dashboards"].map((folder) => `${folder}/**/*.ts`),
    },
  },
});
