// A plain interpreter out of what is built, for tests that compare it with lua5.3: node lua.mjs file args…
import { runProgram } from "../../build/engine/fengari/program.js";

const [file, ...args] = process.argv.slice(2);
const program = { file, args, packagePath: process.env.PACKAGE_PATH ?? "./?.lua" };
const exit = runProgram(program, () => null, { errors: "standard error" });
if (exit.kind === "exited") process.exitCode = exit.code;
if (exit.kind === "failed") process.exitCode = 1;
