public import SecretMemory

/// A file of secrets that a program reads, written in guarded memory.
///
/// Each value stands under its keys, the outermost first; values of one key stand together, where the first of them stands.
public struct SecretFile {
  private let entries: [(path: [String], value: SecretBytes)]

  public init(_ entries: [(path: [String], value: SecretBytes)]) { self.entries = entries }

  /// One object in JSON, on one line; nil if the values can't all stand in it.
  ///
  /// - Throws: `unstorable` for a value that is no UTF-8, or for more than 64 KiB; `memory`.
  public func json() throws(StoreError) -> SecretBytes? {
    try telling {
      guard let members = members(entries[...], depth: 0) else { return nil }
      let text = try GuardedJSON.written(.object(members))
      try text.append(UInt8(ascii: "\n"))
      return text
    }
  }

  /// The same in YAML, a line each.
  public func yaml() throws(StoreError) -> SecretBytes? {
    try telling {
      guard let members = members(entries[...], depth: 0) else { return nil }
      let text = try SecretBytes(capacity: 1024)
      try write(members, depth: 0, to: text)
      return text
    }
  }

  /// The values alone, a line each; nil if one of them has lines itself.
  public func lines() throws(StoreError) -> SecretBytes? {
    guard !entries.contains(where: { $0.value.withBytes { $0.contains(0x0A) || $0.contains(0x0D) } }) else {
      return nil
    }
    return try telling {
      let text = try SecretBytes(capacity: 1024)
      for entry in entries {
        try text.append(contentsOf: entry.value)
        try text.append(UInt8(ascii: "\n"))
      }
      return text
    }
  }

  // MARK: - Private

  private typealias Entries = ArraySlice<(path: [String], value: SecretBytes)>
  private typealias Members = [(name: String, value: GuardedJSON.Value)]

  /// What stands at a depth, in the order in which the keys first come; nil if a value has no key there, shares its key with
  /// others, or lies too deep.
  private func members(_ entries: Entries, depth: Int) -> Members? {
    guard depth < GuardedJSON.mostDepth else { return nil }
    var groups: [(key: String, entries: Entries)] = []
    for entry in entries {
      guard depth < entry.path.count else { return nil }
      let key = entry.path[depth]
      if let place = groups.firstIndex(where: { $0.key == key }) {
        groups[place].entries.append(entry)
      } else {
        groups.append((key, [entry]))
      }
    }
    var members: Members = []
    for (key, entries) in groups {
      if entries.count == 1, let entry = entries.first, entry.path.count == depth + 1 {
        members.append((key, .secret(entry.value)))
      } else if let inner = self.members(entries, depth: depth + 1) {
        members.append((key, .object(inner)))
      } else {
        return nil
      }
    }
    return members
  }

  private func write(_ members: Members, depth: Int, to text: SecretBytes) throws {
    for (key, value) in members {
      try text.append(contentsOf: String(repeating: " ", count: 2 * depth).utf8)
      // A string in JSON is one in YAML, too.
      if key.isPlainInYAML {
        try text.append(contentsOf: key.utf8)
      } else {
        try text.append(contentsOf: try GuardedJSON.written(.text(key)))
      }
      if case .object(let inner) = value {
        try text.append(contentsOf: ":\n".utf8)
        try write(inner, depth: depth + 1, to: text)
      } else {
        try text.append(contentsOf: ": ".utf8)
        try text.append(contentsOf: try GuardedJSON.written(value))
        try text.append(UInt8(ascii: "\n"))
      }
    }
  }
}

extension String {
  /// Whether it stands for itself as a key in YAML.
  fileprivate var isPlainInYAML: Bool {
    let words = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
    return utf8.first.map { (0x41...0x5A).contains($0 & 0xDF) } == true && !words.contains(lowercased())
      && utf8.allSatisfy { (0x41...0x5A).contains($0 & 0xDF) || (0x30...0x39).contains($0) || $0 == 0x5F || $0 == 0x2D }
  }
}
