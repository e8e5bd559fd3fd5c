import { unknownShell, usage } from "../../errors.js";
import { scripts } from "./scripts.js";

/** Prints the script for a shell. Throws USAGE. */
export function printScript([, shell, ...others]: readonly string[]): number {
  const known = Object.keys(scripts);
  if (shell === undefined || others.length > 0)
    throw usage(`completion takes one shell: ${known.join(", ")}`);
  const script = Object.hasOwn(scripts, shell) ? scripts[shell] : undefined;
  if (script === undefined) throw unknownShell(shell, known);
  process.stdout.write(script);
  return 0;
}
