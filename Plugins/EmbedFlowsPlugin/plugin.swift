import Foundation
import PackagePlugin

/// Writes the shipped flows into the binary, so that it runs wherever it is copied.
@main
struct EmbedFlowsPlugin: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
    let folder = context.package.directoryURL.appending(path: "flows")
    let files = (FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.allObjects ?? [])
      .compactMap { $0 as? URL }
      .filter { $0.pathExtension == "yaml" }
      .sorted { $0.path < $1.path }
    let output = context.pluginWorkDirectoryURL.appending(path: "ShippedFlows.swift")
    return [
      .buildCommand(
        displayName: "Embedding \(files.count) flows",
        executable: try context.tool(named: "EmbedFlows").url,
        arguments: [output.path, folder.path] + files.map(\.path),
        inputFiles: files,
        outputFiles: [output])
    ]
  }
}
