import { Event, Response } from "@vscode/debugadapter";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { noSuchRequest, notOfTheProtocol } from "../../../errors/debug.js";
import { LuacovError } from "../../../errors.js";
import { leave } from "../launch.js";
import { requests } from "../requests.js";
import { type AdapterOffer, type AdapterSession, createSession } from "../session.js";
import { handOn } from "./handOn.js";
import { faultOf, isRequest, MessageServer } from "./server.js";

/** Serves one editor. Resolves when it has left, and nothing of its programs runs any more. */
export async function serve(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  offer: AdapterOffer,
): Promise<void> {
  const server = new MessageServer();
  const session = createSession((name, body) => server.sendEvent(new Event(name, clean(body))), offer);
  const before: DebugProtocol.Request[] = [];
  await new Promise<void>((resolve) => {
    server.onMessage = async (asked) => {
      if (!isRequest(asked)) return;
      const goesOn = await answer(server, session, asked);
      if (session.elsewhere !== null) await serveElsewhere(server, session, [...before, asked]);
      else if (session.launch === null && asked.command !== "attach") before.push(asked);
      if (!goesOn) resolve();
    };
    server.on("close", () => resolve());
    server.on("error", (event) => {
      const fault = faultOf(event);
      if (fault !== null) console.error(notOfTheProtocol(fault).message);
      resolve();
    });
    server.start(input, output);
  });
  session.elsewhere?.end();
  await leave(session);
  if (session.shared === null) session.log?.close();
}

/** Has an editor served by another run, as long as that is there. */
async function serveElsewhere(
  server: MessageServer,
  session: AdapterSession,
  asked: readonly DebugProtocol.Request[],
): Promise<void> {
  const { onMessage } = server;
  if (session.elsewhere === null) return;
  const unanswered = await handOn(server, session.elsewhere, asked);
  session.elsewhere = null;
  server.onMessage = onMessage;
  for (const each of unanswered) onMessage(each);
}

/** Returns whether the editor may ask for more. */
async function answer(
  server: MessageServer,
  session: AdapterSession,
  asked: DebugProtocol.Request,
): Promise<boolean> {
  const response: DebugProtocol.Response = new Response(asked);
  const isGiven = await fill(response, session, asked);
  // The answer comes from there.
  if (session.elsewhere !== null) return true;
  server.sendResponse(response);
  if (asked.command === "initialize" && isGiven) session.tell("initialized");
  // Who does not know the token is not asked twice.
  const isStranger = begins(asked.command) && !isGiven && session.token !== null;
  return asked.command !== "disconnect" && !isStranger;
}

function begins(command: string): boolean {
  return command === "launch" || command === "attach";
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
      error: { id: 1, format: "{message}", variables: { message }, showUser: begins(command) },
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
