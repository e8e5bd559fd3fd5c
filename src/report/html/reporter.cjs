// The reporter for nyc and whoever else requires Istanbul's reporters by name: luacov-ts/html-lua. The build puts the
// rest of it in, as modules cannot be required on every Node.
const path = require("node:path");
const { ReportBase } = require("istanbul-lib-report");
const { writeHtml } = require("./htmlReport.js");

module.exports = class HtmlLua extends ReportBase {
  constructor(options = {}) {
    super();
    this.options = options;
  }

  execute(context) {
    writeHtml(context, this.options, path.join(__dirname, "assets"), () => require("js-tokens"));
  }
};
