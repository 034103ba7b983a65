/// The header as the payload of line 1: `began`, `flow`, `flowDigest`, `flowTitle`?, `flowVersion`, `format`, `host`,
/// `owner`?, `performer`?, `reference`?, `run`, `tool`, `user`. Before format 3 it had `flowText` in place of the digest.
///
/// Where the record is about an operation on a key, `kind` is `operation`, and in place of the flow stand `operation`, `key`,
/// `store`, `origin`? and `facts` (texts by name).
extension RunHeader {
  var fields: Fields {
    var fields = Fields()
    fields.set("format", format)
    fields.set("run", run)
    if let operation {
      fields.set(operation)
    } else {
      fields.set("flow", flowID)
      fields.set("flowVersion", flowVersion)
      if let flowDigest {
        fields.set("flowDigest", flowDigest)
        fields.set("flowTitle", flowTitle)
      } else {
        fields.set("flowText", flowText)
      }
    }
    fields.set("tool", toolVersion)
    fields.set("user", user)
    fields.set("host", host)
    fields.set("performer", performer)
    fields.set("owner", owner)
    fields.set("reference", reference)
    fields.set("began", began.description)
    return fields
  }

  /// Reads a header. Throws `unknown` if a newer keyusher wrote it.
  init(_ fields: Fields) throws(Fields.Fault) {
    let format = try fields.number("format")
    guard format <= RunHeader.currentFormat else { throw .unknown("journal format \(format)") }
    let operation = try fields.operation
    let isRun = operation == nil
    self.init(
      format: format, run: try fields.text("run"), flowID: isRun ? try fields.text("flow") : "",
      flowVersion: isRun ? try fields.number("flowVersion") : 0,
      toolVersion: try fields.text("tool"), user: try fields.text("user"), host: try fields.text("host"),
      performer: try fields.textIfPresent("performer"), owner: try fields.textIfPresent("owner"),
      reference: try fields.textIfPresent("reference"), began: try fields.time("began"))
    self.operation = operation
    guard isRun else { return }
    if format < RunHeader.firstWithDigest {
      flowText = try fields.text("flowText")
    } else {
      flowDigest = try fields.digest("flowDigest")
      flowTitle = try fields.textIfPresent("flowTitle")
    }
  }
}

extension Fields {
  fileprivate mutating func set(_ operation: KeyOperation) {
    set("kind", Fields.operationKind)
    set("operation", operation.kind.rawValue)
    set("key", operation.key)
    set("store", operation.store)
    set("origin", operation.origin)
    set("facts", operation.facts)
  }

  /// The operation that a header tells of; nil if it is that of a run.
  fileprivate var operation: KeyOperation? {
    get throws(Fault) {
      guard let kind = try textIfPresent("kind") else { return nil }
      guard kind == Fields.operationKind else { throw .unknown("a record of the kind '\(kind)'") }
      return KeyOperation(
        try choice("operation", as: KeyOperation.Kind.self), try text("key"), in: try text("store"),
        origin: try textIfPresent("origin"), facts: try mapIfPresent("facts"))
    }
  }

  private static let operationKind = "operation"
}
