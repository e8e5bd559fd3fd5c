import { type ChildProcess, spawn } from "node:child_process";

/** Ends programs whose own process of ours was killed, and could not. */
export interface Guard {
  /** A program is about to start that has this in its environment, in one line. The shell reads letter by letter. */
  expect(mark: string): void;
  /** It has started, and leads the group of this number; or it has not, and there is none. */
  watch(group: number | undefined): void;
  forget(group: number): void;
}

/**
 * Reads which groups run, until there is nobody to tell it any more, and kills those that are left. What was to be
 * started then, and of which nobody has told whether it was, is known by its environment where the system shows that. A
 * terminal's signals are none of its business.
 */
const script = `trap '' INT TERM HUP QUIT
running=
expected=
while read -r sign what; do
  case $sign in
    '?') expected=$what ;;
    +) expected= running="$running $what" ;;
    -) others=
      for each in $running; do
        if [ "$each" != "$what" ]; then others="$others $each"; fi
      done
      expected= running=$others ;;
  esac
done
for each in $running; do kill -KILL "-$each" 2> /dev/null; done
[ -n "$expected" ] && [ -d /proc/self ] || exit
for round in 1 2; do
  for each in /proc/[0-9]*; do
    case $(tr '\\000' '\\n' 2> /dev/null < "$each/environ") in
      *"$expected"*) kill -KILL "\${each#/proc/}" "-\${each#/proc/}" 2> /dev/null ;;
    esac
  done
  sleep 1
done`;

/** Starts with the first program, as one shell for all; on Windows there is none. */
export function createGuard(): Guard {
  let shell: ChildProcess | null = null;
  const tell = (sign: "?" | "+" | "-", what: string) => {
    if (process.platform === "win32") return;
    shell ??= startShell();
    shell.stdin?.write(`${sign} ${what}\n`);
  };
  return {
    expect: (mark) => tell("?", mark),
    watch: (group) => tell(group === undefined ? "-" : "+", String(group)),
    forget: (group) => tell("-", String(group)),
  };
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
