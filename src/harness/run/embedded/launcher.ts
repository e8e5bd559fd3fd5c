import type { Command, Launcher, Status } from "../../../engine/host/primitives/commands/launcher.js";
import { SystemError } from "../../../engine/host/primitives/failure.js";
import { type Pause, retry } from "../../../engine/host/primitives/pause.js";
import type { CommandReply, CommandRequest } from "./messages.js";
import { type MessagePort, received } from "./threads.js";
import type { Waits } from "./waits.js";

type News = CommandReply["news"];

/**
 * Lets the main thread start a program's commands: it can end them, whatever they do, while this thread waits. The
 * wait can be ended, too.
 */
export function createLauncher(port: MessagePort, { pause, patiently }: Waits): Launcher {
  const news = new Map<number, News>();
  let last = 0;
  const hear = (id: number, wait: Pause): News =>
    retry(wait, () => {
      for (let next = received(port); next !== null; next = received(port)) {
        const reply = next.message as CommandReply;
        news.set(reply.id, reply.news);
      }
      const found = news.get(id) ?? null;
      news.delete(id);
      return found;
    });
  /**
   * Nothing ends the wait for a start, which is never long: whoever gives up closes the descriptors that the command is
   * still to get, and their numbers may by then be those of others.
   */
  const ask = (command: Command) => {
    const request: CommandRequest = { id: ++last, command };
    port.postMessage(request);
    const first = hear(request.id, patiently);
    return { first, end: () => (first.kind === "started" ? hear(request.id, pause) : first) };
  };
  return {
    canBeEnded: true,
    run: (command) => statusOf(ask(command).end()),
    start: (command) => {
      const { first, end } = ask(command);
      return { wait: () => (first.kind === "refused" ? null : statusOf(end())) };
    },
  };
}

function statusOf(news: News): Status {
  if (news.kind === "ended") return news.status;
  throw new SystemError(news.kind === "refused" ? news.code : "EIO");
}
