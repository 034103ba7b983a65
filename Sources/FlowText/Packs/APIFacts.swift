import FlowCore
import Introspection

/// How facts are read: which forms each can have, and which keys belong to a form.
extension APIReader {
  func facts(_ node: TextNode?) -> [ExchangeAPI.Fact] {
    let facts = each(node, "facts", fact)
    reader.reportDuplicates(of: facts.map(\.fact.rawValue), at: node?.items?.map(\.place) ?? [], "fact")
    guard let node, !facts.contains(where: { $0.fact == .permissions }) else { return facts }
    for (fact, node) in zip(facts, node.items ?? []) {
      switch fact.form {
      case .right, .reads:
        findings.report(
          .missingKey, at: node.place, "\(quoted(fact.fact.rawValue)) follows from rights, and the answer lists none",
          hint: "add '{fact: permissions, ...}' to the same request")
      default: break
      }
    }
    return facts
  }

  /// The forms of each fact, and the keys that each form needs and can have.
  private static let forms: [KeyFact: [String]] = [
    .permissions: ["list", "commas", "named", "flags", "groups"], .withdrawal: ["truth", "right"],
    .addresses: ["list", "commas"], .bound: ["truth", "filled"], .readOnly: ["truth", "reads"],
    .pairs: ["list", "commas"], .expiry: ["moment", "days"], .state: ["word"], .label: ["text"],
    .created: ["moment"], .changed: ["moment"], .lastUsed: ["moment"],
    .subAccount: ["truth", "filled", "differs"], .nonce: ["number"], .nonceWindow: ["number"],
    .queryFrom: ["moment"], .queryTo: ["moment"],
  ]

  private static let keys: [String: (needed: [String], allowed: [String])] = [
    "truth": (["at"], ["yes", "no"]), "filled": (["at"], ["none"]), "differs": (["at", "than"], []),
    "right": (["rights"], ["else"]), "reads": ([], []), "text": (["at"], []),
    "word": (["at", "means"], ["else"]), "number": (["at"], ["written"]),
    "list": (["at"], ["none", "empty", "masked", "unsure", "mode"]),
    "commas": (["at"], ["none", "empty", "masked", "unsure", "mode"]),
    "moment": (["at", "unit"], ["written", "none"]), "days": (["at"], ["none"]),
    "named": (["at", "name", "read-only"], []), "flags": ([], ["at", "except", "mode"]),
    "groups": (["at"], ["mode"]),
  ]

  private func fact(_ node: TextNode) -> ExchangeAPI.Fact? {
    guard let fields = reader.fields(node, APIKeys.fact) else { return nil }
    let words = APIKeys.fact["fact"]?.content.words ?? []
    guard let fact = fields["fact"].flatMap({ reader.word($0, among: words) }).flatMap(KeyFact.init),
      let form = fields["as"].flatMap({ reader.word($0, among: APIKeys.fact["as"]?.content.words ?? []) })
    else { return nil }
    if let known = Self.forms[fact], let node = fields["as"], !known.contains(form) {
      findings.report(
        .wrongValue, at: node.place, "\(quoted(fact.rawValue)) can't be read as \(quoted(form))",
        hint: "it can be \(listed(known))")
    }
    checkKeys(of: form, fact, fields)
    return ExchangeAPI.Fact(
      fact, self.form(form, fact, fields), at: place(fields["at"]), none: scalars("none", of: fields),
      empty: fields["empty"].map(reader.line), masked: fields["masked"].flatMap { reader.scalar($0) },
      unsure: fields["unsure"].map(reader.line))
  }

  private func checkKeys(of form: String, _ fact: KeyFact, _ fields: Fields) {
    let (needed, allowed) = Self.keys[form] ?? ([], [])
    if let missing = needed.first(where: { fields[$0] == nil }) {
      findings.report(
        .missingKey, at: fields.keyPlace("as"), "what is read as \(quoted(form)) needs \(quoted(missing))",
        hint: "add '\(missing): ...'")
    }
    let known = ["fact", "as"] + needed + allowed.filter { $0 != "mode" || fact == .permissions }
    for key in fields.keys(among: APIKeys.fact.names) where !known.contains(key) {
      findings.report(
        .misplacedKey, at: fields.keyPlace(key),
        "\(quoted(key)) has no meaning for \(quoted(fact.rawValue)) as \(quoted(form))",
        hint: "take it out, or read the fact another way")
    }
    if (fields["yes"] == nil) != (fields["no"] == nil) {
      findings.report(
        .missingKey, at: fields.keyPlace(fields["yes"] == nil ? "no" : "yes"), "'yes' and 'no' stand together",
        hint: "add the other, or take both out for true and false")
    }
  }

  private func form(_ form: String, _ fact: KeyFact, _ fields: Fields) -> ExchangeAPI.Form {
    let written = fields["written"].flatMap { reader.word($0, Written.self) } ?? .number
    switch form {
    case "truth": return .truth(yes: scalars("yes", of: fields), no: scalars("no", of: fields))
    case "filled": return .filled
    case "differs": return .differs(from: place(fields["than"]))
    case "right": return .right(scalars("rights", of: fields), otherwise: fields["else"].map(reader.line))
    case "reads": return .reads
    case "word": return .word(values("means", of: fields, meaning), otherwise: fields["else"].map(reader.line))
    case "number": return .number(written)
    case "moment":
      return .moment(fields["unit"].flatMap { reader.word($0, TimeUnit.self) } ?? .seconds, written)
    case "days": return .days
    case "list", "commas":
      let listing: ExchangeAPI.Listing = form == "list" ? .list : .commas
      return fact == .permissions ? .rights(.names(listing), mode: mode(fields["mode"])) : .texts(listing)
    case "named":
      let names = ["name", "read-only"].map { fields[$0].map(reader.line) ?? "" }
      return .rights(.named(name: names[0], readOnly: names[1]), mode: nil)
    case "flags": return .rights(.flags(except: scalars("except", of: fields)), mode: mode(fields["mode"]))
    case "groups": return .rights(.groups, mode: mode(fields["mode"]))
    default: return .text
    }
  }

  private func meaning(_ node: TextNode) -> ExchangeAPI.Meaning? {
    guard let fields = reader.fields(node, APIKeys.table["meaning"]) else { return nil }
    return ExchangeAPI.Meaning(
      fields["value"].flatMap { reader.scalar($0) } ?? "", fields["is"].map(reader.line) ?? "")
  }

  private func mode(_ node: TextNode?) -> ExchangeAPI.Mode? {
    guard let fields = node.flatMap({ reader.fields($0, APIKeys.table["mode"]) }) else { return nil }
    return ExchangeAPI.Mode(
      at: place(fields["at"]), read: scalars("read", of: fields), write: scalars("write", of: fields))
  }
}
