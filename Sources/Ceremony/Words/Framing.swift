public import FlowCore
public import Records

/// The first and the last words of a run.
public enum Framing {
  /// What the run is, what it needs, and what leaving it costs.
  public static func opening(of flow: Flow, run: String?, brief: Bool) -> [Sentence] {
    var sentences = [Sentence(.heading, flow.title)]
    if !brief {
      sentences.append(Sentence(.body, flow.summary))
      if let minutes = flow.minutes { sentences.append(Sentence(.body, "It takes about \(minutes) minutes.")) }
      if !flow.needs.isEmpty { sentences.append(Sentence(.body, "You need:")) }
      sentences += flow.needs.map { Sentence(.option, "- \($0)") }
      if let provenance = flow.provenance { sentences.append(Sentence(.source, provenance)) }
      sentences += [
        Sentence(.body, flow.credentialShapes.isEmpty ? Phrases.canStop : Phrases.canStopUntilTheSecret),
        Sentence(.body, flow.hasStoreStep ? Phrases.staysUntilAStore : Phrases.stays),
        Sentence(.hint, Phrases.hint),
      ]
    }
    sentences.append(Sentence(.body, run.map { "Record: \($0)" } ?? "Dry run: nothing is written."))
    return sentences
  }

  public static func resuming(_ flow: Flow, run: String, flowChanged: Bool, bytesCut: Int, brief: Bool) -> [Sentence] {
    var sentences = [Sentence(.heading, "\(flow.title), going on"), Sentence(.body, "Record: \(run)")]
    sentences += cut(bytesCut)
    if flowChanged {
      sentences.append(
        Sentence(.warning, "This flow has changed since the run began. The run goes on with its own text."))
    }
    if !brief { sentences.append(Sentence(.hint, Phrases.hint)) }
    return sentences
  }

  /// What was cut from the end of a record; nothing if nothing was.
  public static func cut(_ bytes: Int) -> [Sentence] {
    guard bytes > 0 else { return [] }
    return [
      Sentence(.warning, "The record's last line was torn: \(bytes) bytes were cut. Nothing before it was lost.")
    ]
  }

  /// What was done, what was not, where the record lies, and what comes next.
  public static func closing(_ record: Record, path: String?) -> [Sentence] {
    var sentences: [Sentence] = [.blank, Sentence(.heading, outcome(of: record))]
    sentences.append(Sentence(.body, tally(of: record)))
    sentences += record.exceptions.map { Sentence(.warning, $0.exception.wordsWithResolution) }
    if let path {
      sentences.append(Sentence(.body, "Record: \(record.header.run), in"))
      sentences.append(Sentence(.address, path))
      sentences.append(Sentence(.body, "Final digest: \(grouped(record.finalDigest))"))
    }
    sentences += record.reminders.map { Sentence(.body, "\($0.day): \($0.text)") }
    sentences += next(after: record)
    guard path != nil else { return sentences }
    let run = record.header.run
    return sentences + [
      Sentence(.hint, "Next:"), Sentence(.option, "keyusher show \(run)"),
      Sentence(.option, "keyusher export \(run) --format html"),
      Sentence(.option, "keyusher export \(run) --format script"),
    ]
  }

  /// Where a run that was left stands, and how to go on.
  public static func left(run: String, digest: String) -> [Sentence] {
    [
      .blank, Sentence(.body, "Saved. Go on with: keyusher resume \(run)"),
      Sentence(.body, "Digest so far: \(grouped(digest))"),
    ]
  }

  // MARK: - Private

  private static func outcome(of record: Record) -> String {
    switch record.status {
    case .ended(let outcome, let reason):
      let word = outcome.rawValue.prefix(1).uppercased() + outcome.rawValue.dropFirst()
      return reason.map { "\(word): \($0)" } ?? "\(word)."
    case .unfinished: return "Not finished."
    }
  }

  private static func tally(of record: Record) -> String {
    let tally = record.tally(in: [
      "answered", "claimed", "scripted", "verified", "not verified", "not knowable", "skipped",
    ])
    return "\(tally.isEmpty ? "nothing answered" : tally.inWords); \(record.exceptionTally)."
  }

  private static func next(after record: Record) -> [Sentence] {
    guard case .ended(_, let id?, _) = record.state.phase, case .end(let ending)? = record.flow[id]?.body else {
      return []
    }
    return ending.next.holding(in: record.state).map { Sentence(.body, $0.filled(from: record.state, in: record.flow)) }
  }

  /// Hexadecimal in groups of eight, so that two people can compare it aloud.
  public static func grouped(_ digest: String) -> String {
    stride(from: 0, to: digest.count, by: 8).map { start in
      String(digest.dropFirst(start).prefix(8))
    }.joined(separator: " ")
  }
}

extension Flow {
  /// Where what is said of pages comes from, said once for all of them; nil if nothing is.
  fileprivate var provenance: String? {
    let sources = steps.compactMap(\.source)
    guard let first = sources.map(\.date).min(), let last = sources.map(\.date).max() else { return nil }
    let read = first == last ? "on \(first)" : "between \(first) and \(last)"
    let looked =
      sources.contains { $0.seenLive != nil }
      ? "Some of it was compared with the live page, and says so there."
      : "Nobody has compared it with the live pages yet."
    return "What is said of pages comes from guides and documentation, read \(read). \(looked) Where they differ, the "
      + "page is right, and :differs says so."
  }

  /// Whether a run of it asks where the credential is to be kept.
  fileprivate var hasStoreStep: Bool { steps.contains { $0.body == .store } }
}
