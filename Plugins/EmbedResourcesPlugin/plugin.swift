import Foundation
import PackagePlugin

/// Writes the files of a target's folder `Resources` into the binary, so that it runs wherever it is copied; those of
/// `keyusher` are joined by the shipped flows.
@main
struct EmbedResourcesPlugin: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
    let resources = target.directoryURL.appending(path: "Resources")
    let flows = context.package.directoryURL.appending(path: "flows")
    let hasFlows = target.name == "keyusher"
    let output = context.pluginWorkDirectoryURL.appending(path: "Resources.swift")
    return [
      .buildCommand(
        displayName: "Embedding resources of \(target.name)",
        executable: try context.tool(named: "EmbedResources").url,
        arguments: [output.path, resources.path] + (hasFlows ? [flows.path] : []),
        inputFiles: everything(in: resources) + (hasFlows ? everything(in: flows, endingIn: "yaml") : []),
        outputFiles: [output])
    ]
  }

  /// A folder with its files and folders. The folders too, so that a file that is added later is seen: the tool lists the
  /// files itself.
  private func everything(in folder: URL, endingIn suffix: String? = nil) -> [URL] {
    guard let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) else { return [] }
    let found = files.allObjects.compactMap { $0 as? URL }
    return found.isEmpty
      ? [] : [folder] + found.filter { suffix == nil || $0.pathExtension == suffix || $0.hasDirectoryPath }
  }
}
