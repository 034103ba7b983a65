import FlowCore
import PlainText
import Records
import SecretMemory
import Stores

// What is looked at in a key that comes from elsewhere.

extension StoredCredential {
  /// What is wrong with it if somebody else made it, by the rules by which 'key adopt' takes one in; nil if nothing is.
  var flaw: String? {
    if parts.isEmpty { return "its credential is empty" }
    if !ExchangeChoice.isWellFormed(exchange) { return "its exchange is no id of one" }
    if let run, !RunID.isWellFormed(run) { return "its run is no id of one" }
    for (name, part) in parts.sorted(by: { $0.key < $1.key }) {
      guard KeyIntake.isPartName(name) else { return "one of its parts has a name that no part can have" }
      if part.isBlank { return "its part '\(name)' is empty" }
    }
    return ["label": label].flaw
  }
}

extension [String: String] {
  /// What is wrong with texts for the record, by what they are; nil if nothing is.
  var flaw: String? {
    for (name, text) in sorted(by: { $0.key < $1.key }) {
      if text.count > Shape.longest { return "its \(name) is longer than \(Shape.longest) characters" }
      if display(text) != text { return "there are signs in its \(name) that nobody sees" }
    }
    return nil
  }
}
