import FlowCore
import Introspection
import PlainText

/// What decides what is signed and where it goes.
extension APIReader {
  func host(_ node: TextNode) -> String {
    guard let text = reader.scalar(node) else { return "" }
    let labels = text.dropFirst("https://".count).split(separator: ".", omittingEmptySubsequences: false)
    let isHost =
      text.hasPrefix("https://") && labels.count >= 2 && labels.last?.utf8.allSatisfy(\.isSmallLetter) == true
      && labels.allSatisfy { label in
        !label.isEmpty && !label.hasPrefix("xn--") && label.first != "-" && label.last != "-"
          && label.utf8.areSmallWord(with: "-")
      }
    if !isHost {
      findings.report(
        .badURL, at: node.place, "\(quoted(text)) is no host of an API",
        hint: "write https:// and the host alone, in small letters: https://api.example.com")
    } else if let why = rules?.host(String(text.dropFirst("https://".count))) {
      findings.report(.badURL, at: node.place, "\(quoted(text)) can't be asked: \(why)", hint: "take this one out")
    }
    return text
  }

  func requestPath(_ node: TextNode?, signedBy scheme: ExchangeAPI.Scheme? = nil) -> String {
    guard let node, let text = reader.scalar(node) else { return "" }
    let isPath =
      text.hasPrefix("/") && !text.contains("//") && !text.contains("..") && text.utf8.areWord(with: "/-_.")
    if !isPath {
      findings.report(
        .badURL, at: node.place, "\(quoted(text)) is no path of a request",
        hint: "begin with '/', and leave out host and query: /api/v4/spot/time")
    } else if let scheme, let why = rules?.path(scheme, text) {
      findings.report(.badURL, at: node.place, "\(quoted(text)) is not signed: \(why)", hint: "take this request out")
    }
    return text
  }

  func mark(_ node: TextNode) -> String {
    let text = reader.line(node)
    if let why = rules?.mark(text) {
      findings.report(
        .wrongValue, at: node.place, "\(quoted(text)) can't be an environment's mark: \(why)",
        hint: "write one header with a plain value: 'x-simulated-trading: 1'")
    }
    return text
  }

  func parameterName(_ node: TextNode) -> String {
    let text = reader.line(node)
    if !text.isEmpty, !text.utf8.areWord(with: "-_") || text.utf8.count > 64 {
      findings.report(
        .wrongValue, at: node.place, "\(quoted(text)) is no name of a parameter",
        hint: "use letters, digits, '-' and '_'")
    }
    return text
  }

  /// The way of signing must fit the request.
  func check(_ request: ExchangeAPI.Request, signedBy scheme: ExchangeAPI.Scheme, _ node: TextNode) {
    if request.method != scheme.method {
      findings.report(
        .wrongValue, at: (node["method"] ?? node).place,
        "\(quoted(scheme.rawValue)) signs no \(request.method.rawValue)",
        hint: "write 'method: \(scheme.method.rawValue)', or take this request out")
    } else if request.method == .post, request.parameters.contains(where: { $0.value != .once }),
      let parameters = node["parameters"]
    {
      findings.report(
        .misplacedKey, at: parameters.place, "a form that is signed takes a one-time password alone",
        hint: "take the others out")
    }
  }

  /// The way of signing must fit the parts that the pack says a credential has.
  func checkParts(_ scheme: ExchangeAPI.Scheme, _ fields: Fields) {
    guard let pack, let node = fields["scheme"], !findings.hasErrors else { return }
    for (name, isSecret) in [("key", false)] + scheme.secretParts.map({ ($0, true) }) {
      let part = pack.parts.first { $0.name == name }
      if let part, part.secret == isSecret { continue }
      findings.report(
        .unknownPart, at: node.place,
        part == nil
          ? "\(quoted(scheme.rawValue)) signs with a part \(quoted(name)), and the pack has none"
          : isSecret
            ? "\(quoted(scheme.rawValue)) signs with the secret \(quoted(name)), which the pack does not call one"
            : "\(quoted(scheme.rawValue)) sends the part \(quoted(name)), which the pack calls a secret",
        hint: "mend 'parts' of the pack, or take another scheme")
    }
  }
}
