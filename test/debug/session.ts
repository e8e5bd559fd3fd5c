import { readFileSync } from "node:fs";
import path from "node:path";
import { loadConfig, run } from "luacov-ts";
import { connect, type DebugClient } from "../../src/debug/client.js";
import { breakpointPlace } from "../../src/debug/places.js";
import type { DebuggedProgram } from "../../src/debug/program.js";
import type {
  Breakpoint,
  DebugEvent,
  Frame,
  FunctionBreakpoint,
  Go,
  InFrame,
  Scope,
} from "../../src/debug/protocol.js";
import { makeFolder } from "../support/folder.js";

type Stop = Extract<DebugEvent, { event: "stopped" }>;

const steps: Readonly<Record<string, Go>> = {
  c: { kind: "continue" },
  s: { kind: "in" },
  n: { kind: "over" },
  f: { kind: "out" },
  y: { kind: "switch" },
};

/** What is done with a program, and what was said meanwhile. */
export interface Script {
  readonly lua: string;
  readonly commands: readonly string[];
}

/**
 * Runs programs by their names in a debugger, one after the other, and gives what it and they said, line by line. Commands are `s`, `n`,
 * `f`, `c`, `y` and `until LINE`; `b LINE …`, with `if`, `after`, `log` and `once` as below, `b NAME`; `p EXPRESSION` in the frame that
 * was chosen by `up`; `locals`, `varargs`, `upvalues`, `threads`, `stack`, `errors MODE`, `watch EXPRESSION`, `skip PATTERN`; after the
 * last one a program is left alone.
 */
