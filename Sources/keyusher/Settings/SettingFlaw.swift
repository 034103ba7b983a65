import FlowCore
import FlowText
import PlainText

/// What is wrong with one setting, before it is known where it stands.
enum SettingFlaw: Error, Equatable {
  case unknown(String, among: [String])
  case keptElsewhere
  case empty
  case noStore(String)
  case noAddress
  case noPath
  case noFile
  case notYesOrNo
  case notYesOrNever
  case noDigest
  case secret
  case literalToken

  /// Whether the line that it stands on must not be shown.
  var isSensitive: Bool { self == .secret || self == .literalToken || self == .noDigest }

  var code: FindingCode {
    switch self {
    case .unknown: .unknownKey
    case .keptElsewhere: .misplacedKey
    case .empty: .emptyText
    case .noStore, .noPath, .noFile, .notYesOrNo, .notYesOrNever, .noDigest: .wrongValue
    case .noAddress: .badURL
    case .secret, .literalToken: .literalSecret
    }
  }

  /// What is wrong, without a full stop.
  var message: String {
    switch self {
    case .unknown(let word, _): "there is no setting '\(word)'"
    case .keptElsewhere: "the recipients do not stand in this file: the store has them in its own"
    case .empty: "nothing stands here"
    case .noStore(let word): "there is no store '\(word)'"
    case .noAddress: "this is no address of a server, or one that is not safe"
    case .noPath: "this is no path"
    case .noFile: "this is no whole path of a file"
    case .notYesOrNo: "this is neither yes nor no"
    case .notYesOrNever: "this is neither yes nor never"
    case .noDigest: "this is no digest"
    case .secret: "this looks like a secret"
    case .literalToken: "a token does not stand here, only where it comes from"
    }
  }

  var hint: String {
    switch self {
    case .unknown(let word, let known):
      nearest(to: word, among: known).map { "did you mean '\($0)'?" }
        ?? "it can be \(known.map { "'\($0)'" }.joined(separator: ", "))"
    case .keptElsewhere: "take the line out; 'keyusher store recipients' has them"
    case .empty: "write a value, or take the line out"
    case .noStore(let word):
      nearest(to: word, among: StoreID.known).map { "did you mean '\($0)'?" }
        ?? "'keyusher store list' shows those there are"
    case .noAddress: "https://HOST:PORT; http:// only for 127.0.0.1, localhost and [::1]; no user, no '?', no '#'"
    case .noPath: "words of letters, digits, '.', '_' and '-', with '/' between them"
    case .noFile: "begin at the root: /etc/ssl/our-authority.pem"
    case .notYesOrNo: "yes or no"
    case .notYesOrNever: "yes or never"
    case .noDigest: "the 64 digits that 'keyusher key verify' shows; a day, 2026-11-30, may stand behind them"
    case .secret: "no setting is one; if it is, take it out here and in your shell's history, and make a new one"
    case .literalToken:
      "env:NAME, file:PATH or fd:N; a token that was given here may be in your shell's history: make a new one"
    }
  }
}
