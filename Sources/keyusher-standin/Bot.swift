import ArgumentParser
import Glibc
import PlainText
import StandIn

/// A bot as small as one can be: it reads its key from the environment, and trades play money.
struct Bot: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bot", abstract: "Buys one play coin with the key in DEMO_API_KEY and DEMO_API_SECRET.",
    discussion: "It asks 127.0.0.1 alone, and takes no key but one of the demo.")

  @Option(help: "The port at which 'keyusher-standin demo' listens.")
  var port: UInt16

  func run() throws { try saying { try trade() } }

  /// The path of this program: where packages put it, PATH does not lead to it.
  static var program: String {
    guard let path = realpath("/proc/self/exe", nil) else { return "keyusher-standin" }
    defer { free(path) }
    return String(cString: path)
  }

  // MARK: - Private

  private func trade() throws {
    let key = try Bot.part("DEMO_API_KEY", prefix: "demo-")
    let secret = try Bot.part("DEMO_API_SECRET", prefix: "demo-secret-")
    writeLine("DEMO bot: play money only. Its key begins with \(key.prefix(12)).")
    let price = try ask("GET", "/play/price")["price"]?.text ?? "unknown"
    writeLine("One play coin costs \(price) play dollars.")
    let order = try ask("POST", "/play/order?coins=1", signedBy: (key, secret))
    writeLine("Bought 1 play coin for \(order["paid"]?.text ?? "?") play dollars.")
    writeLine("Left: \(order["money"]?.text ?? "?") play dollars, coins: \(order["coins"]?.integer ?? 0).")
  }

  private static func part(_ name: String, prefix: String) throws(BotError) -> String {
    guard let value = getenv(name).map({ String(cString: $0) }), !value.isEmpty else { throw .noKey(name) }
    guard value.hasPrefix(prefix) else { throw .otherKey(name) }
    return value
  }

  private func ask(_ method: String, _ target: String, signedBy key: (String, String)? = nil) throws -> JSON {
    var request = Request(
      method: method, target: target, headers: [Header("Host", "127.0.0.1:\(port)"), Header("Connection", "close")],
      peer: "")
    if let key { request.sign(with: key.0, key.1, at: now()) }
    let (status, body) = try PlainClient(port: port).send(request)
    guard let json = try? JSON(parsing: body) else { throw BotError.noAnswer("what came is no JSON") }
    if status != 200 { throw BotError.refused(json["label"]?.text ?? "HTTP \(status)", json["message"]?.text ?? "") }
    return json
  }
}

/// Why the bot did not trade.
enum BotError: DescribedError {
  case noKey(String)
  case otherKey(String)
  case noAnswer(String)
  case refused(String, String)

  var what: String {
    switch self {
    case .noKey(let name): "\(name) is not set, and without a key no bot trades"
    case .otherKey(let name): "what is in \(name) is no key of the demo, and is not used"
    case .noAnswer(let why): "the demo's page does not answer: \(why)"
    case .refused(let code, let words): "the demo refuses the order: \(code), \(display(words))"
    }
  }

  var hint: String? {
    switch self {
    case .noKey: "start it with the key: keyusher exec demo/NAME -- \(Bot.program) bot --port PORT"
    case .otherKey: "'keyusher demo' makes one"
    case .noAnswer: "is 'keyusher demo' still running?"
    case .refused: "look at the key's permissions and IP list on the page"
    }
  }
}
