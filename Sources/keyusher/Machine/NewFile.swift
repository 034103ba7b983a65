import Glibc

/// Files that were not there before.
enum NewFile {
  /// Makes a folder, and those above it. Nobody else can write into them: flows are run only from such.
  static func makeFolders(_ path: String) throws {
    var made = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      made += (made.isEmpty || made.hasSuffix("/") ? "" : "/") + part
      guard mkdir(made, 0o755) == 0 || errno == EEXIST else { throw obstacle("make the folder", made) }
    }
  }

  /// Writes all of some files, or none: what is there already stays as it is.
  static func write(_ files: [(path: String, text: String)]) throws {
    var opened: [(path: String, descriptor: Int32)] = []
    do {
      for file in files {
        let descriptor = open(file.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard descriptor >= 0 else { throw obstacle("write", file.path) }
        opened.append((file.path, descriptor))
      }
      for (file, place) in zip(files, opened) { try keyusher.write(file.text, to: place.descriptor) }
    } catch {
      for place in opened {
        close(place.descriptor)
        unlink(place.path)
      }
      throw error
    }
    for place in opened { close(place.descriptor) }
  }

  private static func obstacle(_ what: String, _ path: String) -> CommandError {
    errno == EEXIST
      ? CommandError(
        "'\(path)' is there already, and stays as it is", hints: ["choose another name, or move it away"],
        status: .inputOutput)
      : CommandError(
        "can't \(what) '\(path)': \(String(cString: strerror(errno)))", hints: ["check the path and its rights"],
        status: .inputOutput)
  }
}
