import Files
import Glibc

/// Files that were not there before.
enum NewFile {
  static let hint = "check the path and its rights"

  /// Writes all of some files, or none: what is there already stays as it is.
  static func write(_ files: [(path: String, text: String)]) throws {
    var made: [String] = []
    do throws(FileError) {
      var opened: [Descriptor] = []
      for file in files {
        opened.append(try Descriptor(file.path, flags: O_WRONLY | O_CREAT | O_EXCL, mode: 0o644))
        made.append(file.path)
      }
      for (file, place) in zip(files, opened) { try place.write(Array(file.text.utf8)) }
    } catch {
      for path in made { unlink(path) }
      throw error.number == EEXIST
        ? CommandError.isThere(error.path)
        : CommandError("can't write '\(error.path)': \(error.why)", hints: [hint], status: .inputOutput)
    }
  }
}

extension CommandError {
  static func isThere(_ path: String) -> CommandError {
    CommandError(
      "'\(path)' is there already, and stays as it is", hints: ["choose another name, or move it away"],
      status: .inputOutput)
  }
}
