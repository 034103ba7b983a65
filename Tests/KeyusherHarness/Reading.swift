import FlowText
public import Records

extension Desk {
  /// The record of a run, read as the program reads it.
  public func record(_ run: String) throws -> Record {
    let contents = try records.read(run)
    guard let flow = readFlow(try records.flowText(of: contents.header), path: "record \(run)").value else {
      throw TestFailure(description: "the record's flow can't be read")
    }
    return Record(
      header: contents.header, entries: contents.entries, flow: flow, finalDigest: contents.finalDigest)
  }
}

extension Record {
  /// The answers that stand, in the order of the form.
  public var answers: [String] {
    items.compactMap { item in item.standing.map { "\(item.step): \($0.answer ?? "skipped")" } }
  }
}
