import Files
import FlowText
import KeySearch
import PlainText

/// Where keys are known to lie about: what programs read, by their packs, and what shells, services and browsers leave behind.
struct KnownPlaces {
  let home: String?
  let work: String
  let programs: [ProgramPack]

  struct Place {
    var path: String
    var options: TreeSearch.Options
  }

  /// The places, whether there is something or not.
  func places() -> [Place] {
    var places: [Place] = []
    if let home {
      places += KnownPlaces.histories.map { place("\(home)/\($0)", isText: true) }
      places += (KnownPlaces.startFiles + KnownPlaces.folders).map { place("\(home)/\($0)", depth: 4) }
      places.append(place(downloads(of: home), takesAnyPEM: true))
    }
    places += programs.flatMap(\.allPlaces).flatMap(paths).map { place($0) }
    for folder in folders {
      let names = (try? OpenFolder(folder).names()) ?? []
      for name in names.sorted() where KnownPlaces.isOfKeys(name) {
        places.append(place("\(folder)/\(name)", takesAnyPEM: name.hasSuffix(".pem") || name.hasSuffix(".key")))
      }
    }
    return places
  }

  /// The program that reads keys from a file, by its path.
  func reader(of path: String) -> ProgramPack? {
    programs.first { program in
      program.allPlaces.contains { place in
        place.hasPrefix("~/") ? home.map { path == $0 + place.dropFirst() } ?? false : path.hasSuffix("/\(place)")
      }
    }
  }

  // MARK: - Private

  private static let histories = [
    ".bash_history", ".zsh_history", ".zhistory", ".histfile", ".sh_history", ".ash_history", ".python_history",
    ".node_repl_history", ".local/share/fish/fish_history",
  ]

  private static let startFiles = [
    ".profile", ".bash_profile", ".bash_login", ".bashrc", ".bash_aliases", ".zshenv", ".zprofile", ".zshrc", ".zlogin",
    ".pam_environment", ".config/fish/config.fish",
  ]

  private static let folders = [".config/environment.d", ".config/systemd/user"]

  /// The names of `.env` files, of compose files, and of what exchanges give to download.
  private static func isOfKeys(_ name: String) -> Bool {
    if name.hasPrefix(".env") || name.hasSuffix(".env") || name.hasSuffix(".pem") || name.hasSuffix(".key") {
      return true
    }
    guard name.hasSuffix(".yml") || name.hasSuffix(".yaml") || name.hasSuffix(".json") else { return false }
    return ["compose", "docker-compose", "cdp_api_key", "coinbase"].contains { name.hasPrefix($0) }
  }

  /// The working folder, the home, and the folders that lie in the home in the open.
  private var folders: [String] {
    guard let home else { return [work] }
    let inner = ((try? OpenFolder(home, followsLink: true).names()) ?? []).filter { !$0.hasPrefix(".") }.sorted()
      .map { "\(home)/\($0)" }.filter { (try? status(of: $0, followingLink: false)?.isFolder) == true }
    return [work, home] + inner.filter { $0 != work && $0 != downloads(of: home) }
  }

  /// What a place of a program means: below the home, or in each folder in which it may have been started.
  private func paths(of place: String) -> [String] {
    if place.hasPrefix("~/") { return home.map { [$0 + place.dropFirst()] } ?? [] }
    return folders.map { "\($0)/\(place)" }
  }

  /// Where a browser puts what it downloads, which has a name in each language.
  private func downloads(of home: String) -> String {
    let settings = bytes(ofFile: "\(home)/.config/user-dirs.dirs") ?? []
    for line in String(decoding: settings.prefix(1 << 16), as: UTF8.self).split(separator: "\n") {
      let words = line.split(separator: "=", maxSplits: 1)
      guard words.count == 2, words[0] == "XDG_DOWNLOAD_DIR" else { continue }
      let path = words[1].filter { $0 != "\"" }
      return path.hasPrefix("$HOME/") ? home + path.dropFirst(5) : String(path)
    }
    return "\(home)/Downloads"
  }

  private func place(_ path: String, isText: Bool = false, takesAnyPEM: Bool = false, depth: Int = 0) -> Place {
    var options = TreeSearch.Options()
    (options.isText, options.takesAnyPEM, options.depth) = (isText, takesAnyPEM, depth)
    return Place(path: path, options: options)
  }
}

extension ProgramPack {
  /// The files that it reads keys from, or keeps them in.
  fileprivate var allPlaces: [String] { (file?.path.map { [$0] } ?? []) + places }
}
