// Makes dist: node build.mjs
// Everything as modules, and the HTML reporter a second time in a form that can be required on every Node.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const compiler = fileURLToPath(import.meta.resolve("typescript/package.json")).replace(
  "package.json",
  "bin/tsc",
);
process.chdir(fileURLToPath(new URL(".", import.meta.url)));
rmSync("dist", { recursive: true, force: true });
const codes = await Promise.all(["tsconfig.build.json", "tsconfig.cjs.json"].map(compile));
process.exitCode = Math.max(...codes);
cpSync("src/lua", "dist/lua", { recursive: true });
cpSync("src/report/html/assets", "dist/report/html/assets", { recursive: true });
cpSync("src/report/html/reporter.cjs", "dist/report/html/reporter.cjs");
mkdirSync("dist/cjs", { recursive: true });
writeFileSync("dist/cjs/package.json", '{ "type": "commonjs" }\n');

async function compile(project) {
  const [code] = await once(spawn(process.execPath, [compiler, "-p", project], { stdio: "inherit" }), "exit");
  return code ?? 1;
}
