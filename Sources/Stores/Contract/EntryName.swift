import PlainText

/// The name of one entry in a store: one to four words with `/` between them, for example `gate-io/grid-bot-01`; one word
/// more if the tool made it.
///
/// Each word begins with a small letter or a digit and goes on with up to 63 more of these, `.`, `_` and `-`: such a name is
/// the same in a path, an address and an argument, and none leads out of its folder.
public struct EntryName: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// What an entry is there for.
  public enum Kind: String, Sendable, CaseIterable {
    /// A credential that is in use.
    case kept
    /// A credential that was written and that no name was given yet: `pending/RUN.STEP`.
    case pending
    /// What a name held before it was replaced: `previous/NAME`.
    case previous
    /// A test of the store, deleted at once: `probe/RANDOM`.
    case probe
  }

  public let text: String

  public var description: String { text }

  /// What its first word says it is there for.
  public var kind: Kind {
    Kind.allCases.first { $0 != .kept && text.hasPrefix("\($0.rawValue)/") } ?? .kept
  }

  /// Reads a name; nil if it is none.
  public init?(_ text: String) {
    let words = text.split(separator: "/", omittingEmptySubsequences: false)
    guard words.allSatisfy(EntryName.isWord) else { return nil }
    self.text = text
    let most = kind == .kept ? EntryName.mostWords : EntryName.mostWords + 1
    guard (1...most).contains(words.count) else { return nil }
    guard words.count > 1 || Kind(rawValue: text) ?? .kept == .kept else { return nil }
  }

  /// The name that a person may give: not one of those that the tool keeps for itself.
  public static func chosen(_ text: String) -> EntryName? {
    EntryName(text).flatMap { $0.kind == .kept ? $0 : nil }
  }

  /// The nearest name to a text of any kind: capitals made small, whatever can't stand in a name a hyphen. Nil if nothing is
  /// left of it.
  public static func fitting(_ text: String) -> EntryName? {
    let words = text.lowercased().split(separator: "/").map { word in
      let characters = word.unicodeScalars.map { String($0).utf8.areSmallWord(with: "._-") ? Character($0) : "-" }
      return String(String(characters).drop { "._-".contains($0) }.prefix(EntryName.longestWord))
    }
    return chosen(words.filter { !$0.isEmpty }.prefix(EntryName.mostWords).joined(separator: "/"))
  }

  /// Where a credential waits from the moment it is written until it is given its name.
  public static func pending(run: String, step: String) -> EntryName? {
    fitting("\(run).\(step)").flatMap { EntryName("\(Kind.pending.rawValue)/\($0)") }
  }

  /// Where what a kept name held waits after it was replaced; nil for a name of another kind.
  public var previous: EntryName? { kind == .kept ? EntryName("\(Kind.previous.rawValue)/\(text)") : nil }

  /// The same name with a number behind it, for when the name is taken; a long last word is cut for it. From 2 to 999.
  public func numbered(_ number: Int) -> EntryName? {
    guard (2...999).contains(number) else { return nil }
    let end = "-\(number)"
    let words = text.split(separator: "/")
    let last = (words.last ?? "").prefix(EntryName.longestWord - end.count)
    return EntryName((words.dropLast() + [last + end]).joined(separator: "/"))
  }

  /// The same name with the first number that is free behind it; nil if none is.
  func firstFree(besides taken: Set<EntryName>) -> EntryName? {
    (2...999).lazy.compactMap { numbered($0) }.first { !taken.contains($0) }
  }

  public static func < (left: EntryName, right: EntryName) -> Bool { left.text < right.text }

  // MARK: - Private

  private static let mostWords = 4
  private static let longestWord = 64

  private static func isWord(_ word: Substring) -> Bool {
    guard let first = word.utf8.first, word.utf8.count <= longestWord else { return false }
    return [first].areSmallWord(with: "") && word.utf8.areSmallWord(with: "._-")
  }
}
