// Required before a command: writes the CPU time of its process, in milliseconds, to the file CPU_FILE.
const { writeFileSync } = require("node:fs");
const { isMainThread } = require("node:worker_threads");

if (isMainThread) {
  process.on("exit", () => {
    const { user, system } = process.cpuUsage();
    writeFileSync(process.env.CPU_FILE, String((user + system) / 1000));
  });
}
