import Ceremony
import Introspection
import PlainText
import Records

/// Another key of the account, as the exchange lists it, and what it is called here.
struct OtherKey: Equatable {
  let key: ListedKey
  /// Its names in the store, as records tell; none where they know no such key.
  let names: [String]

  /// An account has a few dozen keys; more of them are counted.
  static let mostInJSON = 100

  /// Those that an exchange lists, what a thief would like best first; nil where it does not list them.
  ///
  /// - Parameter known: names in the store, by the leading characters by which the exchange lists each.
  static func all(in observations: [KeyObservation], knowing known: [String: [String]]) -> [OtherKey]? {
    guard case .keys(let keys)? = observations.first(where: { $0.fact == .otherKeys })?.told else { return nil }
    let others = keys.map { key in
      OtherKey(
        key: key,
        names: known.filter { key.shown.hasPrefix($0.key) || $0.key.hasPrefix(key.shown) }.flatMap(\.value).sorted())
    }
    let byDanger = [2, 1, 0].map { rank in others.filter { $0.rank == rank } }
    return byDanger.flatMap(\.self)
  }

  var json: JSON {
    .fields([
      "listed": .text(key.shown), "label": .given(key.label), "withdraws": key.withdraws.map(JSON.flag),
      "bound": key.isBound.map(JSON.flag), "created": .moment(key.created), "lastUsed": .moment(key.lastUsed),
      "names": .array(names.map { .text($0) }),
    ])
  }

  // MARK: - Words

  private static let mostOnScreen = 8

  /// Each with what a thief would like of it, and its name here.
  static func sentences(_ others: [OtherKey], at exchange: String) -> [Sentence] {
    var sentences = others.prefix(mostOnScreen).map { Sentence(.option, "- \($0.words)") }
    let more = others.count - mostOnScreen
    if more > 0 { sentences.append(Sentence(.option, "- and \(more) more")) }
    let untold = others.count { $0.key.withdraws == nil }
    if untold > 0 {
      let which = untold < others.count ? "the rest" : untold == 1 ? "it" : "they"
      sentences.append(Sentence(.body, "Whether \(which) can withdraw, \(exchange) does not tell."))
    }
    return sentences
  }

  private var rank: Int { key.withdraws == true ? 2 : key.isBound == false ? 1 : 0 }

  private var words: String {
    let called = key.label.map { "\(display($0)), \(display(key.shown))..." } ?? "\(display(key.shown))..."
    let dangers = key.dangers.isEmpty ? "" : "\(key.dangers.joined(separator: ", ")); "
    let here = names.isEmpty ? "not on record here" : "here it is \(names.map { display($0) }.joined(separator: ", "))"
    return "\(called): \(dangers)\(here)."
  }
}

extension JSON {
  /// A time in seconds since 1970.
  fileprivate static func moment(_ second: Int?) -> JSON? {
    second.map { .text(Timestamp(milliseconds: Int64($0) * 1000).description) }
  }
}
