import { visible } from "../files/visible.js";
import type { Setting } from "./project.js";

/** A configuration file of ours. */
export interface ConfigurationText {
  readonly name: string;
  readonly text: string;
}

const width = 100;

/** What settings are as a file, each with its reason; `schema` is where editors find what the keys mean, null for nowhere. */
export function configurationText(settings: readonly Setting[], schema: string | null): ConfigurationText {
  const entries = [
    ...(schema === null ? [] : [`  "$schema": ${JSON.stringify(schema)}`]),
    ...settings.map((setting) => `${comment(setting.reason)}  ${settingText(setting)}`),
  ];
  return { name: "luacov-ts.config.jsonc", text: `{\n${entries.join(",\n")}\n}\n` };
}

/** As it is written in a file. */
export function settingText({ key, value }: Setting): string {
  return `${JSON.stringify(key)}: [${value.map((each) => JSON.stringify(each)).join(", ")}]`;
}

function comment(reason: string): string {
  const lines: string[] = [];
  let line = "  //";
  for (const word of visible(reason).split(/\s+/)) {
    if (line.length + word.length >= width && line !== "  //") {
      lines.push(line);
      line = "  //";
    }
    line += ` ${word}`;
  }
  return [...lines, line].map((each) => `${each}\n`).join("");
}
