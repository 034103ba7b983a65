/// What is wrong, as a word that stays the same from version to version. `flows/README.md` explains each.
public enum FindingCode: String, Equatable, Hashable, Sendable, CaseIterable {
  // MARK: The file
  case notUTF8 = "not-utf8"
  case tooLarge = "too-large"
  case controlCharacter = "control-character"
  case syntax
  case emptyFile = "empty-file"
  case severalDocuments = "several-documents"
  case tooDeep = "too-deep"
  case anchor
  case alias
  case tag
  case duplicateKey = "duplicate-key"
  case tooMany = "too-many"

  // MARK: Keys and values
  case unknownKey = "unknown-key"
  case misplacedKey = "misplaced-key"
  case missingKey = "missing-key"
  case wrongType = "wrong-type"
  case wrongValue = "wrong-value"
  case emptyText = "empty-text"
  case badID = "bad-id"
  case badText = "bad-text"
  case badDate = "bad-date"
  case badURL = "bad-url"
  case badShape = "bad-shape"
  case badGuard = "bad-guard"
  case unknownFormat = "unknown-format"
  case wrongFlowID = "wrong-flow-id"

  // MARK: Steps and options
  case duplicateID = "duplicate-id"
  case emptyList = "empty-list"
  case dangerousDefault = "dangerous-default"
  case needsWhen = "needs-when"
  case promptTooWide = "prompt-too-wide"
  case optionTooWide = "option-too-wide"
  case noSource = "no-source"
  case staleSource = "stale-source"
  case futureSource = "future-source"
  case sectionApart = "section-apart"
  case unofficialHost = "unofficial-host"
  case longText = "long-text"
  case longParagraph = "long-paragraph"

  // MARK: What steps say of each other
  case unknownStep = "unknown-step"
  case unknownOption = "unknown-option"
  case unknownWarning = "unknown-warning"
  case guardOnText = "guard-on-text"
  case wrongKind = "wrong-kind"
  case unanswered
  case maybeUnanswered = "maybe-unanswered"
  case storeNotProven = "store-not-proven"
  case noStore = "no-store"
  case overlappingGuards = "overlapping-guards"
  case notExhaustive = "not-exhaustive"
  case neverHolds = "never-holds"
  case unreachableStep = "unreachable-step"
  case fallsOffTheEnd = "falls-off-the-end"
  case noEnd = "no-end"
  case noWayOut = "no-way-out"
  case endlessLoop = "endless-loop"
  case loopWithoutExit = "loop-without-exit"
  case wayAround = "way-around"
  case noReview = "no-review"
  case noGoesOn = "no-goes-on"
  case actsUnasked = "acts-unasked"
  case sameName = "same-name"
  case noName = "no-name"
  case redefinesShippedFlow = "redefines-shipped-flow"

  // MARK: What flows share
  case unknownInclude = "unknown-include"
  case includeLoop = "include-loop"
  case unknownParameter = "unknown-parameter"
  case missingParameter = "missing-parameter"

  // MARK: Program packs
  case unknownExchange = "unknown-exchange"

  // MARK: APIs
  case silentFact = "silent-fact"
  case unreportedPermission = "unreported-permission"

  // MARK: Scripts
  case scriptSyntax = "script-syntax"
  case missingFlow = "missing-flow"
  case wrongFlow = "wrong-flow"
  case unknownCommand = "unknown-command"
  case unknownPart = "unknown-part"
  case literalSecret = "literal-secret"
  case badReference = "bad-reference"
  case badExpectation = "bad-expectation"
  case takesNoAnswer = "takes-no-answer"

  /// How much it matters.
  public var severity: Finding.Severity {
    switch self {
    case .noReview, .noGoesOn, .sameName, .noSource, .staleSource, .futureSource, .longText, .longParagraph,
      .maybeUnanswered,
      .overlappingGuards, .notExhaustive, .neverHolds, .unreportedPermission:
      .warning
    default: .error
    }
  }
}
