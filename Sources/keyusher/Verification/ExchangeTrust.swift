import Ceremony
import FlowCore
import FlowText
import Introspection
import PlainText
import Records

/// The network part of an exchange that did not come with Keyusher: what would be signed for it, and where that goes.
struct OwnNetworkPart: Equatable, Sendable {
  let part: NetworkPart
  /// The file that says it.
  let path: String
  /// Its SHA-256, in hexadecimal: what is trusted is this, and nothing else.
  let digest: String
  private let sends: [String]

  init(_ own: OwnAPI) {
    part = NetworkPart(of: own.api)
    path = own.path
    digest = hexadecimalSHA256(of: Array(part.text.utf8))
    // Whatever the file says of it.
    let bySigning = own.api.scheme == .okx || own.api.scheme == .bitget ? ["passphrase"] : []
    sends = Set(own.api.sends + bySigning).sorted()
  }

  /// The setting that keeps that it is trusted.
  var setting: String { TrustedPart.setting + part.exchange }
}

/// What a person trusts of exchanges that did not come with Keyusher, each by the digest of its network part. Whoever wrote such
/// a file decides what is signed with a key.
struct ExchangeTrust: Sendable {
  let home: String

  func kept(for own: OwnNetworkPart) throws -> TrustedPart? { try Configuration(home: home).trusted[own.part.exchange] }

  func keep(_ own: OwnNetworkPart, on day: String) throws {
    let trusted = TrustedPart(digest: own.digest, day: day)
    try SettingsFile.change(inHome: home) { $0.set(own.setting, to: trusted.text) }
  }
}

extension KeyVerifier {
  /// What has to be trusted before an exchange is asked; nil if nothing has to be. What stays on this computer needs no trust.
  func untrusted(_ place: Place) throws -> OwnNetworkPart? {
    guard base == nil || asker.isElsewhere, let own = place.own else { return nil }
    return try trust.kept(for: own)?.digest == own.digest ? nil : own
  }

  /// The keys about which nobody is asked, since what would be signed is not trusted. At a terminal the person is shown it, and
  /// may trust it; without one it is shown all the same.
  ///
  /// - Parameter isSilent: whether nothing is shown, and nobody asked.
  func untrusted(
    among questions: [Question], isSilent: Bool, _ console: Console
  ) throws -> [(question: Question, why: CommandError)] {
    var refused: [String: CommandError] = [:]
    return try questions.compactMap { question -> (question: Question, why: CommandError)? in
      // What was trusted for one key of an exchange is trusted for the next.
      guard let own = try untrusted(question.place) else { return nil }
      if let why = refused[own.part.exchange] { return (question, why) }
      let kept = try trust.kept(for: own)
      var why = CommandError.untrusted(own, since: kept)
      if !isSilent {
        console.remark(own.sentences(trusted: kept))
        if console.isTerminal {
          if try console.answer("\(OwnNetworkPart.question) yes, or Enter for no: ").trimmed == "yes" {
            try trust.keep(own, on: now().day)
            return nil
          }
          why = .notTrusted(own)
        }
      }
      refused[own.part.exchange] = why
      return (question, why)
    }
  }

  /// The same within a run. Throws `ObservationFailure` if it is not trusted.
  func settleTrust(of place: Place, with context: any ObservationContext) throws {
    try inRun {
      guard let own = try untrusted(place) else { return }
      try context.say(own.sentences(trusted: try trust.kept(for: own)))
      var asking = Ceremony.Question(.check, at: nil, .yesOrNo, text: OwnNetworkPart.question)
      asking.standard = .init("no", words: "no")
      guard ["y", "yes"].contains(try context.ask(asking).lowercased()) else {
        throw ObservationFailure(CommandError.notTrusted(own).message, mayBeTriedAgain: false)
      }
      try trust.keep(own, on: now().day)
    }
  }

  /// Where the keys of an account are asked about, for a run.
  func placeInRun(of exchange: String, account: String?) throws -> Place? {
    try inRun { try place(of: exchange, account: account) }
  }

  /// In a run an error is a reason why nobody was asked.
  private func inRun<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as CommandError {
      let finding = error.findings.first.map { ": line \($0.line): \($0.message)" } ?? ""
      throw ObservationFailure(error.message + finding)
    }
  }
}

// MARK: - Words

extension OwnNetworkPart {
  static let question = "Trust these requests?"

  /// What is shown before somebody trusts it.
  ///
  /// - Parameter trusted: what was trusted before.
  func sentences(trusted: TrustedPart?) -> [Sentence] {
    let name = part.exchange
    let heading =
      trusted.map { "What is signed for '\(name)' has changed\($0.since)." } ?? "'\(name)' does not come with Keyusher."
    var sentences: [Sentence] = [
      .blank, Sentence(.heading, heading),
      Sentence(.body, "This file says what is signed with your key, and where it goes:"), Sentence(.address, path),
    ]
    for (hosts, lines) in groups {
      sentences.append(Sentence(.body, "Asked at \(hosts.joined(separator: ", ")):"))
      sentences += lines.map { Sentence(.option, $0) }
    }
    return sentences + [
      Sentence(
        .warning,
        "Who wrote the file decides what is signed with your key. Whether all of it only reads, Keyusher can't know."),
      Sentence(
        .body,
        "Who answers there could use a signature elsewhere, too: keep no key of another exchange under the name '\(name)'."
          + sends.map { " The \($0) itself goes there." }.joined()),
      Sentence(.body, "Digest: \(Framing.grouped(digest))"),
    ]
  }

  /// The hosts that are asked the same, and what.
  private var groups: [(hosts: [String], lines: [String])] {
    var groups: [(hosts: [String], lines: [String])] = []
    var left = part.rows[...]
    while let first = left.first {
      let rows = left.prefix { $0.environment == first.environment }
      left = left[rows.endIndex...]
      let host = first.host + (first.mark.map { " (\($0))" } ?? "")
      let lines = rows.map {
        "\($0.method.rawValue) \($0.target), \($0.scheme == nil ? "not signed" : "signed as \($0.schemeName)")"
      }
      if let place = groups.firstIndex(where: { $0.lines == lines }) {
        groups[place].hosts.append(host)
      } else {
        groups.append(([host], lines))
      }
    }
    return groups
  }
}

extension TrustedPart {
  fileprivate var since: String { day.map { " since you trusted it on \($0)" } ?? " since you trusted it" }
}

extension CommandError {
  static func untrusted(_ own: OwnNetworkPart, since trusted: TrustedPart?) -> CommandError {
    let name = own.part.exchange
    return CommandError(
      trusted.map { "what is signed for '\(name)' has changed\($0.since)" }
        ?? "nobody has said yet that what is signed for '\(name)' is trusted",
      hints: [
        "read '\(own.path)'; if you trust it: keyusher config set \(own.setting) \(own.digest)",
        "at a terminal 'keyusher key verify' shows what would be signed, and asks",
      ], status: .unavailable)
  }

  fileprivate static func notTrusted(_ own: OwnNetworkPart) -> CommandError {
    CommandError(
      "you did not trust what would be signed for '\(own.part.exchange)', so nobody was asked", hints: [],
      status: .unavailable)
  }
}
