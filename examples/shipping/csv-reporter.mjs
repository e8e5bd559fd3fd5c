// Example: a test reporter of one's own, which writes a line of CSV for each test.
//   luacov-ts --test-reporter ./examples/shipping/csv-reporter.mjs=tests.csv

export default ({ write }) => {
  write("file,test,status,milliseconds\n");
  return (event) => {
    if (event.kind !== "test") return;
    const { file, names, status, duration } = event.result;
    write(`${[quoted(file), quoted(names.join(" ")), status, Math.round(duration)].join(",")}\n`);
  };
};

function quoted(text) {
  return `"${text.replaceAll('"', '""')}"`;
}
