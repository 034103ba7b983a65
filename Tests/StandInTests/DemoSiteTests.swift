import CustomDump
import PlainText
import Testing

@testable import StandIn

/// The demo's page and its exchange, without a network.
@Suite struct DemoSiteTests {
  @Test func `a person logs in, makes a key with a code from the page, and sees its secret once`() {
    let desk = DemoDesk()
    #expect(desk.get("keys").contains("<h1>Log in</h1>"), "nothing is shown before the login")
    #expect(desk.post("login", "name=demo&password=mine").contains(#"role="alert""#))
    #expect(desk.post("login", "name=demo&password=play-money") == "303 /\(desk.token)/keys")
    #expect(desk.get("keys").contains("There are no keys yet."))
    #expect(desk.post("new", DemoDesk.form) == "303 /\(desk.token)/confirm")
    #expect(desk.post("confirm", "code=0").contains("That is not the code."))
    #expect(desk.get("keys").contains("There are no keys yet."), "nothing is made before the code")
    let (key, secret) = desk.confirm()
    #expect(key.hasPrefix("demo-") && key.utf8.count == 32)
    #expect(secret.hasPrefix("demo-secret-") && secret.utf8.count == 64)
    #expect(!desk.get("keys/\(key)").contains(secret))
    #expect(desk.get("keys").contains("Account: read only; Spot: read and write"))
    #expect(desk.post("delete/\(key)", "") == "303 /\(desk.token)/keys")
    #expect(desk.get("keys/\(key)").contains("There is no such page"))
  }

