import { Event, Response } from "@vscode/debugadapter";
import { ProtocolServer } from "@vscode/debugadapter/lib/protocol.js";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { noSuchRequest } from "../../../errors/debug.js";
import { LuacovError } from "../../../errors.js";
import { leave } from "../launch.js";
import { requests } from "../requests.js";
import { type AdapterSession, createSession, type StartRun } from "../session.js";

/** Whom an editor speaks with. */
export interface ServeOptions {
  readonly start: StartRun;
  /** What an editor has to know to have something run; null for nothing. */
  readonly token: string | null;
}

/** Serves one editor. Resolves when it has left, and nothing of its programs runs any more. */
export async function serve(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  { start, token }: ServeOptions,
): Promise<void> {
  const server = new Server();
  const session = createSession((name, body) => server.sendEvent(new Event(name, clean(body))), start, token);
  await new Promise<void>((resolve) => {
    server.onRequest = (asked) => answer(server, session, asked).then((goesOn) => goesOn || resolve());
    for (const each of ["close", "error"]) server.on(each, () => resolve());
    server.start(input, output);
  });
  await leave(session);
}

/** The package's sessions end the process themselves, so that only its way of reading and writing messages is used. */
class Server extends ProtocolServer {
  onRequest: (asked: DebugProtocol.Request) => Promise<unknown> = async () => {};

  protected override dispatchRequest(asked: DebugProtocol.Request): void {
    this.onRequest(asked);
  }
}

/** Returns whether the editor may ask for more. */
async function answer(
  server: ProtocolServer,
  session: AdapterSession,
  asked: DebugProtocol.Request,
): Promise<boolean> {
  const response: DebugProtocol.Response = new Response(asked);
  const isGiven = await fill(response, session, asked);
  server.sendResponse(response);
  if (asked.command === "initialize" && isGiven) session.tell("initialized");
  // Who does not know the token is not asked twice.
  const isStranger = asked.command === "launch" && !isGiven && session.token !== null;
  return asked.command !== "disconnect" && !isStranger;
}

async function fill(
  response: DebugProtocol.Response,
  session: AdapterSession,
  { command, arguments: given }: DebugProtocol.Request,
): Promise<boolean> {
  try {
    const handle = requests.get(command);
    if (handle === undefined) throw noSuchRequest(command);
    response.body = clean(await handle(session, given));
    return true;
  } catch (error) {
    const message = error instanceof LuacovError ? error.message : reportFault(error);
    response.success = false;
    response.message = message;
    response.body = {
      error: { id: 1, format: "{message}", variables: { message }, showUser: command === "launch" },
    };
    return false;
  }
}

/** A fault of ours ends no session. */
function reportFault(error: unknown): string {
  console.error(error);
  return `luacov-ts failed: ${error instanceof Error ? error.message : String(error)}`;
}

/** Bytes that are not UTF-8 are lone surrogates in our texts, which not every reader of JSON takes. */
function clean(body: object | undefined): object | undefined {
  if (body === undefined) return undefined;
  return JSON.parse(JSON.stringify(body), (_, each) =>
    typeof each === "string" ? each.replace(/\p{Surrogate}/gu, "\ufffd") : each,
  );
}
