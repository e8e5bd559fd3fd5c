import { LuacovError } from "../index.js";
import { errorText } from "./print.js";

/** Whatever becomes of the reports, the program has ended with a code of its own. */
export function guarded(report: () => number): number {
  try {
    return report();
  } catch (error) {
    if (!(error instanceof LuacovError)) throw error;
    console.error(errorText(error.message));
    return 2;
  }
}
