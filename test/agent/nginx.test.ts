import { readFileSync } from "node:fs";
import { watch } from "node:fs/promises";
import path from "node:path";
import { expect } from "vitest";
import { hitsFilesIn } from "../../src/engine/native/agent/hits.js";
import { testWith } from "../support/tools.js";
import { startNginx } from "./nginx.js";

const files = {
  "greeting.lua": `local M = {}
function M.greet(name)
  if name then
    return "hello " .. name
  end
  return "hello"
end
return M
`,
  "handler.lua": `local greeting = require "greeting"
ngx.say(greeting.greet(), " ", ngx.worker.pid())
`,
};

const first = `local agent = os.getenv "LUACOV_TS_AGENT" if agent then dofile(agent) end`;
const agent = `init_by_lua_block { ${first} require("greeting").greet() }`;

const block = `content_by_lua_block { ngx.say(require("greeting").greet "you", " ", ngx.worker.pid()) }`;

/** Several of each page. */
function times(count: number, ...pages: readonly string[]): string[] {
  return pages.flatMap((page) => Array.from({ length: count }, () => page));
}

for (const signal of ["SIGTERM", "SIGQUIT"] as const) {
  testWith("nginx", "nginx-lua")(
    `all that an nginx's master and its workers did until ${signal} is counted once`,
    async () => {
      const nginx = await startNginx(files, {
        main: "worker_processes 3;",
        http: `${agent} init_worker_by_lua_block { require("greeting").greet "worker" }`,
        locations: { "/file": "content_by_lua_file handler.lua;", "/block": block },
      });
      const answers = await nginx.get(...times(10, "/file", "/block"));
      expect(answers).toEqual(times(20, "").map(() => expect.stringMatching(/^200 hello (you )?\d+$/)));
      await nginx.signal(signal, "command");
      expect(await nginx.ended()).toEqual({ code: 0, stderr: "" });
      expect(nginx.lines("greeting.lua")).toEqual([1, 1, 24, 13, null, 11, null, 1]);
      expect(nginx.lines("handler.lua")).toEqual([10, 10]);
    },
  );
}

testWith("nginx", "nginx-lua")("with lua_code_cache off, each request's Lua leaves what it did", async () => {
  const nginx = await startNginx(files, {
    main: "worker_processes 2; env LUACOV_TS_AGENT; env LUACOV_TS_FOLDER;",
    http: `lua_code_cache off; ${agent}`,
    locations: { "/file": "content_by_lua_file handler.lua;", "/block": block },
  });
  const answers = await nginx.get(...times(6, "/file", "/block"));
  expect(answers).toEqual(times(12, "").map(() => expect.stringMatching(/^200 hello (you )?\d+$/)));
  await nginx.signal("SIGTERM", "command");
  expect(await nginx.ended()).toEqual({ code: 0, stderr: "" });
  expect(nginx.lines("greeting.lua")).toEqual([13, 13, 25, 6, null, 19, null, 13]);
  expect(nginx.lines("handler.lua")).toEqual([6, 6]);
});

testWith("nginx", "nginx-lua")(
  "a worker that is killed loses what it had not left, and is told of",
  async () => {
    const nginx = await startNginx(files, {
      main: "worker_processes 1;",
      http: agent,
      locations: { "/file": "content_by_lua_file handler.lua;" },
    });
    const [answer = ""] = await nginx.get("/file");
    await nginx.signal("SIGKILL", Number(/\d+$/.exec(answer)?.[0]), "start worker process ");
    await nginx.get("/file", "/file");
    await nginx.signal("SIGTERM", "command");
    const { code, stderr } = await nginx.ended();
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(/^WARNING: 1 of 3 Lua processes did not come to an end .*$/),
    ]);
    expect(nginx.lines("handler.lua")).toEqual([2, 2]);
    expect(nginx.lines("greeting.lua")).toEqual([1, 1, 3, 0, null, 3, null, 1]);
  },
);

testWith("nginx", "nginx-lua")("a configuration that is loaded again is measured again", async () => {
  const nginx = await startNginx(files, {
    main: "worker_processes 1;",
    http: agent,
    locations: { "/file": "content_by_lua_file handler.lua;" },
  });
  await nginx.get("/file", "/file");
  await nginx.signal("SIGHUP", "command", "exited with code 0");
  await nginx.get("/file");
  await nginx.signal("SIGQUIT", "command");
  expect(await nginx.ended()).toEqual({ code: 0, stderr: "" });
  expect(nginx.lines("handler.lua")).toEqual([3, 3]);
  expect(nginx.lines("greeting.lua")).toEqual([2, 2, 5, 0, null, 5, null, 2]);
});

const phases = ["set", "rewrite", "access", "content", "header_filter", "body_filter", "log"] as const;

