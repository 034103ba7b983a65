public import FlowCore
public import Records

/// The first and the last words of a run.
public enum Framing {
  /// What the run is, what it needs, and what leaving it costs.
  ///
  /// - Parameter isThrownAway: whether nothing of it is left at its end, so that nobody can go on with it.
  public static func opening(of flow: Flow, run: String?, brief: Bool, isThrownAway: Bool = false) -> [Sentence] {
    var sentences = [Sentence(.heading, flow.title)]
    if !brief {
      let time = flow.minutes.map { "About \($0) minutes." }
      let needs = flow.needs.isEmpty ? nil : "You need: \(flow.needs.joined(separator: "; "))."
      let words = [time, needs].compactMap { $0 }.joined(separator: " ")
      if !words.isEmpty { sentences.append(Sentence(.body, words)) }
      let stop = flow.credentialShapes.isEmpty ? Phrases.canStop : Phrases.canStopUntilTheSecret
      sentences.append(Sentence(.body, isThrownAway ? Phrases.leavesNothing : stop))
      if !flow.isOnThisComputer, let provenance = flow.provenance { sentences.append(Sentence(.source, provenance)) }
      sentences += [
        Sentence(
          .body,
          flow.steps.contains(where: \.asksExchange)
            ? Phrases.staysUntilAsked : flow.hasStoreStep ? Phrases.staysUntilAStore : Phrases.stays),
        Sentence(.hint, Phrases.hint),
      ]
    }
    if brief { sentences.append(Sentence(.hint, Phrases.briefLeavesOut)) }
    sentences.append(
      Sentence(.body, run.map { Phrases.record($0, isThrownAway: isThrownAway) } ?? "Dry run: nothing is written."))
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
  ///
  /// - Parameter path: nil of a run that is thrown away.
  public static func closing(_ record: Record, path: String?) -> [Sentence] {
    if let card = record.card { return closing(record, card, path: path) }
    var sentences: [Sentence] = [.blank, Sentence(.heading, outcome(of: record))]
    sentences.append(Sentence(.body, tally(of: record)))
    sentences += record.exceptions.map { Sentence(.warning, $0.exception.words(in: record.flow)) }
    if let path {
      sentences.append(Sentence(.body, "Record: \(record.header.run), in"))
      sentences.append(Sentence(.address, path))
      sentences.append(Sentence(.body, "Final digest: \(grouped(record.finalDigest))"))
    }
    sentences += record.lookAgain.map { Sentence(.body, $0) }
    sentences += next(after: record, isThrownAway: path == nil)
    guard path != nil else { return sentences }
    let run = record.header.run
    return sentences + [
      Sentence(.hint, "Next:"), Sentence(.command, "keyusher show \(run)"),
      Sentence(.command, "keyusher export \(run) --format html"),
      Sentence(.command, "keyusher export \(run) --format script"),
    ]
  }

  /// How a run ended of which nothing happened.
  public static func rehearsed(_ record: Record) -> [Sentence] {
    [
      .blank, Sentence(.heading, outcome(of: record)),
      Sentence(.body, "Dry run: nothing was written, and no key was kept."), Sentence(.body, tally(of: record)),
    ] + record.exceptions.map { Sentence(.warning, $0.exception.words(in: record.flow)) }
  }

  /// How a run ended, in a line, and what was not as it should be: for whoever wants to hear no more.
  public static func result(_ record: Record) -> [Sentence] {
    let outcome = outcome(of: record)
    let run = record.header.run.isEmpty ? "" : "Run \(record.header.run), "
    let tally =
      run.isEmpty
      ? record.exceptionTally.prefix(1).uppercased() + record.exceptionTally.dropFirst() : record.exceptionTally
    return [Sentence(.heading, "\(outcome)\(outcome.hasSuffix(".") ? "" : ".") \(run)\(tally).")]
      + record.exceptions.map { Sentence(.warning, $0.exception.words(in: record.flow)) }
  }

  /// The card, then what to do, then what was not as it should be.
  private static func closing(_ record: Record, _ card: Card, path: String?) -> [Sentence] {
    var sentences: [Sentence] = [.blank, Sentence(.heading, card.headline)]
    sentences += card.lines.map { Sentence(.body, $0) }
    sentences += card.next.map { Sentence($0.isCommand ? .command : .heading, $0.text) }
    if path != nil {
      sentences.append(Sentence(.heading, "The record: keyusher show \(record.header.run)"))
    }
    return sentences + record.exceptions.map { Sentence(.warning, $0.exception.words(in: record.flow)) }
  }

  /// Where a run that was left stands, and how to go on.
  public static func left(run: String, askedAt base: String?, brief: Bool = false, digest: String) -> [Sentence] {
    [.blank] + saved(run: run, askedAt: base, brief: brief) + [Sentence(.body, "Digest so far: \(grouped(digest))")]
  }

  /// How to go on with a run that was left.
  public static func saved(run: String, askedAt base: String?, brief: Bool = false) -> [Sentence] {
    let command = resuming(run: run, askedAt: base, brief: brief)
    // The longer one has a line of its own, in which it is not broken.
    return base == nil
      ? [Sentence(.body, "Saved. Go on with: \(command)")]
      : [Sentence(.body, "Saved. Go on with:"), Sentence(.command, command)]
  }

  /// The command that goes on with a run as it was gone on with until here.
  ///
  /// - Parameter base: the server that the run asked in an exchange's place: without it the exchange would be asked.
  public static func resuming(run: String, askedAt base: String?, brief: Bool) -> String {
    "keyusher resume \(run)" + (brief ? " --brief" : "") + (base.map { " --base-url \($0)" } ?? "")
  }

  /// Where a run was left before anything was answered.
  public static let leftAtOnce: [Sentence] = [
    .blank, Sentence(.body, "Nothing was answered, so nothing is on record."),
  ]

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
      "answered", "claimed", "scripted", "verified", "not verified", "reported", "reported otherwise",
      "not knowable", "skipped",
    ])
    return "\(tally.isEmpty ? "nothing answered" : record.words.line(tally)); \(record.exceptionTally)."
  }

  private static func next(after record: Record, isThrownAway: Bool) -> [Sentence] {
    guard case .ended(_, let id?, _) = record.state.phase, case .end(let ending)? = record.flow[id]?.body else {
      return []
    }
    var sentences: [Sentence] = []
    for item in ending.next.holding(in: record.state) {
      let text = item.text.filled(from: record.state, in: record.flow)
      // No command finds a key or a flow that is thrown away; nor is it announced.
      let wants = ["keyusher key ", "keyusher run \(record.flow.id)"]
      if isThrownAway, item.isCommand, wants.contains(where: text.hasPrefix) {
        if sentences.last?.text.hasSuffix(":") == true { sentences.removeLast() }
        continue
      }
      sentences.append(Sentence(item.isCommand ? .command : .body, text))
    }
    return sentences
  }

  /// Hexadecimal in groups of eight, so that two people can compare it aloud.
  public static func grouped(_ digest: String) -> String {
    stride(from: 0, to: digest.count, by: 8).map { start in
      String(digest.dropFirst(start).prefix(8))
    }.joined(separator: " ")
  }
}

extension Flow {
  /// The day on which all of what is said of pages was compared with them; nil if there are several, or none.
  var seenLive: String? {
    let days = Set(steps.compactMap { step in step.source.map(\.seenLive) })
    return days.count == 1 ? days.first ?? nil : nil
  }

  /// Where what is said of pages comes from, said once for all of them; nil if nothing is.
  fileprivate var provenance: String? {
    let sources = steps.compactMap(\.source)
    if let day = seenLive {
      return "Pages are described as they were seen on \(day). Where a page differs, type :differs."
    }
    guard let first = sources.map(\.date).min(), let last = sources.map(\.date).max() else { return nil }
    let read = first == last ? first : "\(first) to \(last)"
    let looked =
      sources.contains { $0.seenLive != nil }
      ? "what was compared with the live page says so" : "nobody has compared them with the live ones"
    return "Pages are described from guides read \(read); \(looked). Where a page differs, type :differs."
  }

  /// Whether a run of it asks where the credential is to be kept.
  fileprivate var hasStoreStep: Bool { steps.contains { $0.body == .store } }
}
