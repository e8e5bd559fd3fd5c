import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { toolPath } from "../support/tools.js";

/** The document of a page once its scripts have run, as headless Chromium has it. Ask for Chromium by testWith first. */
export function domOf(url: string, flags: readonly string[] = []): string {
  const profile = mkdtempSync(path.join(tmpdir(), "luacov-ts-"));
  const quiet = [
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ];
  const options = ["--headless", "--no-sandbox", "--disable-gpu", ...quiet, `--user-data-dir=${profile}`];
  const { stdout } = spawnSync(toolPath("chromium"), [...options, ...flags, "--dump-dom", url], {
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
  });
  rmSync(profile, { recursive: true, force: true });
  return stdout;
}

/**
 * What a script returns that runs in a page of a report, behind those of the page. It is a file beside the page, as
 * the page takes no other scripts; `body` is that of a function.
 */
export function inPage<Result>(page: string, body: string, fragment = ""): Result {
  const [probe, copy] = [`${page}.probe.js`, `${page}.probe.html`];
  writeFileSync(
    probe,
    `const result = (() => { ${body} })();
    document.title = "PROBED" + encodeURIComponent(JSON.stringify(result)) + ";";`,
  );
  const name = encodeURIComponent(path.basename(probe));
  writeFileSync(
    copy,
    readFileSync(page, "utf8").replace("<body ", `<script defer src="${name}"></script><body `),
  );
  try {
    const dom = domOf(pathToFileURL(copy).href + fragment);
    const [, found] = /PROBED([^;]*);/.exec(dom) ?? [];
    if (found === undefined) throw new Error(`the script in ${page} gave nothing:\n${dom.slice(0, 2000)}`);
    return JSON.parse(decodeURIComponent(found));
  } finally {
    rmSync(probe);
    rmSync(copy);
  }
}
