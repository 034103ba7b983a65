import FlowCore
import PlainText

extension FlowReader {
  /// A text with holes for earlier answers.
  ///
  /// - Parameter afterwards: whether it is said after the answer of its own step.
  func template(_ node: TextNode, afterwards: Bool = false) -> Template {
    guard let (written, look) = looked(at: node) else { return "" }
    let text = written.trimmed
    guard look.hasBraces else {
      if look.hasSlashes { noted.addresses.append((text, node.place, false)) }
      return Template(text)
    }
    var segments: [Template.Segment] = []
    var literal = ""
    var mentioned: Set<String> = []
    var rest = text[...]
    while true {
      // What lies between braces needs no look at each character.
      let plain = rest.utf8.prefix { $0 != UInt8(ascii: "{") && $0 != UInt8(ascii: "}") }
      literal += rest[..<plain.endIndex]
      rest = rest[plain.endIndex...]
      guard let character = rest.popFirst() else { break }
      if character == "{" || character == "}", rest.first == character {
        rest.removeFirst()
        literal.append(character)
      } else if character == "{" {
        let name = rest.prefix { $0 != "}" && $0 != "{" && !$0.isNewline }
        rest = rest.dropFirst(name.count)
        guard rest.popFirst() == "}", let segment = hole(String(name)) else {
          findings.report(
            .badText, at: node.place(of: "{" + name), "\(quoted("{" + name)) is not '{STEP}' or '{STEP.id}'",
            hint: "write '{{' for a brace that is meant")
          continue
        }
        if !literal.isEmpty { segments.append(.literal(literal)) }
        literal = ""
        segments.append(segment)
        if mentioned.insert(String(name)).inserted {
          let place = node.place(of: "{\(name)}")
          switch segment {
          case .literal: break
          case .answer(let id, _):
            noted.mentions.append(Mention(id: id, afterwards: afterwards, manner: .answer, place: place))
          case .name(let id):
            noted.mentions.append(Mention(id: id, afterwards: afterwards, manner: .kind(.credential), place: place))
          case .means(let id):
            noted.mentions.append(Mention(id: id, afterwards: afterwards, manner: .kind(.check), place: place))
          case .program(let id):
            noted.mentions.append(Mention(id: id, afterwards: afterwards, manner: .kind(.text), place: place))
          }
        }
      } else {
        findings.report(
          .badText, at: node.place(of: "}"), "a '}' without its '{'", hint: "write '}}' for a brace that is meant")
      }
    }
    if !literal.isEmpty { segments.append(.literal(literal)) }
    let filled = Template(segments: segments)
    // An answer in the place of a host could be any host.
    if look.hasSlashes { noted.addresses.append((filled.filled(by: "\u{FFFC}"), node.place, false)) }
    return filled
  }

  func oneLine(_ node: TextNode, afterwards: Bool = false) -> Template {
    let template = self.template(node, afterwards: afterwards)
    if case .text(let text) = node.content { reportBreak(in: text.trimmed, node) }
    return template
  }

  private func hole(_ name: String) -> Template.Segment? {
    if name.hasSuffix(".name"), isID(String(name.dropLast(5))) { return .name(Step.ID(String(name.dropLast(5)))) }
    if name.hasSuffix(".means"), isID(String(name.dropLast(6))) { return .means(Step.ID(String(name.dropLast(6)))) }
    if name.hasSuffix(".as"), isID(String(name.dropLast(3))) { return .program(Step.ID(String(name.dropLast(3)))) }
    let asID = name.hasSuffix(".id")
    let step = asID ? String(name.dropLast(3)) : name
    return isID(step) ? .answer(Step.ID(step), asID: asID) : nil
  }
}
