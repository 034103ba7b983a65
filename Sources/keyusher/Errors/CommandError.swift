import FlowCore
import FlowText
import PlainText

/// An error as a person reads it: what happened and where, what to do next, and the exit status.
struct CommandError: Error, Equatable {
  var message: String
  var hints: [String] = []
  var status: ExitStatus
  /// What a file is complained of, shown first.
  var findings: [Finding] = []

  init(_ message: String, hints: [String] = [], status: ExitStatus) {
    self.message = message
    self.hints = hints
    self.status = status
  }
}

extension CommandError {
  init(_ message: String, hint: String?, status: ExitStatus) {
    self.init(message, hints: hint.map { [$0] } ?? [], status: status)
  }

  /// An error of a lower layer, in its own words.
  init(_ error: any DescribedError) { self.init(error.what, hint: error.hint, status: ExitStatus(of: error)) }

  /// - Parameter isBeside: whether the folder `flows` here has a file of that name.
  static func noSuchFlow(_ id: String, among ids: [String], isBeside: Bool = false) -> CommandError {
    let hint =
      isBeside
      ? "'flows/\(id).yaml' is here: add --flows flows"
      : nearFlow(id, among: ids) ?? "'keyusher flow list' shows those there are"
    return CommandError("there is no flow '\(id)'", hints: [hint], status: .noInput)
  }

  private static func nearFlow(_ id: String, among ids: [String]) -> String? {
    let begun = ids.filter { $0.hasPrefix(id.prefix { $0 != "/" }) }
    let others = namesakes(of: id, among: ids)
    // The job alone, which each exchange has.
    if !id.contains("/"), let job = others.first?.split(separator: "/").last {
      return "say at which exchange: 'EXCHANGE/\(job)'; 'keyusher flow list' shows them"
    }
    if id.contains("/"), let near = namesakes(of: id, among: begun).first { return "did you mean '\(near)'?" }
    let near = nearest(to: id, among: ids).map { [$0] } ?? others
    return near.isEmpty ? nil : "did you mean \(near.quotedWithOr)?"
  }

  static func noSuchRecord(_ path: String) -> CommandError {
    CommandError(
      "there is no record '\(path)'", hints: ["give the path of a file RUN.jsonl, or a run's id"], status: .noInput)
  }

  static func noSuchRun(_ id: String, among ids: [String]) -> CommandError {
    CommandError(
      "there is no run '\(id)'",
      hints: nearest(to: id, among: ids).map { ["did you mean '\($0)'?"] } ?? ["'keyusher runs' lists them"],
      status: .noInput)
  }

  static func isNoRun(_ id: String) -> CommandError {
    CommandError(
      "record '\(id)' is about an operation on a key, and not a run", hints: ["'keyusher show \(id)' prints it"],
      status: .noInput)
  }

  /// Refuses a text for the record that looks like a secret, without quoting it.
  static func refuseSecret(_ text: String?, in option: String, isPath: Bool = false) throws {
    guard let text, isPath ? looksLikeSecret(path: text) : looksLikeSecret(text) else { return }
    throw CommandError(
      "what was given with \(option) looks like a secret, and was not written down",
      hints: ["it may stand in your shell's history now: remove it there"], status: .usage)
  }

  /// Refuses a path for the record in which something looks like a secret, without quoting it.
  ///
  /// - Parameter what: how a person calls it, for example "the file name after --output".
  static func refuseSecret(path: String, as what: String) throws {
    guard looksLikeSecret(path: path) else { return }
    throw CommandError(
      "\(what) looks like a secret, and nothing was written",
      hints: ["take another name; it may stand in your shell's history now: remove it there"], status: .usage)
  }

  /// Refuses a text for the record that is longer than an answer may be.
  static func refuseTooLong(_ text: String?, in option: String) throws {
    guard let text, text.count > Shape.longest else { return }
    throw CommandError(
      "what was given with \(option) is longer than \(Shape.longest) characters", hints: ["make it shorter"],
      status: .usage)
  }

  static let outputName = "the file name after --output"

  static func noRuns(_ what: String) -> CommandError {
    CommandError(
      "there is no \(what)", hints: ["'keyusher runs' lists the runs; 'keyusher run FLOW' begins one"], status: .noInput
    )
  }

  static func malformed(run id: String) -> CommandError {
    CommandError(
      "'\(id)' can't be a run's id", hints: ["an id looks like 7q4m; 'keyusher runs' lists them"], status: .usage)
  }

  /// Findings, each with its place and its hint.
  static func findings(_ findings: [Finding], in what: String) -> CommandError {
    var error = CommandError("\(what) can't be used", status: .wrongInput)
    error.findings = findings
    return error
  }
}

extension [String] {
  /// `'a'`, `'a' or 'b'`, `'a', 'b' or 'c'`.
  var quotedWithOr: String { map { "'\($0)'" }.listed(with: "or") }
}
