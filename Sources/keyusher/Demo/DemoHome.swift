import Files
import Glibc
import PlainText

/// The throw-away home of one demo, which only its owner can read, with the flow of the demo in it.
struct DemoHome {
  let path: String

  /// Makes it in the folder for temporary files.
  ///
  /// - Parameter page: the address of the demo's page, which the flow names.
  init(page: String) throws {
    let folder = getenv("TMPDIR").map { String(cString: $0) }.flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/tmp"
    var name = Array("\(folder)/keyusher-demo-XXXXXX".utf8CString)
    guard mkdtemp(&name) != nil else {
      throw CommandError(
        "no folder can be made in '\(folder)': \(systemWords(errno))", hints: ["set TMPDIR to a folder of yours"],
        status: .inputOutput)
    }
    path = String(decoding: name.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    do {
      try makeFolders("\(path)/flows/demo", mode: 0o700, hint: "set TMPDIR to a folder of yours")
      try NewFile.write(
        Resources.demo.map { ("\(path)/flows/demo/\($0.name).yaml", $0.text.replacing(DemoHome.address, with: page)) })
    } catch {
      remove()
      throw error
    }
  }

  /// Removes it, with all that is in it; links are not followed.
  func remove() { DemoHome.remove(path) }

  // MARK: - Private

  /// What stands for the page's address in the files of `Resources/demo`.
  private static let address = "http://127.0.0.1:1/token/"

  private static func remove(_ path: String) {
    guard unlink(path) != 0, errno == EISDIR else { return }
    for name in (try? looking(into: path, names(inFolder:))) ?? [] { remove("\(path)/\(name)") }
    rmdir(path)
  }
}
