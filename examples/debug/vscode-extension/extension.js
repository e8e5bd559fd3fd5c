// Starts the debugger of the luacov-ts that is installed in the project. Copy this folder to ~/.vscode/extensions.
const vscode = require("vscode");

exports.activate = (context) => {
  const createDebugAdapterDescriptor = ({ configuration, workspaceFolder }) => {
    const [file, ...args] = configuration.command ?? ["npx", "luacov-ts"];
    const cwd = workspaceFolder?.uri.fsPath ?? configuration.cwd;
    return new vscode.DebugAdapterExecutable(file, [...args, "dap"], { cwd });
  };
  const factory = { createDebugAdapterDescriptor };
  context.subscriptions.push(vscode.debug.registerDebugAdapterDescriptorFactory("luacov-ts", factory));
};
