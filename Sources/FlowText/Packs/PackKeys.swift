/// Every key that an exchange pack can have, and what belongs there.
enum PackKeys {
  /// What a key of a pack holds.
  indirect enum Content {
    case text
    /// One text, or a list of them.
    case texts
    case url
    case id
    case number
    case source
    case risk
    case purpose
    /// Ids of permissions of this pack.
    case permissions
    case mapping(Schema)
    case list(Schema)
    /// Some of the second factors that groups know.
    case kinds
    /// What a flow has there, with the same keys.
    case options, parts
  }

  /// One kind of mapping in a pack.
  struct Schema {
    let name: String
    let called: String
    let required: [(key: String, content: Content)]
    var optional: [(key: String, content: Content)] = []

    var keys: KeySet { KeySet(name, called, required: required.map(\.key), optional.map(\.key)) }
  }

  /// What a permission lets a thief do, from the least to the worst.
  enum Risk: String, CaseIterable {
    case read, trade, borrow, transfer
    case manageKeys = "manage-keys"
    case withdraw
  }

  /// What a key can be for: the options of the step `purpose`.
  enum Purpose: String, CaseIterable {
    case portfolioTracker = "portfolio-tracker"
    case spotBot = "spot-bot"
    case futuresBot = "futures-bot"
    case taxExport = "tax-export"
    case withdrawals, other
  }

  /// How a page can make sure that it is the person: the options of the step `confirm`.
  enum Factor: String, CaseIterable { case app, message, passkey }

  static let pack = Schema(
    name: "pack", called: "a pack",
    required: [
      ("format", .number), ("pack", .id), ("title", .text), ("short", .text), ("hosts", .texts), ("clock", .text),
      ("login", .mapping(login)), ("security", .mapping(security)), ("permission-words", .mapping(permissionWords)),
      ("permissions", .list(permission)), ("least", .list(least)), ("ip", .mapping(addresses)),
      ("keys", .mapping(keys)),
      ("label", .mapping(label)), ("factors", .mapping(factors)), ("form", .mapping(form)), ("take", .mapping(take)),
      ("parts", .parts), ("refused", .mapping(refused)), ("delete", .mapping(delete)), ("shows", .mapping(shows)),
      ("errors", .list(error)),
    ], optional: [("several", .text), ("accounts", .mapping(accounts)), ("hand-over", .texts)])

  static let login = Schema(
    name: "login", called: "the login",
    required: [("url", .url), ("host", .text), ("say", .texts), ("source", .source), ("alternative", .text)],
    optional: [("verified", .text)])
  static let security = Schema(
    name: "security", called: "the security",
    required: [
      ("title", .text), ("say", .texts), ("prompt", .text), ("claimed", .text), ("help", .text), ("needs", .texts),
      ("source", .source), ("alternative", .text), ("missing", .texts), ("missing-source", .source),
      ("why-missing", .text), ("none", .text), ("none-reason", .text),
    ])
  static let accounts = Schema(
    name: "accounts", called: "the accounts", required: [("say", .texts), ("help", .text), ("options", .options)],
    optional: [("sandbox", .mapping(sandbox))])
  static let sandbox = Schema(
    name: "sandbox", called: "the sandbox",
    required: [("say", .text), ("form", .text), ("live-form", .text), ("source", .source)], optional: [("url", .url)])
  static let permissionWords = Schema(
    name: "permission-words", called: "the words on permissions", required: [("say", .texts), ("help", .text)])
  static let permission = Schema(
    name: "permission", called: "a permission", required: [("id", .id), ("title", .text), ("risk", .risk)],
    optional: [("note", .text), ("within", .permissions)])
  static let least = Schema(
    name: "least", called: "the least for a purpose", required: [("purpose", .purpose), ("permissions", .permissions)],
    optional: [("also", .permissions)])
  static let addresses = Schema(
    name: "ip", called: "the IP list",
    required: [
      ("say", .texts), ("without", .texts), ("called", .text), ("field", .text), ("how", .text), ("source", .source),
    ], optional: [("missing", .text), ("none-note", .text), ("format", .text), ("reminders", .list(reminder))])
  static let reminder = Schema(
    name: "ip-reminder", called: "a reminder", required: [("days", .number), ("text", .text)])
  static let keys = Schema(
    name: "keys", called: "the page of the keys",
    required: [
      ("url", .url), ("called", .text), ("say", .texts), ("help", .text), ("source", .source), ("alternative", .text),
    ])
  static let label = Schema(
    name: "label", called: "the label", required: [("called", .text), ("say", .texts), ("help", .text)])
  static let factors = Schema(
    name: "factors", called: "the second factors", required: [("say", .texts)],
    optional: [("kinds", .kinds), ("passkey", .text)])
  static let form = Schema(
    name: "form", called: "the form",
    required: [("before", .text), ("button", .text), ("help", .text), ("source", .source), ("alternative", .text)],
    optional: [("say", .text), ("at-hand", .text)])
  static let take = Schema(
    name: "take", called: "the taking of the credential",
    required: [("say", .texts), ("help", .text), ("alternative", .text), ("looks", .text)])
  static let refused = Schema(
    name: "refused", called: "what is said where no key was made",
    required: [("say", .texts), ("help", .text), ("source", .source)])
  static let delete = Schema(
    name: "delete", called: "the deleting of a key", required: [("source", .source), ("alternative", .text)],
    optional: [("say", .text), ("delay", .text)])
  static let shows = Schema(
    name: "shows", called: "what the page shows of a key",
    required: [("say", .texts), ("source", .source), ("alternative", .text)],
    optional: [("help", .text), ("delay", .text)])
  static let error = Schema(
    name: "error", called: "an error", required: [("id", .id), ("says", .text), ("means", .text)])

  static let all = [
    pack, login, security, accounts, sandbox, permissionWords, permission, least, addresses, reminder, keys, label,
    factors,
    form,
    take, refused, delete, shows, error,
  ]
}
