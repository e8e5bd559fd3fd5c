import { spawnSync } from "node:child_process";

/** Writes a text to standard output; on a terminal that is not high enough for it, through the user's pager. */
export function showPaged(text: string): void {
  const { isTTY, rows } = process.stdout;
  const pager = process.env.PAGER ?? "less";
  const isLong = isTTY === true && text.split("\n").length > (rows ?? Number.POSITIVE_INFINITY);
  if (!isLong || pager.trim() === "" || pager.trim() === "cat" || !page(pager, text)) {
    process.stdout.write(text);
  }
}

/** False where there is no such program. As for git, `less` shows colours, and ends where one page is enough. */
function page(pager: string, text: string): boolean {
  // Ctrl-C is for the pager, which may take it for something else than its end.
  const wait = () => {};
  process.on("SIGINT", wait);
  try {
    const { status, error } = spawnSync(pager, {
      shell: true,
      input: text,
      stdio: ["pipe", "inherit", "inherit"],
      env: { LESS: "FRX", LV: "-c", ...process.env },
    });
    // 126 and 127 are the shell's, for what it cannot start.
    return status !== null && status !== 126 && status !== 127 && (error === undefined || isLeft(error));
  } finally {
    process.off("SIGINT", wait);
  }
}

/** Who leaves a pager early has read enough. */
function isLeft(error: Error): boolean {
  return "code" in error && error.code === "EPIPE";
}
