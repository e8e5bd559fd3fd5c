import { LuacovError } from "../index.js";
import { errorText } from "./print.js";

/** Whatever becomes of the reports, the program has ended with a code of its own. */
export async function guarded(report: () => number | Promise<number>): Promise<number> {
  try {
    return await report();
  } catch (error) {
    if (!(error instanceof LuacovError)) throw error;
    console.error(errorText(error.message));
    return 2;
  }
}
