import Files
import Glibc

/// The folder in which the program was started.
func workingFolder() -> String {
  guard let path = getcwd(nil, 0) else { return "." }
  defer { free(path) }
  return String(cString: path)
}

/// Looks into a folder; that it can't be read is told.
func looking<Result>(into path: String, _ look: (String) throws(FileError) -> Result) throws(CommandError) -> Result {
  do throws(FileError) { return try look(path) } catch {
    throw CommandError(
      "the folder '\(error.path)' can't be read", hints: ["look at its rights, and try again"], status: .inputOutput)
  }
}

/// Makes a folder, and those above it.
func makeFolders(_ path: String, mode: mode_t, hint: String) throws {
  var made = path.hasPrefix("/") ? "/" : ""
  for part in path.split(separator: "/") {
    made += (made.isEmpty || made.hasSuffix("/") ? "" : "/") + part
    guard mkdir(made, mode) != 0, errno != EEXIST, errno != EISDIR else { continue }
    let number = errno
    // On a file system that can only be read the system does not say that it is there.
    if (try? isFolder(made)) == true { continue }
    throw CommandError(
      "can't make the folder '\(made)': \(systemWords(number))", hints: [hint], status: .inputOutput)
  }
}

/// Waits for the lock on Keyusher's home, which is held from reading a setting to writing it: what two commands change side by
/// side both stays.
func lockHome(_ home: String) throws -> FileLock? {
  do throws(FileError) { return try FileLock(OpenFolder(home, followsLink: true), milliseconds: .max) } catch {
    throw CommandError(
      "the folder '\(home)' can't be locked: \(error.why)", hints: ["look at its rights, and try again"],
      status: .inputOutput)
  }
}

/// All that a file holds; nil if it can't be read, or is a device, which may have no end.
func bytes(ofFile path: String) -> [UInt8]? {
  guard let file = try? Descriptor(path, flags: O_RDONLY, followsLink: true), let status = try? file.status(),
    status.st_mode & S_IFMT != S_IFCHR
  else { return nil }
  return try? file.read()
}
