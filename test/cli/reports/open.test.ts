import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { watch } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { runCli } from "../../support/cli.js";
import { makeFolder } from "../../support/folder.js";

const files = { "src/m.lua": "return 1\n", "test/m.lua": 'assert(dofile("src/m.lua") == 1)\n' };

/** What a system opens files with, besides macOS and Windows. */
const opener = `#!/bin/sh\nprintf %s "$*" > opened.new && mv opened.new "$OPENED/opened"\n`;

test.skipIf(process.platform !== "linux")(
  "--open hands our pages to what opens them, once they are written",
  async () => {
    const folder = makeFolder({ ...files, "bin/xdg-open": opener });
    chmodSync(path.join(folder, "bin/xdg-open"), 0o755);
    const opened = path.join(folder, "opened");
    mkdirSync(opened);
    const environment = { PATH: `${folder}/bin:/usr/bin:/bin`, OPENED: opened };
    const changes = watch(opened);
    const result = await runCli(folder, ["--open", "--reporter", "text-summary"], environment);
    expect(result).toMatchObject({ code: 0, stderr: "" });
    if (!existsSync(path.join(opened, "opened"))) for await (const _ of changes) break;
    const page = readFileSync(path.join(opened, "opened"), "utf8");
    expect(page).toBe(path.join(folder, "coverage/html/index.html"));
    expect(readFileSync(page, "utf8")).toContain("m.lua.html");
  },
);

test.skipIf(process.platform !== "linux")(
  "where nothing opens them, --open says where they are",
  async () => {
    const folder = makeFolder(files);
    writeFileSync(path.join(folder, "empty"), "");
    const environment = { PATH: path.join(folder, "empty") };
    const result = await runCli(folder, ["--open", "--reporter", "none"], environment);
    expect(result.code).toBe(0);
    expect(result.stderr).toBe(
      "WARNING: --open found nothing that opens a browser: there is no xdg-open on PATH; open <folder>/coverage/html/index.html yourself\n",
    );
  },
);
