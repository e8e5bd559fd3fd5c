/** Tests of a framework of their own, which has the names of busted's functions. */

import path from "node:path";
import { currentFolder } from "../files/files.js";
import { hasFailed } from "../harness/run/results/totals.js";
import type { Config, Notice, Outcome } from "../types.js";
import { quoted } from "../words.js";
import { type LuaText, luaBeside } from "./beside.js";

/** Advice where specs failed, and a file beside them makes `describe` and `it`; told once. */
export function ownFrameworkHints({ cwd }: Pick<Config, "cwd">, outcomes: readonly Outcome[]): Notice[] {
  const failed = outcomes.filter(({ results }) => results.some(hasFailed));
  for (const folder of new Set(failed.map(({ file }) => path.dirname(file)))) {
    const beside = luaBeside(path.join(folder, "test.lua"), cwd).find((texts) => texts.some(isFramework));
    const framework = beside?.find(isFramework);
    const runner = beside?.find((text) => framework !== undefined && installs(text, framework));
    if (framework === undefined || runner === undefined) continue;
    const name = below(framework.file);
    const message = `${name} has describe and it of its own, which tests have from ${below(runner.file)}, and not from busted: if they rely on them, run luacov-ts ${quoted(below(runner.file))}`;
    return [{ level: "warning", file: name, message }];
  }
  return [];
}

function below(file: string): string {
  return path.relative(currentFolder(), file);
}

function isFramework({ text }: LuaText): boolean {
  return makes(text, "describe") && makes(text, "it");
}

function makes(text: string, name: string): boolean {
  return new RegExp(`\\bfunction\\s+(?:\\w+[.:])*${name}\\s*\\(|\\b${name}\\s*=\\s*function\\b`).test(text);
}

/** Whether a file loads the framework, and puts its functions among the globals. */
function installs({ file, text }: LuaText, framework: LuaText): boolean {
  const name = path.basename(framework.file, ".lua").replace(/\W/g, "\\$&");
  const loads = new RegExp(`\\b(?:require|dofile)\\s*\\(?\\s*["'](?:[^"']*[./\\\\])?${name}(?:\\.lua)?["']`);
  return (
    file !== framework.file &&
    loads.test(text) &&
    /\b_G\s*\[|\b_G\s*\.\s*describe\b|^\s*describe\s*[=,]/m.test(text)
  );
}
