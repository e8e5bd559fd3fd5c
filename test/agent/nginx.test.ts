import { expect } from "vitest";
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

const agent = `init_by_lua_block { dofile(os.getenv "LUACOV_TS_AGENT") require("greeting").greet() }`;

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
      expect(answers.filter((answer) => /^200 hello (you )?\d+$/.test(answer))).toHaveLength(20);
      await nginx.signal(signal, "command");
      expect(await nginx.ended()).toEqual({ code: 0, stderr: "" });
      expect(nginx.lines("greeting.lua")).toEqual([1, 1, 24, 13, null, 11, null, 1]);
      expect(nginx.lines("handler.lua")).toEqual([10, 10]);
    },
  );
}
