import Foundation
import PackagePlugin

/// Writes the shipped flows into the binary, so that it runs wherever it is copied.
@main
struct EmbedFlowsPlugin: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
    let folder = context.package.directoryURL.appending(path: "flows")
    let everything = (FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.allObjects ?? [])
      .compactMap { $0 as? URL }
    // The folders too, so that a file that is added later is seen: the tool lists the files itself.
    let inputs = [folder] + everything.filter { $0.pathExtension == "yaml" || $0.hasDirectoryPath }
    let output = context.pluginWorkDirectoryURL.appending(path: "ShippedFlows.swift")
    return [
      .buildCommand(
        displayName: "Embedding flows",
        executable: try context.tool(named: "EmbedFlows").url,
        arguments: [output.path, folder.path],
        inputFiles: inputs,
        outputFiles: [output])
    ]
  }
}
