import Glibc

/// Whether a path leads to a folder; a link to one counts.
func isFolder(_ path: String) -> Bool {
  var status = stat()
  return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}

/// Whether a path leads to anything.
func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

/// The folder in which the program was started.
func workingFolder() -> String {
  guard let path = getcwd(nil, 0) else { return "." }
  defer { free(path) }
  return String(cString: path)
}

/// The names in a folder, in order.
func names(inFolder path: String) throws(CommandError) -> [String] {
  guard let folder = opendir(path) else {
    throw CommandError(
      "the folder '\(path)' can't be read", hints: ["look at its rights, and try again"], status: .inputOutput)
  }
  defer { closedir(folder) }
  var names: [String] = []
  while let entry = readdir(folder) {
    let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    if name != ".", name != ".." { names.append(name) }
  }
  return names.sorted()
}

/// The paths of all that is below a folder, from there on and in order. Links are not followed.
func paths(below folder: String) throws(CommandError) -> [String] {
  var paths: [String] = []
  for name in try names(inFolder: folder) {
    paths.append(name)
    var status = stat()
    let path = folder + "/" + name
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { continue }
    paths += try keyusher.paths(below: path).map { name + "/" + $0 }
  }
  return paths.sorted()
}

/// All that a file holds; nil if it can't be read.
func bytes(ofFile path: String) -> [UInt8]? {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { return nil }
  defer { close(descriptor) }
  // A device may have no end.
  var status = stat()
  guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT != S_IFCHR else { return nil }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 64 << 10)
  while true {
    let count = read(descriptor, &chunk, chunk.count)
    if count == 0 { return bytes }
    if count > 0 { bytes += chunk.prefix(count) } else if errno != EINTR { return nil }
  }
}
