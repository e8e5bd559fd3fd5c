// How long a checkout, whose address is the argument, takes to find and judge the sources below the current folder, in milliseconds.
const [root] = process.argv.slice(2);
const { loadConfig } = await import(`${root}build/loadConfig.js`);
const { planFor } = await import(`${root}build/harness/plan/plan.js`);
const config = await loadConfig({ all: true });
const start = performance.now();
const { sources } = planFor(config, []);
console.log(JSON.stringify({ time: performance.now() - start, found: sources.length }));
