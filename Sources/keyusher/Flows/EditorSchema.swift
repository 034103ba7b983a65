import Files
import HelperPrograms

/// The JSON Schema by which an editor completes and checks a file of flows, as the file's first line names it.
enum EditorSchema {
  /// What a file is: its schema is called so.
  enum Kind: String { case flow, pack, program }

  /// The line for a file in a folder of `folder`; nil if there is no schema that it could name.
  ///
  /// - Parameter program: the running program, beside whose `bin` the schemas are installed.
  static func line(_ kind: Kind, in folder: String, program: String? = NetProgram.running()) throws -> String? {
    let name = "\(kind.rawValue).schema.json"
    if try exists("\(folder)/\(name)") { return line("../\(name)") }
    guard let program else { return nil }
    let installed = "\(parted(parted(program).folder).folder)/share/keyusher/schemas/\(name)"
    return try exists(installed) ? line(installed) : nil
  }

  private static func line(_ path: String) -> String { "# yaml-language-server: $schema=\(path)\n" }
}
