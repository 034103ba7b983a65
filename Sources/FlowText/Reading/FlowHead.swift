import PlainText

/// What a flow says of itself above its steps.
public struct FlowHead: Equatable, Sendable {
  public var title: String
  /// How long an unhurried person takes, in minutes.
  public var minutes: Int?
}

/// Reads what stands above `steps:`, for those who must not wait for the whole flow; nil if there is no title there.
public func readFlowHead(_ text: String) -> FlowHead? {
  let lines = text.split(separator: "\n", maxSplits: mostHeadLines, omittingEmptySubsequences: false)
  guard let end = lines.firstIndex(where: { $0.hasPrefix("steps:") }) else { return nil }
  return plainHead(lines[..<end]) ?? parsedHead(lines[..<end])
}

// MARK: - Private

/// How far down the steps may begin.
private let mostHeadLines = 60

/// The head where its lines are so plain that they need no parser, which takes longer to start than a greeting may.
private func plainHead(_ lines: ArraySlice<Substring>) -> FlowHead? {
  var values: [Substring: String] = [:]
  for line in lines where !line.isEmpty && !line.hasPrefix("#") {
    guard let colon = line.firstIndex(of: ":") else { return nil }
    let value = line[colon...].dropFirst()
    // A line that is indented belongs to a value of several; what follows ' #' or ': ' is more than a word.
    guard line.first?.isLetter == true, value.hasPrefix(" "), let first = value.dropFirst().first,
      first.isLetter || first.isNumber, !value.contains("#"), !value.contains(":")
    else { return nil }
    guard values.updateValue(value.trimmed, forKey: line[..<colon]) == nil else { return nil }
  }
  guard let title = values["title"] else { return nil }
  return FlowHead(title: title, minutes: values["minutes"].flatMap { Int($0) })
}

private func parsedHead(_ lines: ArraySlice<Substring>) -> FlowHead? {
  let findings = Findings(SourceText(lines.joined(separator: "\n"), path: ""))
  var composer = Composer(findings)
  guard case .mapping(let entries)? = composer.compose()?.content else { return nil }
  let reader = FlowReader(findings)
  guard let title = entries.first(where: { $0.key == "title" }).map({ reader.line($0.value) }) else { return nil }
  let minutes = entries.first { $0.key == "minutes" }.flatMap { reader.number($0.value, 1...10_000) }
  return FlowHead(title: title, minutes: minutes)
}
