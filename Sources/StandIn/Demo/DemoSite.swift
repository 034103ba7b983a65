import PlainText
import Synchronization

/// A made-up exchange to try things at: a page on which one account's keys are made, and what answers to these keys. It takes
/// keys that it made itself, and no others.
///
/// Who may see the page knows its address: a word in it is made by chance. What names another host is refused (a name that
/// was bent to this computer), and so is what a page from elsewhere sends.
public final class DemoSite: Sendable {
  /// What the page's path begins with.
  private let token: String
  private let random: @Sendable (Int) -> [UInt8]
  private let account = Mutex(DemoAccount())
  private let nonces = Nonces()

  /// - Parameter random: makes so many bytes that nobody can guess.
  public init(random: @escaping @Sendable (Int) -> [UInt8]) {
    self.random = random
    token = random(8).hexadecimal
  }

  /// The path of the first page.
  public var root: String { "/\(token)/" }

  /// Answers a request that came at a moment of the real time.
  public func answer(_ request: Request, at moment: Moment) -> Answer {
    let authority = "127.0.0.1:\(request.port)"
    guard request.header("Host") == authority else {
      return refusal(request, 421, "This server answers at \(authority) alone.")
    }
    let origin = request.header("Origin")
    if request.path.hasPrefix("/api/v4/") || request.path.hasPrefix(DemoExchange.prefix) {
      // Programs come from nowhere; a page that comes from somewhere has no business here.
      guard origin == nil else { return refusal(request, 403, "Pages may not ask here.") }
      return ask(request, at: moment)
    }
    guard request.path.hasPrefix(root) else {
      return refusal(
        request, 403, "The address is not whole: it ends with a word of its own, as the terminal shows it.")
    }
    let isOwn = origin.map { $0 == "http://\(authority)" } ?? true
    let site = request.header("Sec-Fetch-Site") ?? "same-origin"
    guard request.method == "GET" || (request.method == "POST" && isOwn && site == "same-origin") else {
      return refusal(request, 403, "Only the page itself may send its forms.")
    }
    let path = String(request.path.dropFirst(root.count))
    let outcome = account.withLock { account in
      var pages = DemoPages(account: account, random: random, moment: moment)
      let outcome = pages.answer(request.method, path, Form(request))
      account = pages.account
      return outcome
    }
    return send(outcome, to: request, authority)
  }

  // MARK: - Private

  private func ask(_ request: Request, at moment: Moment) -> Answer {
    let exchange = DemoExchange { count in
      self.account.withLock { account in account.buy(count, at: moment).map { ($0, account) } }
    }
    let route = exchange.routes.first { $0.path == request.path && $0.method == request.method }
    let snapshot = account.withLock { $0 }
    let call = Call(
      request: request, route: route ?? Route(id: "", path: request.path), exchange: exchange, state: snapshot.state,
      now: moment, from: Address(request.peer) ?? Address("127.0.0.1")!, nonces: nonces)
    let entry = entry(request, "", 404)
    return FaultPlayer(call: call, isKnown: route != nil).answer(entry)
  }

  private func send(_ outcome: DemoPages.Outcome, to request: Request, _ authority: String) -> Answer {
    switch outcome {
    case .goOn(let path):
      let headers = DemoSite.guards + [Header("Location", root + path)]
      return Answer(reply: Reply(status: 303, type: "", headers: headers, body: []), entry: entry(request, "done", 303))
    case .page(let page):
      let isHTML = request.header("Accept")?.contains("text/html") == true
      let text =
        isHTML ? DemoHTML(page: page, root: root).text : DemoText(page: page, root: "http://\(authority)\(root)").text
      let type = isHTML ? "text/html; charset=utf-8" : "text/plain; charset=utf-8"
      return Answer(
        reply: Reply(status: page.status, type: type, headers: DemoSite.guards, body: text.utf8),
        entry: entry(request, "page", page.status))
    }
  }

  private func refusal(_ request: Request, _ status: Int, _ words: String) -> Answer {
    Answer(
      reply: Reply(
        status: status, type: "text/plain; charset=utf-8", headers: DemoSite.guards, body: "DEMO: \(words)\n".utf8),
      entry: entry(request, "refused", status))
  }

  private func entry(_ request: Request, _ outcome: String, _ status: Int) -> LogEntry {
    LogEntry(method: request.method, path: request.path, outcome: outcome, status: status)
  }

  /// No script, nothing from elsewhere, no frame round it, and nothing of it kept. With `no-referrer` a browser would not say
  /// that a form is the page's own.
  private static let guards = [
    Header(
      "Content-Security-Policy",
      "default-src 'none'; style-src 'sha256-\(Base64.text(Digests.sha256(Array(DemoHTML.style.utf8))))'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"),
    Header("Referrer-Policy", "same-origin"), Header("X-Content-Type-Options", "nosniff"),
    Header("Cache-Control", "no-store"),
  ]
}

/// What was filled into a form, without escapes; what is not well formed is not there.
struct Form {
  private let values: [(name: String, value: String)]

  init(_ request: Request) {
    let text = String(validating: request.body, as: UTF8.self) ?? ""
    values = Parameter.list(of: text).compactMap { parameter in
      guard let name = unescaped(String(parameter.name)),
        let value = unescaped(String(parameter.value).replacing("+", with: " "))
      else { return nil }
      return (name, value)
    }
  }

  subscript(name: String) -> String { all(name).first ?? "" }

  func all(_ name: String) -> [String] { values.filter { $0.name == name }.map { $0.value.trimmed } }
}
