import { type Config, LuacovError } from "../../index.js";
import { warnWithoutTests } from "../coverage.js";
import { noticeText } from "../print.js";

/** Where there may be no tests, that there are none is worth a sentence, and no failure. */
export async function withoutTests(config: Config, run: () => Promise<number>): Promise<number> {
  const { cwd, passWithNoTests } = config;
  try {
    return await run();
  } catch (error) {
    if (!passWithNoTests || !(error instanceof LuacovError) || error.code !== "NO_TESTS") throw error;
    console.error(noticeText({ level: "information", file: cwd, message: error.message }));
    warnWithoutTests(config);
    return 0;
  }
}