export async function transcripts(
  lua: string,
  scripts: Readonly<Record<string, Script>>,
): Promise<Record<string, string>> {
  const names = Object.keys(scripts);
  const cwd = makeFolder(Object.fromEntries(names.map((name) => [`${name}.lua`, scripts[name]?.lua ?? ""])));
  const said = new Map<string, string[]>(names.map((name) => [name, []]));
  const sayOf = (file: string) => {
    const lines = said.get(path.basename(file, ".lua")) ?? [];
    return (line: string) => lines.push(line.replaceAll(/[^\s<"'([]*luacov-ts-\w+\//g, ""));
  };
  const debug = (program: DebuggedProgram) => {
    const { commands } = scripts[path.basename(program.file, ".lua")] ?? { commands: [] };
    return session(program, path.join(cwd, path.basename(program.file)), commands, sayOf(program.file));
  };
  const config = await loadConfig({ cwd, lua, coverage: false, reporter: ["none"] });
  const { results } = await run({ ...config, debug: { debug } }, { patterns: [path.join(cwd, "*.lua")] });
  for (const { file, status, message } of results)
    if (status !== "success") sayOf(file)(`failed: ${message}`);
  return Object.fromEntries(Array.from(said, ([name, lines]) => [name, `${lines.join("\n")}\n`]));
}

/** A program that stands still, and the frame that commands are about. */
interface Place extends InFrame {
  readonly client: DebugClient;
}

async function session(
  program: DebuggedProgram,
  file: string,
  commands: readonly string[],
  say: (line: string) => void,
): Promise<void> {
  const stops = createStops(say);
  const client = connect(program, stops.hear);
  const breakpoints = createBreakpoints(client, file);
  let place: Place | null = { client, thread: 1, frame: 1 };
  for (const command of commands) {
    say(`> ${command}`);
    const [word = "", ...rest] = command.split(" ");
    const argument = rest.join(" ");
    const go = word === "until" ? until(file, argument) : steps[word];
    if (go !== undefined) place = await goOn(client, go, stops, say);
    else if (word === "b") await breakpoints.add(argument);
    else if (word === "up") place = { ...place, frame: place.frame + 1 };
    else for (const line of await answer(word, argument, place)) say(line);
    if (place === null) break;
  }
  if (!stops.isOver()) await client.request({ command: "detach" }).catch(() => {});
  await client.ended;
}

/** Null for a program that comes to its end. */
async function goOn(
  client: DebugClient,
  go: Go,
  stops: ReturnType<typeof createStops>,
  say: (line: string) => void,
): Promise<Place | null> {
  const stop = stops.next();
  await client.request({ command: "go", go });
  const stopped = await Promise.race([stop, client.ended]);
  if (stopped === undefined) return null;
  const place = { client, thread: stopped.thread, frame: stopped.frame };
  const message = stopped.message === null ? "" : `: ${stopped.message}`;
  say(`${stopped.reason} ${await shownPlace(place)}${message}`);
  return place;
}

function until(file: string, line: string): Go {
  return { kind: "until", file, line: Number(line) };
}

/** What a program tells unasked; places are told by who asks for them. */
function createStops(say: (line: string) => void) {
  let waiting: (stop: Stop) => void = () => {};
  let isOver = false;
  return {
    hear: (event: DebugEvent) => {
      if (event.event === "stopped") waiting(event);
      else if (event.event === "log") say(`log at ${event.line}: ${event.text}`);
      else if (event.event === "breakpoint") say(`breakpoint ${event.id} at ${event.line}`);
      else if (event.event === "ended") isOver = true;
    },
    next: () => new Promise<Stop>((resolve) => (waiting = resolve)),
    isOver: () => isOver,
  };
}

/** `LINE` or `NAME`, then `if CONDITION`, `after HITS`, `log TEXT` or `once`. */
function createBreakpoints(client: DebugClient, file: string) {
  const lines: Breakpoint[] = [];
  const functions: FunctionBreakpoint[] = [];
  let id = 0;
  return {
    add: async (text: string) => {
      const [, where = "", kind, argument = ""] = /^(\S+)(?: (if|after|log|once) ?(.*))?$/.exec(text) ?? [];
      const options = {
        id: ++id,
        ...(kind === "if" ? { condition: argument } : {}),
        ...(kind === "after" ? { hits: Number(argument) } : {}),
        ...(kind === "log" ? { log: argument } : {}),
        ...(kind === "once" ? { isTemporary: true } : {}),
      };
      if (/^\d+$/.test(where)) {
        const found = breakpointPlace(readFileSync(file), Number(where));
        lines.push({ file, ...(found ?? { line: Number(where) }), ...options });
      } else functions.push({ name: where, ...options });
      await client.request({ command: "breakpoints", lines, functions });
    },
  };
}

async function framesOf({ client, thread }: Place): Promise<readonly Frame[]> {
  const { frames } = await client.request({ command: "frames", thread, start: 1, count: 20 });
  return frames;
}

function shown({ source, line, name, isTail, isC }: Frame): string {
  const where = isC ? "[C]" : `${path.basename(source)}:${line}`;
  return `${where} ${name}${isTail ? " (tail)" : ""}`;
}

async function shownPlace(place: Place): Promise<string> {
  const frame = (await framesOf(place))[place.frame - 1];
  const thread = place.thread === 1 ? "" : ` in coroutine ${place.thread}`;
  return frame === undefined ? "nowhere" : `${shown(frame)}${thread}`;
}

async function answer(word: string, argument: string, place: Place): Promise<readonly string[]> {
  const { client, thread, frame } = place;
  try {
    switch (word) {
      case "p": {
        const values = await client.request({ command: "evaluate", text: argument, depth: 3, thread, frame });
        return values.shown;
      }
      case "stack":
        return (await framesOf(place)).map(shown);
      case "locals":
      case "varargs":
      case "upvalues":
        return await variables(place, word);
      case "threads": {
        const threads = await client.request({ command: "threads" });
        return threads.map(({ id, status, place: at }) => `${id} ${status} ${path.basename(at)}`);
      }
      case "complete":
        return await client.request({ command: "complete", text: argument, thread, frame });
      default:
        await client.request(otherCommand(word, argument, place));
        return [];
    }
  } catch (error) {
    return [`error: ${error instanceof Error ? error.message : error}`];
  }
}

function otherCommand(word: string, argument: string, { thread, frame }: Place) {
  if (word === "skip") return { command: "skip", files: [argument] } as const;
  if (word === "watch")
    return { command: "watch", expressions: [{ id: 1, expression: argument, thread, frame }] } as const;
  if (word === "errors" && (argument === "always" || argument === "uncaught"))
    return { command: "errors", mode: argument } as const;
  throw new Error(`there is no command ${word}`);
}

async function variables({ client, thread, frame }: Place, kind: Scope["kind"]): Promise<readonly string[]> {
  const scopes = await client.request({ command: "scopes", thread, frame });
  const scope = scopes.find((each) => each.kind === kind);
  if (scope === undefined) return [];
  const { reference } = scope;
  const found = await client.request({ command: "variables", reference, start: 1, count: 100 });
  return found.map(({ name, text, isShadowed }) => `${name} = ${text}${isShadowed ? " (shadowed)" : ""}`);
}