  @Test(
    "what a form can't be is said on the page, and what was typed stays",
    arguments: [
      ("remark=x&right=spot-write", "A remark has 2 to 30"), ("remark=a%26b", "A remark has 2 to 30"),
      ("remark=bot&addresses=here", "IP permissions: at most 20"),
      ("remark=bot&addresses=" + String(repeating: "127.0.0.1,", count: 21), "IP permissions: at most 20"),
    ])
  func refusedForm(form: String, words: String) {
    let page = DemoDesk(loggedIn: true).post("new", form)
    #expect(page.contains(words))
    if form.contains("spot-write") { #expect(page.contains(#"value="spot-write" checked"#)) }
  }

  @Test func `a name is taken once, and what is typed stands escaped on the page`() {
    let desk = DemoDesk(loggedIn: true)
    _ = desk.post("new", DemoDesk.form)
    _ = desk.confirm()
    #expect(desk.post("new", DemoDesk.form).contains("There is a key of this name already."))
    let page = desk.post("new", "remark=%22%3E%3Cscript%3E&addresses=%3Cb%3E")
    #expect(page.contains("&quot;&gt;&lt;script&gt;") && !page.contains("<script"))
  }

  @Test(
    "only who knows the address sees the page, and only the page sends its forms",
    arguments: [
      (["Host": "127.0.0.1:81"], 421), (["Host": "demo.example:80"], 421), (["Host": ""], 421),
      (["Origin": "http://evil.example"], 403), (["Origin": "null"], 403), (["Origin": "http://127.0.0.1:81"], 403),
      (["Sec-Fetch-Site": "cross-site"], 403), (["Sec-Fetch-Site": "same-site"], 403),
      (["Origin": "http://127.0.0.1:80", "Sec-Fetch-Site": "same-origin"], 303),
    ])
  func guarded(headers: [String: String], status: Int) {
    let desk = DemoDesk()
    let reply = desk.reply("POST", "/\(desk.token)/login", "name=demo&password=play-money", headers)
    expectNoDifference(reply.status, status)
    expectNoDifference(desk.get("keys").contains("<h1>Log in</h1>"), status != 303)
  }

  @Test func `without its own word an address shows nothing, and a page may not ask what programs ask`() {
    let desk = DemoDesk(loggedIn: true)
    for path in ["/", "/keys", "/0000000000000000/keys", "/\(desk.token)"] {
      expectNoDifference(desk.reply("GET", path).status, 403)
    }
    expectNoDifference(desk.reply("PUT", "/\(desk.token)/keys").status, 403)
    expectNoDifference(desk.reply("GET", "/api/v4/spot/time").status, 200)
    expectNoDifference(desk.reply("GET", "/api/v4/spot/time", "", ["Origin": "http://127.0.0.1:80"]).status, 403)
    let headers = desk.reply("GET", "/\(desk.token)/keys").headers
    #expect(headers.contains(Header("Cache-Control", "no-store")))
    #expect(headers.contains { $0.name == "Content-Security-Policy" && $0.value.hasPrefix("default-src 'none'; ") })
  }

  @Test func `the exchange tells what the page shows, and what is changed there is told at once`() {
    let desk = DemoDesk(loggedIn: true)
    _ = desk.post("new", DemoDesk.form)
    let key = desk.confirm()
    #expect(desk.signed("GET", "/api/v4/account/main_keys", key).contains(#"{"name":"spot","read_only":false}"#))
    #expect(desk.post("keys/\(key.name)", "right=account-read&right=withdraw&addresses=203.0.113.7") != "")
    _ = desk.post("confirm", "code=\(desk.code)")
    #expect(desk.signed("GET", "/api/v4/account/main_keys", key).contains("Request IP not in whitelist"))
    _ = desk.post("keys/\(key.name)", "right=account-read&right=withdraw")
    _ = desk.post("confirm", "code=\(desk.code)")
    #expect(
      desk.signed("GET", "/api/v4/account/main_keys", key).contains(
        #"[{"name":"account","read_only":true},{"name":"withdraw""#))
    let stranger = (name: "c5dcfbf1f3a7", secret: "x")
    #expect(desk.signed("GET", "/api/v4/account/main_keys", stranger).contains("INVALID_KEY"))
    #expect(desk.signed("GET", "/api/v4/account/main_keys", (key.name, "x")).contains("INVALID_SIGNATURE"))
  }

  @Test func `an order takes the right to trade, and play money that is there`() {
    let desk = DemoDesk(loggedIn: true)
    _ = desk.post("new", DemoDesk.form)
    let key = desk.confirm()
    expectNoDifference(desk.signed("POST", "/play/order?coins=2", key), #"{"coins":2,"money":"916.00","paid":"84.00"}"#)
    #expect(desk.get("keys").contains("916.00 play dollars, 2 play coins."))
    for coins in ["0", "-1", "1001", "9223372036854775807", "x"] {
      #expect(desk.signed("POST", "/play/order?coins=\(coins)", key).contains("Not enough play money"), "\(coins)")
    }
    #expect(desk.reply("POST", "/play/order?coins=1").status == 401)
    _ = desk.post("keys/\(key.name)", "right=account-read&right=spot-read")
    _ = desk.post("confirm", "code=\(desk.code)")
    #expect(desk.signed("POST", "/play/order?coins=1", key).contains("does not have spot permission"))
  }

  @Test func `without a browser each form is a command to copy`() {
    let desk = DemoDesk(loggedIn: true)
    let root = "http://127.0.0.1:80/\(desk.token)/"
    #expect(
      desk.text("new").hasSuffix(
        "Submit, with your own words in it:\n  curl -sL -d remark=grid-bot-01 -d right=account-read -d addresses= "
          + "\(root)new\n\n"))
    #expect(desk.text("keys").hasPrefix("DEMO: play money, on this computer alone\n\nAPI Management\n"))
    _ = desk.post("new", DemoDesk.form)
    let key = desk.confirm()
    #expect(desk.text("keys/\(key.name)").contains("  curl -sL -d sure=yes \(root)delete/\(key.name)\n"))
  }
}

/// A demo, and somebody at its page.
private struct DemoDesk {
  static let form = "remark=grid-bot-01&right=account-read&right=spot-read&right=spot-write&addresses=+127.0.0.1"
  static let moment = Moment(milliseconds: 1_700_000_000_000)
  let site = DemoSite { count in (0..<count).map { UInt8($0 + 1) } }
  var token: String { String(site.root.dropFirst().dropLast()) }
  /// The code that bytes from 1 on make.
  let code = "123456"

  init(loggedIn: Bool = false) { if loggedIn { _ = post("login", "name=demo&password=play-money") } }

  func reply(
    _ method: String, _ target: String, _ body: String = "", _ headers: [String: String] = [:]
  ) -> Reply {
    let all = ["Host": "127.0.0.1:80"].merging(headers) { $1 }
    return reply(
      Request(
        method: method, target: target, headers: all.map { Header($0.key, $0.value) }, body: Array(body.utf8),
        peer: "127.0.0.1", port: 80))
  }

  func reply(_ request: Request) -> Reply { site.answer(request, at: Self.moment).reply }

  /// The page, or where it goes on.
  func get(_ path: String) -> String { words(reply("GET", "/\(token)/\(path)", "", ["Accept": "text/html"])) }
  func text(_ path: String) -> String { words(reply("GET", "/\(token)/\(path)", "", ["Accept": "*/*"])) }
  func post(_ path: String, _ form: String) -> String {
    words(reply("POST", "/\(token)/\(path)", form, ["Accept": "text/html"]))
  }

  /// Gives the code, and reads what the page then shows once.
  func confirm() -> (name: String, secret: String) {
    let next = post("confirm", "code=\(code)").dropFirst("303 /\(token)/".count)
    let values = get(String(next)).split(separator: "<code>").dropFirst().map { String($0.prefix { $0 != "<" }) }
    return (values.first ?? "", values.dropFirst().first ?? "")
  }

  func signed(_ method: String, _ target: String, _ key: (name: String, secret: String)) -> String {
    var request = Request(
      method: method, target: target, headers: [Header("Host", "127.0.0.1:80")], peer: "127.0.0.1", port: 80)
    request.sign(with: key.name, key.secret, at: Self.moment)
    return words(reply(request))
  }

  private func words(_ reply: Reply) -> String {
    let place = reply.headers.first { $0.name == "Location" }?.value
    return place.map { "\(reply.status) \($0)" } ?? String(decoding: reply.body, as: UTF8.self)
  }
}
