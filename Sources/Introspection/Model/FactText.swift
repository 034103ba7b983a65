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
    case .keys(let keys): keys.isEmpty ? "none" : keys.map(\.words).joined(separator: ", ")
    }
  }
}

extension ListedKey {
  fileprivate var words: String {
    let about = [label, isBound == false ? "no IP list" : nil].compactMap { $0 }.joined(separator: ", ")
    return shown + (about.isEmpty ? "" : " (\(about))")
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
