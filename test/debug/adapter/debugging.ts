import path from "node:path";
import { makeProject } from "../../support/project.js";
import { type Editor, startEditor } from "./editor.js";

/** A program that an editor has launched. */
export interface Debugging {
  readonly editor: Editor;
  readonly folder: string;
  /** Sets breakpoints in a file of the project, by their lines. */
  breakAt(file: string, ...lines: readonly (number | Wanted)[]): Promise<readonly string[]>;
  /** Where the program stands, from the innermost call on. */
  stack(): Promise<readonly string[]>;
  /** Variables of a scope of the innermost call: `name = value`. */
  scope(name: string): Promise<readonly string[]>;
  /** What a scope of the innermost call is asked for by. */
  scopeReference(name: string): Promise<number>;
  /** Evaluates in the innermost call. */
  evaluate(expression: string, context: string): Promise<string>;
  /** Goes on by a request, and gives the reason for which the program stops. */
  goOn(command: "continue" | "next" | "stepIn" | "stepOut"): Promise<string>;
  /** Waits for the program's end, and gives the exit code of the run. */
  end(): Promise<number>;
}

export interface Wanted {
  readonly line: number;
  readonly condition?: string;
  readonly hitCondition?: string;
  readonly logMessage?: string;
}

interface Asked {
  readonly files: Readonly<Record<string, string>>;
  readonly launch: object;
  readonly breakpoints?: Readonly<Record<string, readonly (number | Wanted)[]>>;
  /** Of `initialize`. */
  readonly client?: object;
  /** Filters of exceptions. */
  readonly filters?: readonly string[];
}

/** Launches a program of a new project, which begins once breakpoints are set. */
export async function launch({
  files,
  launch,
  breakpoints = {},
  client,
  filters = [],
}: Asked): Promise<Debugging> {
  const folder = makeProject(files);
  const editor = startEditor(folder);
  await editor.ask("initialize", { adapterID: "luacov-ts", supportsVariableType: true, ...client });
  await editor.event("initialized");
  const launched = editor.ask("launch", launch);
  const debugging = debuggingWith(editor, folder);
  for (const [file, lines] of Object.entries(breakpoints)) await debugging.breakAt(file, ...lines);
  await editor.ask("setExceptionBreakpoints", { filters });
  await editor.ask("configurationDone");
  await launched;
  return debugging;
}

export function debuggingWith(editor: Editor, folder: string): Debugging {
  const top = async () => {
    const { stackFrames } = await editor.ask("stackTrace", { threadId: 1 });
    return { frames: stackFrames, frameId: stackFrames[0]?.id ?? 0 };
  };
  const scopeReference = async (name: string) => {
    const { scopes } = await editor.ask("scopes", { frameId: (await top()).frameId });
    return scopes.find((scope) => scope.name === name)?.variablesReference ?? 0;
  };
  return {
    editor,
    folder,
    breakAt: async (file, ...lines) => {
      const { breakpoints } = await editor.ask("setBreakpoints", {
        source: { path: path.join(folder, file) },
        breakpoints: lines.map((line) => (typeof line === "number" ? { line } : line)),
      });
      return breakpoints.map(({ verified, line, message }) => (verified ? `line ${line}` : `${message}`));
    },
    stack: async () =>
      (await top()).frames.map(({ name, source, line }) => `${source?.name ?? "C"}:${line} ${name}`),
    scopeReference,
    scope: async (name) => {
      const { variables } = await editor.ask("variables", { variablesReference: await scopeReference(name) });
      return variables.map((each) => `${each.name} = ${each.value}`);
    },
    evaluate: async (expression, context) => {
      const { frameId } = await top();
      return (await editor.ask("evaluate", { expression, context, frameId })).result;
    },
    goOn: async (command) => {
      await editor.ask(command, { threadId: 1 });
      return (await editor.event("stopped")).reason;
    },
    end: async () => {
      const { exitCode } = await editor.event("exited");
      await editor.event("terminated");
      return exitCode;
    },
  };
}
