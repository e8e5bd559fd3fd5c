import { type ChildProcess, spawn } from "node:child_process";

/** Ends programs whose own process of ours was killed, and could not. */
export interface Guard {
  /** Programs by the numbers of the groups that they lead. */
  watch(group: number): void;
  forget(group: number): void;
}

/**
 * Reads which groups run, until there is nobody to tell it any more, and kills those that are left. A terminal's signals
 * are none of its business.
 */
const script = `trap '' INT TERM HUP QUIT
running=
while read -r sign group; do
  others=
  for each in $running; do
    if [ "$each" != "$group" ]; then others="$others $each"; fi
  done
  running=$others
  if [ "$sign" = + ]; then running="$running $group"; fi
done
for each in $running; do kill -KILL "-$each" 2> /dev/null; done`;

/** Starts with the first program, as one shell for all; on Windows there is none. */
export function createGuard(): Guard {
  let shell: ChildProcess | null = null;
  const tell = (sign: "+" | "-", group: number) => {
    if (process.platform === "win32") return;
    shell ??= startShell();
    shell.stdin?.write(`${sign} ${group}\n`);
  };
  return { watch: (group) => tell("+", group), forget: (group) => tell("-", group) };
}

function startShell(): ChildProcess {
  const child = spawn("sh", ["-c", script], { stdio: ["pipe", "ignore", "ignore"], detached: true });
  // Nobody waits for it, and a machine without a shell has no guard.
  child.on("error", () => {});
  child.stdin.on("error", () => {});
  child.unref();
  if ("unref" in child.stdin && typeof child.stdin.unref === "function") child.stdin.unref();
  return child;
}
