import PlainText

/// A key's own entry in a list of keys, and the others.
struct OwnEntry {
  var own: JSON
  var others: [JSON]

  /// - Parameter key: the key as the person has it, which is no secret; nil if it is not known.
  init(in list: JSON, by rule: ExchangeAPI.OwnKey, key: String?) throws(Doubt) {
    guard let entries = list.elements else {
      throw Doubt("the answer has \(list.shown) where a list of keys belongs")
    }
    guard entries.count <= FactReader.mostEntries else { throw Doubt("the answer lists \(entries.count) keys") }
    guard let key else { throw Doubt("which of the listed keys is this one can't be told without the key itself") }
    let matching = entries.indices.filter { entries[$0].isEntry(of: key, by: rule) }
    guard matching.count == 1, let place = matching.first else {
      throw Doubt(
        matching.isEmpty
          ? "of the \(entries.count) keys that the answer lists none is this one"
          : "\(matching.count) of the keys that the answer lists look like this one")
    }
    own = entries[place]
    others = entries.indices.filter { $0 != place }.map { entries[$0] }
  }
}

extension JSON {
  fileprivate func isEntry(of key: String, by rule: ExchangeAPI.OwnKey) -> Bool {
    guard let text = self[rule.member]?.text, !text.isEmpty else { return false }
    if text == key { return true }
    guard let least = rule.prefix, let shown = text.shownOfKey else { return false }
    return shown.count >= least && key.hasPrefix(shown)
  }
}

extension String {
  /// What stands before the mask of a key of which only the beginning is shown; nil if there is no mask.
  var shownOfKey: String? {
    let shown = prefix { $0 != "*" }
    let rest = self[shown.endIndex...]
    return rest.isEmpty || rest.contains { $0 != "*" } ? nil : String(shown)
  }
}

extension FactReader {
  /// A key of the account as a list shows it; nil if it can't be told what is shown of it.
  func listedKey(_ rule: ExchangeAPI.OwnKey) -> ListedKey? {
    guard let text = object[rule.member]?.text, (1...Self.longestEntry).contains(text.utf8.count) else { return nil }
    let shown = text.shownOfKey ?? (rule.prefix == nil ? text : nil)
    guard let shown, shown.utf8.count >= rule.prefix ?? 1 else { return nil }
    var key = ListedKey(shown: shown)
    for fact in facts {
      switch (fact.fact, value(of: fact)) {
      case (.label, .told(.text(let label))): key.label = label
      case (.withdrawal, .told(.truth(let withdraws))): key.withdraws = withdraws
      case (.addresses, .told(.texts(let addresses))): key.isBound = !addresses.isEmpty
      case (.created, .told(.moment(let moment))): key.created = moment
      case (.lastUsed, .told(.moment(let moment))): key.lastUsed = moment
      default: break
      }
    }
    return key
  }
}
