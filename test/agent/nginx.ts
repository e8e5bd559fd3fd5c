import { once } from "node:events";
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import { exitCode, startCli } from "../support/cli.js";
import { coverageIn, linesOf } from "../support/cover.js";
import { makeFolder } from "../support/folder.js";
import { toolPath } from "../support/tools.js";

/** An nginx with Debian's Lua module, measured by `cover`. */
export interface Nginx {
  /** Asks for several pages at once and returns what nginx has answered. */
  readonly get: (...pages: readonly string[]) => Promise<string[]>;
  /** Sends a signal to one of its processes, or to the command around it, and waits until nginx has written this. */
  readonly signal: (
    signal: NodeJS.Signals,
    to: number | "command" | "master",
    then?: string,
  ) => Promise<void>;
  /** Waits for the command's end. */
  readonly ended: () => Promise<{ readonly code: number; readonly stderr: string }>;
  /** How often each line of a file ran, once it has ended. */
  readonly lines: (file: string) => (number | null)[];
}

export interface Configuration {
  readonly main?: string;
  /** Whether the command goes on until an nginx in the background has ended. */
  readonly isDaemon?: boolean;
  /** What is in `http`, before the server. */
  readonly http: string;
  /** Locations by the directive that answers them. */
  readonly locations: Readonly<Record<string, string>>;
}

/** Starts nginx in a folder with these files, and waits until it takes requests. */
export async function startNginx(
  files: Readonly<Record<string, string>>,
  configuration: Configuration,
  options: readonly string[] = [],
): Promise<Nginx> {
  const folder = makeFolder({ "logs/.keep": "", ...files });
  // Workers of an nginx that root has started are nobody's.
  chmodSync(folder, 0o755);
  const port = await freePort();
  writeFileSync(path.join(folder, "nginx.conf"), configurationText(folder, port, configuration));
  const lua = toolPath("nginx-lua");
  const libraries = ["usr/lib", "lib"].flatMap((name) => {
    const names = readdirSync(path.join(lua, name)).filter((each) => each.endsWith("-linux-gnu"));
    return names.map((each) => path.join(lua, name, each));
  });
  const command = [toolPath("nginx"), "-p", folder, "-c", path.join(folder, "nginx.conf"), "-e", "stderr"];
  const untilEnd = ["sh", "-c", '"$0" "$@" && while [ -e logs/nginx.pid ]; do sleep 0.02; done', ...command];
  const started = configuration.isDaemon === true ? untilEnd : command;
  const child = startCli(folder, [...options, "--reporter", "none", "cover", "--", ...started], {
    LD_LIBRARY_PATH: libraries.join(":"),
  });
  const master = () => Number(readFileSync(path.join(folder, "logs/nginx.pid"), "latin1"));
  onTestFinished(() => {
    child.kill("SIGTERM");
    if (existsSync(path.join(folder, "logs/nginx.pid"))) process.kill(master(), "SIGTERM");
  });
  const said = (what: string) =>
    new Promise<void>((resolve) => {
      let seen = "";
      const read = (chunk: Buffer) => {
        seen += chunk.toString();
        if (!seen.includes(what)) return;
        child.stderr.off("data", read);
        resolve();
      };
      child.stderr.on("data", read);
      child.once("exit", () => resolve());
    });
  const stderr = text(child.stderr);
  const end = exitCode(child);
  await said("start worker process ");
  return {
    get: (...pages) => Promise.all(pages.map((page) => get(port, page))),
    signal: async (signal, to, then) => {
      const heard = then === undefined ? null : said(then);
      if (to === "command") child.kill(signal);
      else process.kill(to === "master" ? master() : to, signal);
      await heard;
    },
    ended: async () => ({ code: await end, stderr: withoutLog(await stderr) }),
    lines: (file) => linesOf(coverageIn(folder), file),
  };
}

function configurationText(
  folder: string,
  port: number,
  { main = "", isDaemon, http, locations }: Configuration,
): string {
  const lua = toolPath("nginx-lua");
  const modules = ["ndk_http_module", "ngx_http_lua_module"];
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  return `daemon ${isDaemon === true ? "on" : "off"};
pid logs/nginx.pid;
error_log stderr notice;
${modules.map((name) => `load_module ${lua}/usr/lib/nginx/modules/${name}.so;`).join("\n")}
${main}
events {}
http {
  access_log off;
  ${temporary.map((name) => `${name}_temp_path logs/${name};`).join(" ")}
  lua_package_path "${folder}/?.lua;${lua}/usr/share/lua/5.1/?.lua;;";
  ${http}
  server {
    listen 127.0.0.1:${port};
    ${Object.entries(locations)
      .map(([place, directive]) => `location ${place} { ${directive} }`)
      .join("\n    ")}
  }
}
`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}

async function get(port: number, page: string): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}${page}`, { headers: { connection: "close" } });
  return `${response.status} ${(await response.text()).trim()}`;
}

/** What is not nginx's own. */
function withoutLog(stderr: string): string {
  return stderr
    .split("\n")
    .filter((line) => line !== "" && !/^\d{4}\/\d\d\/\d\d .*\[(notice|alert)\]/.test(line))
    .join("\n");
}
