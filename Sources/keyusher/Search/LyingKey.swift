import KeySearch

/// A key that lies about: the same parts, wherever they were found.
struct LyingKey {
  var places: [SearchResult.FoundIn]
  /// The place that tells most of it.
  var best: FoundKey {
    places.map(\.key).max { ($0.weight, $0.parts.count) < ($1.weight, $1.parts.count) } ?? places[0].key
  }

  /// Puts together what is one key: what has a part in common.
  static func keys(in found: [SearchResult.FoundIn]) -> [LyingKey] {
    let found = found.sorted {
      ($0.path, $0.object ?? "", $0.key.parts.first?.line ?? 0) < (
        $1.path, $1.object ?? "", $1.key.parts.first?.line ?? 0
      )
    }
    var keys: [LyingKey] = []
    var places: [UInt64: Int] = [:]
    for one in found {
      let identities = one.key.parts.map(\.identity).filter { $0 != 0 }
      let place = identities.lazy.compactMap { places[$0] }.first ?? keys.count
      if place == keys.count { keys.append(LyingKey(places: [one])) } else { keys[place].places.append(one) }
      for identity in identities where places[identity] == nil { places[identity] = place }
    }
    return keys
  }
}

extension FoundKey {
  /// How much it tells of the key.
  fileprivate var weight: Int { (knownKey == nil ? 0 : 4) + (exchanges.count == 1 ? 2 : 0) + (isNamed ? 1 : 0) }
}
