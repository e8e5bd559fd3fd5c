import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { leftOutReporter } from "./test/support/leftOut.js";

export default defineConfig({
  plugins: [
    {
      name: "left-out",
      // Not among the reporters of this file, which any --reporter replaces.
      configureVitest({ vitest }) {
        vitest.config.reporters.push(leftOutReporter);
      },
    },
  ],
  test: {
    include: ["test/**/*.test.ts"],
    setupFiles: ["test/support/surroundings.ts", "test/support/fastCheck.ts", "test/support/onlyLeftOut.ts"],
    // Only what hangs: a machine may be slow, or busy with something else.
    testTimeout: 180_000,
    // What failed elsewhere is known from the message alone.
    chaiConfig: { truncateThreshold: 1000 },
    // Much of the time tests wait for commands, so that two cores have room for two of them.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
