import Files
import Glibc

/// The folders in which programs are looked for: those of PATH that are whole paths.
public struct SearchPath: Sendable {
  let folders: [String]

  public init(_ path: String?) {
    folders = (path ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":").map(String.init)
      .filter { $0.hasPrefix("/") }
  }

  /// PATH with those alone in which only the system and the person can put programs: in these a helper looks for its own
  /// helpers. Never empty, which would mean the working folder.
  var safe: String {
    let safe = folders.filter { SearchPath.fault(ofFolder: $0) == nil }
    return safe.isEmpty ? "/usr/bin:/bin" : safe.joined(separator: ":")
  }

  /// The path of the first program of this name.
  public func first(_ name: String) -> String? {
    folders.map { "\($0)/\(name)" }.first { path in
      (try? status(of: path)?.isPlainFile) == true && access(path, X_OK) == 0
    }
  }

  /// The names of the programs that begin so, in order.
  public func names(beginning prefix: String) -> [String] {
    let names = folders.flatMap { (try? OpenFolder($0, followsLink: true).names()) ?? [] }
    return Set(names).filter { $0.hasPrefix(prefix) && $0.count > prefix.count && first($0) != nil }.sorted()
  }

  /// Throws `unsafe` if others could put another program, or another folder, in the place of this one.
  public static func requireSafe(_ path: String) throws(HelperError) {
    guard let resolved = realpath(path, nil) else { throw .unsafe(path: path, why: "it can't be looked at") }
    defer { free(resolved) }
    for place in Set([path, String(cString: resolved)]) {
      if let fault = fault(of: place, mayBeSticky: false) ?? fault(ofFolder: parted(place).folder) {
        throw .unsafe(path: path, why: fault)
      }
    }
  }

  /// Why others could change what stands in a folder, or put another in its place; nil if they can't.
  public static func fault(ofFolder path: String) -> String? {
    guard let resolved = realpath(path.isEmpty ? "/" : path, nil) else { return "'\(path)' can't be looked at" }
    defer { free(resolved) }
    for start in Set([path, String(cString: resolved)]) {
      var place = Substring(start)
      while true {
        // In a folder such as /tmp others can write, but not replace what is not theirs.
        if let fault = fault(of: place.isEmpty ? "/" : String(place), mayBeSticky: place != start) { return fault }
        guard let slash = place.lastIndex(of: "/") else { break }
        place = place[..<slash]
      }
    }
    return nil
  }

  // MARK: - Private

  private static func fault(of place: String, mayBeSticky: Bool) -> String? {
    guard let link = try? status(of: place, followingLink: false), let status = try? status(of: place) else {
      return "'\(place)' can't be looked at"
    }
    guard [link, status].allSatisfy({ $0.st_uid == 0 || $0.st_uid == geteuid() }) else {
      return "'\(place)' belongs to another user"
    }
    let isSticky = status.isFolder && status.st_mode & S_ISVTX != 0
    return status.st_mode & 0o022 == 0 || mayBeSticky && isSticky ? nil : "others can write '\(place)'"
  }
}
