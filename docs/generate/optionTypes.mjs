// The types of options for who uses the library: the checker's own are not in the package, and say nothing to a reader.
import { readFileSync, rmSync, writeFileSync } from "node:fs";

/** For the compiler to write out what the keys of options are. */
const source = `import type { Options, ValidOptions } from "./options.js";
declare function plain<All>(): { [Key in keyof All]: All[Key] };
export const options = plain<Options>();
export const validOptions = plain<ValidOptions>();
`;

const flags =
  "--ignoreConfig --declaration --emitDeclarationOnly --strict --exactOptionalPropertyTypes --skipLibCheck --module nodenext --target es2022".split(
    " ",
  );

/**
 * The declarations that stand in place of those of `build/config/options/options.d.ts`: `Options` and `ValidOptions` with the type of each
 * key, and what the table of options says of it. `compile` starts the compiler with flags.
 */
export async function optionTypes(optionTable, compile) {
  const [file, written] = [".ts", ".d.ts"].map((end) => `build/config/options/plain${end}`);
  writeFileSync(file, source);
  await compile(...flags, file);
  const [, options, validOptions] = readFileSync(written, "utf8").split(/^export declare const \w+: /m);
  for (const each of [file, written]) rmSync(each);
  const documented = options.replace(/^ {4}readonly (\w+)\?:/gm, (line, key) => {
    return `    /** ${optionTable[key].help.replaceAll("*/", "*\\/")} */\n${line}`;
  });
  return [
    comment("What a caller, a configuration file or flags may set; everything has a default."),
    `export interface Options ${bodyOf(documented)}`,
    comment("Options that were checked; a list is always an array."),
    `export interface ValidOptions ${bodyOf(validOptions)}`,
    "export type OptionKey = keyof Options;",
    "",
  ].join("\n");
}

const comment = (text) => `/** ${text} */`;

const bodyOf = (text) => text.slice(0, text.lastIndexOf("}") + 1);
