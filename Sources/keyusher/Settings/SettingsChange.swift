import FlowText

extension SettingsFile {
  /// Changes the settings of a home and writes them, if less is wrong with the file afterwards, or nothing; otherwise it stays
  /// as it was.
  ///
  /// - Returns: what is wrong with it still.
  @discardableResult
  static func change(
    inHome home: String, _ change: (inout SettingsFile) throws -> Void
  ) throws -> [Finding] {
    let path = Configuration.path(in: home)
    // What can't be is told before a folder is made for it.
    _ = try changed(path, change)
    try Surroundings.makeHome(home)
    let lock = try lockHome(home)
    return try withExtendedLifetime(lock) {
      let changed = try changed(path, change)
      try PrivateFile.write(
        changed.file.text.utf8, to: path, hint: "look at the folder's rights and the space that is left")
      return changed.findings
    }
  }

  /// The file as it is now, changed, and what is wrong with it still.
  private static func changed(
    _ path: String, _ change: (inout SettingsFile) throws -> Void
  ) throws -> (file: SettingsFile, findings: [Finding]) {
    var file = SettingsFile(try read(path) ?? "", path: path)
    let before = Configuration.reading(file).1
    try change(&file)
    let after = Configuration.reading(file).1
    guard after.isEmpty || after.count < before.count else {
      throw CommandError.findings(after, in: "the configuration")
    }
    return (file, after)
  }
}

extension Surroundings {
  /// Makes a home, for its owner alone, if it is not there yet.
  static func makeHome(_ home: String) throws {
    try makeFolders(home, mode: 0o700, hint: "choose another place with KEYUSHER_HOME")
  }
}
