import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { Context } from "istanbul-lib-report";
import { istanbulMap } from "../../coverage/packed/istanbulMap.js";
import { notWritable } from "../../errors/outputs.js";
import { LuacovError } from "../../errors.js";
import { readContent } from "../../files/files.js";
import { remapByTest } from "../../remap/byTest.js";
import { findByTest } from "../../store/byTestFile.js";
import { istanbulLibReport } from "../istanbul.js";
import type { OwnReport } from "../own/ownReporters.js";
import { writeHtml } from "./htmlReport.js";
import { lineTestsIn } from "./lineTests.js";
import type { LoadTokens } from "./typeScriptColors.js";

const assets = fileURLToPath(new URL("assets", import.meta.url));

const require = createRequire(import.meta.url);
const loadTokens: LoadTokens = () => require("js-tokens");

/** Writes the pages as one of our own reports. They change nothing in the map, so it need not be copied for them. */
export function writePages({ config, coverage, options, writer }: OwnReport): void {
  const context: Context = istanbulLibReport().createContext({
    dir: config.reportDir,
    watermarks: { ...config.watermarks },
    coverageMap: istanbulMap(coverage),
    sourceFinder: (file) => readContent(file).toString("utf8"),
  });
  context.data.writer = writer;
  try {
    const byTest = findByTest(config.tempDir, config.cwd);
    const testsOf = byTest === null ? undefined : lineTestsIn(remapByTest(config, byTest));
    writeHtml(
      context,
      { projectRoot: config.cwd, skipEmpty: config.skipEmpty, ...options },
      assets,
      loadTokens,
      testsOf,
    );
  } catch (cause) {
    throw cause instanceof LuacovError ? cause : notWritable(config.reportDir, cause);
  }
}
