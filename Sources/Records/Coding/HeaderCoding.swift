/// The header as the payload of line 1: `began`, `flow`, `flowText`, `flowVersion`, `format`, `host`, `owner`?,
/// `performer`?, `reference`?, `run`, `tool`, `user`.
extension RunHeader {
  var fields: Fields {
    var fields = Fields()
    fields.set("format", format)
    fields.set("run", run)
    fields.set("flow", flowID)
    fields.set("flowVersion", flowVersion)
    fields.set("flowText", flowText)
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
    self.init(
      format: format, run: try fields.text("run"), flowID: try fields.text("flow"),
      flowVersion: try fields.number("flowVersion"), flowText: try fields.text("flowText"),
      toolVersion: try fields.text("tool"), user: try fields.text("user"), host: try fields.text("host"),
      performer: try fields.textIfPresent("performer"), owner: try fields.textIfPresent("owner"),
      reference: try fields.textIfPresent("reference"), began: try fields.time("began"))
  }
}
