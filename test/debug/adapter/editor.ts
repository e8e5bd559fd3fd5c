import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { onTestFinished } from "vitest";
import { problemOf } from "./schema.js";

const bin = fileURLToPath(new URL("../../../bin/luacov-ts.js", import.meta.url));

/** Bodies of responses, by command. */
interface Answers {
  readonly initialize: DebugProtocol.Capabilities;
  readonly setBreakpoints: DebugProtocol.SetBreakpointsResponse["body"];
  readonly setFunctionBreakpoints: DebugProtocol.SetFunctionBreakpointsResponse["body"];
  readonly dataBreakpointInfo: DebugProtocol.DataBreakpointInfoResponse["body"];
  readonly setDataBreakpoints: DebugProtocol.SetDataBreakpointsResponse["body"];
  readonly breakpointLocations: DebugProtocol.BreakpointLocationsResponse["body"];
  readonly threads: DebugProtocol.ThreadsResponse["body"];
  readonly stackTrace: DebugProtocol.StackTraceResponse["body"];
  readonly scopes: DebugProtocol.ScopesResponse["body"];
  readonly variables: DebugProtocol.VariablesResponse["body"];
  readonly setVariable: DebugProtocol.SetVariableResponse["body"];
  readonly setExpression: DebugProtocol.SetExpressionResponse["body"];
  readonly evaluate: DebugProtocol.EvaluateResponse["body"];
  readonly completions: DebugProtocol.CompletionsResponse["body"];
  readonly exceptionInfo: DebugProtocol.ExceptionInfoResponse["body"];
  readonly source: DebugProtocol.SourceResponse["body"];
  readonly loadedSources: DebugProtocol.LoadedSourcesResponse["body"];
}

/** An editor that debugs, as a test plays it. Each message in both directions is checked against the protocol. */
export interface Editor {
  /** Throws with the message of a response that is no success. */
  ask<Name extends string>(
    command: Name,
    given?: object,
  ): Promise<Name extends keyof Answers ? Answers[Name] : unknown>;
  /** The body of the next event of a name. */
  event<Name extends string>(name: Name): Promise<EventBody<Name>>;
  /** All that was to be written to the console so far, in some categories. */
  output(...categories: readonly string[]): string;
  /** Goes without a word. */
  leave(): void;
  /** Resolves to the exit code of the command. */
  readonly exit: Promise<number | null>;
}

type EventBody<Name extends string> = Name extends "stopped"
  ? DebugProtocol.StoppedEvent["body"]
  : Name extends "breakpoint"
    ? DebugProtocol.BreakpointEvent["body"]
    : Name extends "exited"
      ? DebugProtocol.ExitedEvent["body"]
      : unknown;

/** Starts the command in a folder, as editors do. */
export function startEditor(folder: string): Editor {
  const { CI: _, ...env } = process.env;
  const child = spawn(process.execPath, [bin, "dap"], {
    cwd: folder,
    env: { ...env, NO_COLOR: "1" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  onTestFinished(() => {
    child.kill();
  });
  const exit = once(child, "close").then(([code]): number | null => code);
  return { ...converse(child.stdout, child.stdin), exit };
}

/** Connects with a port of this machine. The exit code stands for the end of the connection. */
export function connectEditor(port: number): Editor {
  const socket = connect(port, "127.0.0.1");
  onTestFinished(() => {
    socket.destroy();
  });
  return { ...converse(socket, socket), exit: once(socket, "close").then(() => null) };
}

interface Waiting {
  resolve(body: unknown): void;
  reject(reason: Error): void;
}

function converse(input: Readable, output: Writable): Omit<Editor, "exit"> {
  const waiting = new Map<number, Waiting>();
  const events: DebugProtocol.Event[] = [];
  const outputs: DebugProtocol.OutputEvent["body"][] = [];
  // Of a test that has failed the end is not awaited.
  output.on("error", () => {});
  const problems: string[] = [];
  let wake = () => {};
  const check = (message: DebugProtocol.ProtocolMessage) => {
    const problem = problemOf(message);
    if (problem !== null) problems.push(problem);
  };
  onTestFinished(() => {
    if (problems.length > 0) throw new Error(problems.join("\n"));
  });
  readMessages(input, (text) => {
    const message: DebugProtocol.Response & DebugProtocol.Event = JSON.parse(text);
    check(message);
    if (message.type === "response") {
      const { resolve, reject } = waiting.get(message.request_seq) ?? { resolve() {}, reject() {} };
      if (message.success) resolve(message.body);
      else reject(new Error(message.message));
    } else if (message.event === "output") outputs.push(message.body);
    else events.push(message);
    wake();
  });
  let count = 0;
  const shown = () => outputs.map((each) => each.output).join("");
  return {
    leave: () => output.end(),
    ask: (command, given) =>
      new Promise((resolve, reject) => {
        const seq = ++count;
        waiting.set(seq, { resolve, reject });
        const message = {
          seq,
          type: "request",
          command,
          ...(given === undefined ? {} : { arguments: given }),
        };
        check(message);
        const text = JSON.stringify(message);
        output.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
      }),
    event: async (name) => {
      for (;;) {
        const index = events.findIndex(({ event }) => event === name);
        if (index !== -1) return events.splice(index, 1)[0]?.body;
        if (events.some(({ event }) => event === "terminated"))
          throw new Error(`no "${name}" came: ${shown()}`);
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    output: (...categories) =>
      outputs
        .filter(({ category = "console" }) => categories.includes(category))
        .map((each) => each.output)
        .join(""),
  };
}

function readMessages(input: Readable, hear: (text: string) => void): void {
  let rest = Buffer.alloc(0);
  input.on("data", (bytes: Buffer) => {
    rest = Buffer.concat([rest, bytes]);
    for (;;) {
      const end = rest.indexOf("\r\n\r\n");
      if (end === -1) return;
      const length = Number(/^Content-Length: (\d+)$/m.exec(rest.toString("latin1", 0, end))?.[1]);
      if (rest.length < end + 4 + length) return;
      hear(rest.toString("utf8", end + 4, end + 4 + length));
      rest = rest.subarray(end + 4 + length);
    }
  });
}
