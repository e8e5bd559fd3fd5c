import { spawn } from "node:child_process";
import path from "node:path";
import type { Config } from "../types.js";
import { firstPage } from "./html/htmlReport.js";
import { flameGraphPage } from "./profile/fileNames.js";

/** What opens a file in the browser of whoever sits there; anywhere else it is the desktop's. */
const openers: Readonly<Record<string, readonly string[]>> = {
  darwin: ["open"],
  win32: ["rundll32", "url.dll,FileProtocolHandler"],
};

/**
 * Opens the first page of `html-lua` in a browser, which outlives this process. Calls back with a sentence where there is
 * nothing to open it with.
 */
export function openPages(config: Config, onProblem: (message: string) => void): void {
  openPage(path.join(config.reportDir, firstPage(optionsIn(config))), onProblem);
}

/** Opens the page of a profile in the same way. */
export function openFlameGraph(config: Config, onProblem: (message: string) => void): void {
  openPage(flameGraphPage(config), onProblem);
}

function openPage(page: string, onProblem: (message: string) => void): void {
  const [command = "", ...args] = openers[process.platform] ?? ["xdg-open"];
  const fail = (error: NodeJS.ErrnoException) => {
    const isMissing = error.code === "ENOENT" || error.code === "ENOTDIR";
    const reason = isMissing ? `there is no ${command} on PATH` : error.message;
    onProblem(`--open found nothing that opens a browser: ${reason}; open ${page} yourself`);
  };
  try {
    const child = spawn(command, [...args, page], { detached: true, stdio: "ignore" });
    child.on("error", fail);
    child.unref();
  } catch (error) {
    // Some reasons are told at once, as a file in PATH that is no folder.
    if (!(error instanceof Error)) throw error;
    fail(error);
  }
}

/** Those that the configuration gives the reporter. */
function optionsIn({ reporter }: Config): Readonly<Record<string, unknown>> {
  const entry = reporter.find((each) => typeof each !== "string" && each[0] === "html-lua");
  return (typeof entry === "string" ? undefined : entry?.[1]) ?? {};
}
