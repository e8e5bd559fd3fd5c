import { writeFileSync } from "node:fs";
import path from "node:path";
import { onTestFinished } from "vitest";
import { exitCode, startCliInOrder } from "./cli.js";
import { makeProject } from "./project.js";
import { withoutLua } from "./testLua.js";

/** What a watch writes when it waits. */
export const waiting = "Waiting for changes; Ctrl-C ends.\n";

/** A watch that goes on until its test ends. */
export interface Watch {
  readonly folder: string;
  /** Does something and returns what was written until the command waits again, or until another text. */
  after(action: () => void, text?: string): Promise<string>;
  /** Makes an action that writes a file. */
  write(name: string, content: string): () => void;
  /** Ends it as Ctrl-C does, and returns the exit code. */
  end(): Promise<number>;
}

/** Starts the built command with `--watch` in a folder with the given files, without reports. */
export function startWatch(files: Readonly<Record<string, unknown>>, ...flags: readonly string[]): Watch {
  return watchIn(makeProject(files), ["--reporter", "none", ...flags]);
}

export function watchIn(folder: string, flags: readonly string[]): Watch {
  const child = startCliInOrder(folder, ["--watch", ...flags]);
  const code = exitCode(child);
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  let output = "";
  let onOutput = () => {};
  child.stdout.on("data", (chunk) => {
    output += chunk;
    onOutput();
  });
  const until = (text: string) =>
    new Promise<string>((resolve) => {
      onOutput = () => {
        const end = output.indexOf(text);
        if (end === -1) return;
        const found = output.slice(0, end + text.length);
        output = output.slice(found.length);
        resolve(shown(found));
      };
      onOutput();
    });
  return {
    folder,
    after: (action, text = waiting) => {
      action();
      return until(text);
    },
    write: (name, content) => () => writeFileSync(path.join(folder, name), content),
    end: () => {
      child.kill("SIGINT");
      return code;
    },
  };
}

function shown(output: string): string {
  return withoutLua(output)
    .replace(/\(\d+ ms\)/g, "(N ms)")
    .replace(waiting, "")
    .trim();
}
