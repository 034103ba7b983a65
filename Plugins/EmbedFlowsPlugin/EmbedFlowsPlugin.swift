import Foundation
import PackagePlugin

/// Binds the shipped flows, and writes them into the binary as the machine reads them, so that no start has to.
@main
struct EmbedFlowsPlugin: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
    let flows = context.package.directoryURL.appending(path: "flows")
    let output = context.pluginWorkDirectoryURL.appending(path: "PreparedFlows.swift")
    return [
      .buildCommand(
        displayName: "Binding the shipped flows",
        executable: try context.tool(named: "EmbedFlows").url,
        arguments: [output.path, flows.path],
        inputFiles: everything(in: flows),
        outputFiles: [output])
    ]
  }

  /// A folder with its folders, so that a file which is added later is seen, and its YAML files, but no hidden ones.
  private func everything(in folder: URL) -> [URL] {
    let below =
      FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil, options: .skipsHiddenFiles)?
      .allObjects ?? []
    return [folder] + below.compactMap { $0 as? URL }.filter { $0.pathExtension == "yaml" || $0.hasDirectoryPath }
  }
}
