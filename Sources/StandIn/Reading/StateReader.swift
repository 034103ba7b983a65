import PlainText

extension State {
  /// Reads a state file's text.
  ///
  /// - Parameters:
  ///   - path: how errors call the file.
  ///   - now: the real time: from it follow the dates of a key that says none.
  init(reading text: [UInt8], path: String, now: Moment) throws(StateError) {
    let json: JSON
    do {
      json = try JSON(parsing: text)
    } catch {
      throw StateError(error, in: text, path: path)
    }
    var reader = try MemberReader(json, path: path, place: "")
    environment = try reader.word("environment", of: Environment.self) ?? .live
    if var clock = try reader.object("clock") { self.clock = try Clock(&clock) }
    from = try reader.address("from")
    let played = clock.now(at: now)
    for var key in try reader.objects("keys") { keys.append(try Key(&key, now: played)) }
    for var fault in try reader.objects("faults") { faults.append(try Fault(&fault)) }
    try reader.end()
    try refuseTwins(reader)
  }

  /// A request names its key: two of one name can't be told apart.
  private func refuseTwins(_ reader: MemberReader) throws(StateError) {
    for (index, key) in keys.enumerated() {
      if keys[..<index].contains(where: { $0.exchange == key.exchange && $0.name == key.name }) {
        throw reader.fault("keys[\(index)].key", "\(key.exchange.rawValue) has a key of this name already")
      }
    }
  }
}

extension State.Clock {
  fileprivate init(_ reader: inout MemberReader) throws(StateError) {
    let fixed = try reader.moment("fixed")
    let year: Int64 = 366 * 86_400_000
    let offset = try reader.number("offset", in: -100 * year...100 * year)
    try reader.end()
    if fixed != nil, offset != nil { throw reader.fault("offset", "a fixed clock has no offset") }
    self = fixed.map(Self.fixed) ?? .offset(offset ?? 0)
  }
}