testWith("nginx", "nginx-lua")(
  "the files of all phases are measured, also by a path with variables",
  async () => {
    const each = phases.map((phase) => {
      const file = `${phase}.lua`;
      const text = phase === "content" ? `ngx.say "content"\n` : `ngx.ctx.${phase} = true\n`;
      return { file, text, directive: `${phase}_by_lua_file ${phase === "set" ? "$seen " : ""}${file};` };
    });
    const nginx = await startNginx(
      {
        ...Object.fromEntries(each.map(({ file, text }) => [file, text])),
        "pages/one.lua": `ngx.say "one"\n`,
        "worker.lua": "started = true\n",
      },
      {
        http: `init_by_lua_block { ${first} } init_worker_by_lua_block { dofile "worker.lua" }`,
        locations: {
          "/phases": each.map(({ directive }) => directive).join(" "),
          "/pages": "content_by_lua_file pages/$arg_page.lua;",
        },
      },
    );
    expect(await nginx.get(...times(2, "/phases"), ...times(3, "/pages?page=one"))).toEqual([
      ...times(2, "200 content"),
      ...times(3, "200 one"),
    ]);
    await nginx.signal("SIGTERM", "command");
    expect(await nginx.ended()).toEqual({ code: 0, stderr: "" });
    expect(each.map(({ file }) => [file, nginx.lines(file)])).toEqual(
      each.map(({ file }) => [file, [file === "body_filter.lua" ? 4 : 2]]),
    );
    expect(nginx.lines("pages/one.lua")).toEqual([3]);
    expect(nginx.lines("worker.lua")).toEqual([1]);
  },
);

testWith("nginx", "nginx-lua")("--collector hook measures lines of an nginx", async () => {
  const nginx = await startNginx(
    files,
    {
      main: "worker_processes 2;",
      http: agent,
      locations: { "/file": "content_by_lua_file handler.lua;", "/block": block },
    },
    ["--collector", "hook"],
  );
  await nginx.get(...times(4, "/file", "/block"));
  await nginx.signal("SIGTERM", "command");
  expect(await nginx.ended()).toEqual({ code: 0, stderr: "" });
  expect(nginx.lines("greeting.lua")).toEqual([1, 1, 9, 4, null, 5, null, 1]);
  // In LuaJIT a line begins anew after each call in it.
  expect(nginx.lines("handler.lua")).toEqual([4, 16]);
});

testWith("nginx", "nginx-lua")(
  "an nginx that goes to the background is measured until the command ends",
  async () => {
    const nginx = await startNginx(files, {
      isDaemon: true,
      main: "worker_processes 2;",
      http: agent,
      locations: { "/file": "content_by_lua_file handler.lua;" },
    });
    await nginx.get("/file", "/file");
    await nginx.signal("SIGQUIT", "master");
    expect(await nginx.ended()).toEqual({ code: 0, stderr: "" });
    expect(nginx.lines("handler.lua")).toEqual([2, 2]);
    expect(nginx.lines("greeting.lua")).toEqual([1, 1, 3, 0, null, 3, null, 1]);
  },
);

/** Another may have taken its place since it was seen. */
function readIfThere(file: string): string {
  try {
    return readFileSync(file, "latin1");
  } catch {
    return "";
  }
}

/** Waits until a process has left more than that it began. */
async function left(folder: string, id: number): Promise<void> {
  const hasLeft = () =>
    hitsFilesIn(folder)
      .filter((file) => path.basename(file).startsWith(`hits-${id}-`))
      .some((file) => / [1-9]/.test(readIfThere(file).split("\n")[1] ?? ""));
  for await (const _ of watch(folder)) {
    if (hasLeft()) return;
  }
}

testWith(
  "nginx",
  "nginx-lua",
  "Linux",
)(
  "a worker that waits for requests leaves what it did before, and loses nothing of it when it is killed",
  async () => {
    const nginx = await startNginx(files, {
      main: "worker_processes 1;",
      http: `init_by_lua_block { ${first} folder = os.getenv "LUACOV_TS_FOLDER" }`,
      locations: {
        "/file": "content_by_lua_file handler.lua;",
        "/folder": "content_by_lua_block { ngx.say(folder) }",
      },
    });
    const [, folder = ""] = (await nginx.get("/folder"))[0]?.split(" ") ?? [];
    const [answer = ""] = await nginx.get("/file");
    const worker = Number(/\d+$/.exec(answer)?.[0]);
    await left(folder, worker);
    await nginx.signal("SIGKILL", worker, "start worker process ");
    await nginx.signal("SIGTERM", "command");
    expect(await nginx.ended()).toMatchObject({
      stderr: expect.stringContaining("1 of 1 Lua process did not"),
    });
    expect(nginx.lines("handler.lua")).toEqual([1, 1]);
  },
);
