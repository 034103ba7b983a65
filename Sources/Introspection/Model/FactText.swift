import PlainText

extension FactValue {
  /// The value as records and JSON have it: `yes`, `never`, `2026-12-03`, a list with commas; of rights each with `(read only)`
  /// where the exchange says so.
  public var text: String {
    switch self {
    case .truth(let truth): truth ? "yes" : "no"
    case .text(let text): text
    case .texts(let texts): texts.isEmpty ? "none" : texts.joined(separator: ", ")
    case .moment(let second): Day.moment(ofSecond: second)
    case .never: "never"
    case .grants(let grants):
      grants.isEmpty
        ? "none" : grants.map { $0.name + ($0.isReadOnly == true ? " (read only)" : "") }.joined(separator: ", ")
    case .keys(let keys): keys.isEmpty ? "none" : FactValue.words(keys)
    }
  }

  /// A record is no list of an account: of many keys those at the beginning.
  private static func words(_ keys: [ListedKey]) -> String {
    let more = keys.count - 20
    return keys.prefix(20).map(\.words).joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
  }
}

extension ListedKey {
  fileprivate var words: String {
    let about = ([label].compactMap(\.self) + dangers).joined(separator: ", ")
    return shown + (about.isEmpty ? "" : " (\(about))")
  }
}

extension ListedKey {
  /// What of it a thief would like: "can withdraw", "no IP list".
  public var dangers: [String] {
    (withdraws == true ? ["can withdraw"] : []) + (isBound == false ? ["no IP list"] : [])
  }
}

extension Day {
  /// `2026-12-03T14:05:09Z`
  fileprivate static func moment(ofSecond second: Int) -> String {
    let rest = floored(second, by: 86_400).remainder
    let clock = [rest / 3600, rest / 60 % 60, rest % 60].map { $0.padded(to: 2) }.joined(separator: ":")
    return "\(Day(ofSecond: second))T\(clock)Z"
  }
}
