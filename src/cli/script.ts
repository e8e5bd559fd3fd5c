import path from "node:path";
import { isFile, isFolder } from "../files/files.js";
import { testName } from "../index.js";
import type { CommandLine } from "./arguments/flags.js";

/** A command that runs what is behind its name with some options: a script, if it is one file that is no test, else tests. */
export function asScriptOrTests(
  commandLine: CommandLine,
  options: Readonly<Record<string, unknown>>,
): CommandLine {
  const operands = commandLine.positionals.slice(1);
  const [script = ""] = operands;
  if (operands.length !== 1 || !isScript(script)) return { ...commandLine, positionals: operands, options };
  const lua = [script, ...commandLine.args];
  return { ...commandLine, positionals: ["run", script], lua, args: [], options };
}

/** A file that is no test by its name. */
function isScript(operand: string): boolean {
  return isFile(operand) && !isNamedTest(operand);
}

/** A folder, a glob, or a file that is a test by its name. What is not there is a script, which is then missed. */
export function isTests(operand: string): boolean {
  if (isFile(operand)) return isNamedTest(operand);
  return isFolder(operand) || /[*?{[]/.test(operand);
}

function isNamedTest(operand: string): boolean {
  const name = path.relative(process.cwd(), path.resolve(operand)).split(path.sep).join("/");
  return testName(name) !== null;
}
