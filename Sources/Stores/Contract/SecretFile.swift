public import SecretMemory

/// A file of secrets that a program reads, written in guarded memory.
///
/// Each value stands under its keys, the outermost first; values of one key stand together, where the first of them stands.
public struct SecretFile {
  private let entries: [(path: [String], value: SecretBytes)]

  public init(_ entries: [(path: [String], value: SecretBytes)]) { self.entries = entries }

  /// One object in JSON, on one line.
  ///
  /// - Throws: `unstorable` for a value that is no UTF-8, or for more than 64 KiB; `memory`.
  public func json() throws(StoreError) -> SecretBytes {
    try telling {
      let text = try GuardedJSON.written(object(entries[...], depth: 0))
      try text.append(UInt8(ascii: "\n"))
      return text
    }
  }

  /// The same in YAML, a line each.
  public func yaml() throws(StoreError) -> SecretBytes {
    try telling {
      let text = try SecretBytes(capacity: 1024)
      try write(entries[...], depth: 0, to: text)
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

  /// The entries in groups of one key at a depth, in the order in which the keys first come.
  private func groups(_ entries: Entries, depth: Int) -> [(key: String, entries: Entries)] {
    var groups: [(key: String, entries: Entries)] = []
    for entry in entries {
      let key = entry.path.count > depth ? entry.path[depth] : ""
      if let place = groups.firstIndex(where: { $0.key == key }) {
        groups[place].entries.append(entry)
      } else {
        groups.append((key, [entry]))
      }
    }
    return groups
  }

  private func object(_ entries: Entries, depth: Int) -> GuardedJSON.Value {
    .object(
      groups(entries, depth: depth).map { key, entries in
        let value = entries.first { $0.path.count == depth + 1 }?.value
        return (key, value.map { .secret($0) } ?? object(entries, depth: depth + 1))
      })
  }

  private func write(_ entries: Entries, depth: Int, to text: SecretBytes) throws {
    for (key, entries) in groups(entries, depth: depth) {
      try text.append(contentsOf: String(repeating: " ", count: 2 * depth).utf8)
      // A string in JSON is one in YAML, too.
      if key.isPlainInYAML {
        try text.append(contentsOf: key.utf8)
      } else {
        try text.append(contentsOf: try GuardedJSON.written(.text(key)))
      }
      if let value = entries.first(where: { $0.path.count == depth + 1 })?.value {
        try text.append(contentsOf: ": ".utf8)
        try text.append(contentsOf: try GuardedJSON.written(.secret(value)))
        try text.append(UInt8(ascii: "\n"))
      } else {
        try text.append(contentsOf: ":\n".utf8)
        try write(entries, depth: depth + 1, to: text)
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
