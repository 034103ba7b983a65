/// What a flow says of itself above its steps.
public struct FlowHead: Equatable, Sendable {
  public var title: String
  /// How long an unhurried person takes, in minutes.
  public var minutes: Int?
}

/// Reads what stands above `steps:`, for those who must not wait for the whole flow; nil if there is no title there.
public func readFlowHead(_ text: String) -> FlowHead? {
  let findings = Findings(SourceText(text, path: ""))
  var composer = Composer(findings)
  let reader = FlowReader(findings)
  guard let head = composer.compose(before: "steps"), let title = head["title"].map(reader.line) else { return nil }
  return FlowHead(title: title, minutes: reader.number("minutes", of: Fields(head, FlowKeys.flow)))
}
