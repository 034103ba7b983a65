import CustomDump
import Introspection
import Testing

@Suite("What is told of a key, beside what was planned")
struct VerdictTests {
  @Test func `what is as planned`() {
    let verdict = judge([.permissions(.spot(), .account(readOnly: true)), .off, .from("203.0.113.7")])
    expectNoDifference(
      verdict.lines.prefix(4).map(\.end), [.asPlanned, .asPlanned, .asPlanned, .asPlanned])
    #expect(verdict.differences == 0)
    #expect(verdict.danger == KeyVerdict.Danger(risks: [.trade], isBound: true, hasUnknown: false))
  }

  @Test func `a right that nobody planned is too wide`() {
    let verdict = judge([.permissions(.spot(), .account(readOnly: true), .wallet), .off, .from("203.0.113.7")])
    #expect(verdict.isTooWide && verdict.differences == 1)
    #expect(verdict[.right("wallet")]?.end == .tooWide(planned: nil))
    #expect(verdict[.right("wallet")]?.change == "wallet read and write off")
  }

  @Test func `more than the reading that was planned is too wide`() {
    let verdict = judge([.permissions(.spot(), .account(readOnly: false)), .off, .from("203.0.113.7")])
    #expect(verdict[.right("account")]?.end == .tooWide(planned: nil))
    let tracker = KeyPlan(permissions: ["spot-read"], addresses: .none, source: "run 7q4m")
    let spot = judge([.permissions(.spot()), .off, .from()], plan: tracker)
    #expect(spot[.right("spot")]?.end == .tooWide(planned: "spot read only"))
  }

  @Test func `less than planned is missing`() {
    let verdict = judge([.permissions(.spot(readOnly: true), .account(readOnly: true)), .off, .from("203.0.113.7")])
    #expect(!verdict.isTooWide && verdict.differences == 1)
    #expect(verdict[.right("spot-write")]?.end == .missing(planned: "spot read and write"))
    // A part of what was planned is planned.
    #expect(verdict[.right("spot")]?.end == .asPlanned)
  }

  @Test func `what an exchange can't list is not missing`() {
    let plan = KeyPlan(permissions: ["spot-write", "sub-accounts"], addresses: .none, source: "run 7q4m")
    let verdict = judge([.permissions(.spot()), .off, .from()], plan: plan)
    #expect(verdict[.right("sub-accounts")]?.end == .notKnowable)
    #expect(verdict.differences == 0)
  }

  @Test func `an unknown right is shown, and is more than was planned`() {
    let verdict = judge([
      .permissions(.spot(), .account(readOnly: true), Grant("quant", isReadOnly: false, meaning: nil)), .off,
      .from("203.0.113.7"),
    ])
    #expect(verdict[.right("quant")]?.end == .tooWide(planned: nil))
    #expect(verdict[.right("quant")]?.text == "quant is on, a right that Keyusher does not know")
    #expect(verdict.danger?.hasUnknown == true && verdict.differences == 1)
  }

  @Test func `another permission that was planned can't be compared by name`() {
    let plan = KeyPlan(permissions: ["spot-write", KeyPlan.other], addresses: .none, source: "run 7q4m")
    let verdict = judge([.permissions(.spot(), .wallet), .off, .from()], plan: plan)
    #expect(verdict[.right("wallet")]?.end == .notKnowable)
  }

  @Test func `nothing that was not told is as planned`() {
    let verdict = judge([
      KeyObservation(.permissions, .notKnowable("no list came")), KeyObservation(.withdrawal, .notKnowable("no name")),
      KeyObservation(.addresses, .notKnowable("it was null")),
    ])
    #expect(verdict.lines.allSatisfy { $0.end == .notKnowable })
    #expect(verdict.differences == 0 && verdict.danger == nil)
  }

  @Test func `nothing observed is nothing known`() {
    let verdict = judge([])
    #expect(verdict.lines.allSatisfy { $0.end == .notKnowable } && verdict.danger == nil)
  }

  @Test func `no right at all is less than planned`() {
    let verdict = judge([.permissions(), .off, .from("203.0.113.7")])
    #expect(verdict.differences > 0 && !verdict.isTooWide)
  }

  // MARK: - Withdrawal

  /// Kraken has rights that send nothing away by themselves, and prepare it.
  @Test func `what prepares a withdrawal is a right like any other`() {
    let prepares = Grant(
      "add-withdraw-address",
      meaning: Grant.Meaning(title: "add withdrawal address", permission: "add-address", risk: .withdraw))
    let verdict = judge([.permissions(.spot(), .account(readOnly: true), prepares), .off, .from("203.0.113.7")])
    #expect(verdict[.right("add-withdraw-address")]?.end == .tooWide(planned: nil))
    #expect(verdict.danger?.risks.contains(.withdraw) == true)
  }

  @Test func `a right of a key that only reads does no more than read`() {
    let reads = Grant(
      "wallet", isReadOnly: true,
      meaning: Grant.Meaning(title: "wallet read and write", permission: "wallet-write", risk: .transfer))
    let verdict = judge([.permissions(.spot(), .account(readOnly: true), reads), .off, .from("203.0.113.7")])
    #expect(verdict[.right("wallet")]?.end == .noted && verdict.danger?.risks == [.trade])
  }

  @Test(arguments: [nil, ["spot-write"]] as [[String]?])
  func `withdrawal that is on is too wide unless it was planned`(_ permissions: [String]?) {
    let plan = permissions.map { KeyPlan(permissions: $0, addresses: .none, source: "run 7q4m") }
    let verdict = judge([.permissions(.spot(), .withdraw), .on, .from()], plan: plan)
    // Of no plan nothing is told.
    #expect(verdict[.withdrawal]?.end == .tooWide(planned: permissions == nil ? nil : "off"))
    #expect(verdict.danger?.risks.last == .withdraw)
  }

  @Test func `withdrawal that was planned`() {
    let plan = KeyPlan(permissions: ["withdraw"], addresses: .these(["203.0.113.7"]), source: "run 7q4m")
    #expect(judge([.permissions(.withdraw), .on, .from("203.0.113.7")], plan: plan).differences == 0)
    let off = judge([.permissions(.spot()), .off, .from("203.0.113.7")], plan: plan)
    #expect(off[.withdrawal]?.end == .missing(planned: "on"))
  }

  // MARK: - Addresses

  @Test(arguments: [
    (KeyPlan.Addresses.these(["203.0.113.7"]), [], KeyVerdict.End.tooWide(planned: "203.0.113.7")),
    (.these(["203.0.113.7"]), ["203.0.113.7"], .asPlanned),
    (.these(["203.0.113.7"]), ["203.0.113.7", "198.51.100.1"], .tooWide(planned: "203.0.113.7")),
    (.these(["203.0.113.7", "203.0.113.8"]), ["203.0.113.7"], .missing(planned: "203.0.113.7, 203.0.113.8")),
    (.some, [], .tooWide(planned: "an IP list")),
    (.some, ["203.0.113.7"], .asPlanned),
    (.none, [], .asPlanned),
    (.none, ["203.0.113.7"], .missing(planned: "no list")),
    (.notSaid, [], .noted),
    (.notSaid, ["203.0.113.7"], .noted),
  ])
  func `addresses`(_ planned: KeyPlan.Addresses, _ listed: [String], _ end: KeyVerdict.End) {
    let plan = KeyPlan(permissions: ["spot-write"], addresses: planned, source: "run 7q4m")
    let told = KeyObservation(.addresses, .told(.texts(listed)))
    #expect(judge([.permissions(.spot()), .off, told], plan: plan)[.addresses]?.end == end)
  }

  @Test func `nobody is told to take off a list that was not planned`() {
    let plan = KeyPlan(permissions: ["spot-write"], addresses: .none, source: "run 7q4m")
    for told in [KeyObservation.from("203.0.113.7"), KeyObservation(.bound, .told(.truth(true)))] {
      let change = judge([.permissions(.spot()), .off, told], plan: plan)[.addresses]?.change
      #expect(change == "keep the list, and see that the program's address is on it")
    }
  }

  @Test func `of an exchange that tells only whether there is a list`() {
    let hidden = KeyObservation(.addresses, .notKnowable("Binance lists no addresses"))
    let plan = KeyPlan(permissions: nil, addresses: .these(["203.0.113.7"]), source: "run 7q4m")
    func ends(_ isBound: Bool) -> [KeyVerdict.End] {
      judge([.permissions(.spot()), hidden, KeyObservation(.bound, .told(.truth(isBound)))], plan: plan)
        .lines.filter { $0.subject == .addresses }.map(\.end)
    }
    expectNoDifference(ends(true), [.asPlanned, .notKnowable])
    expectNoDifference(ends(false), [.tooWide(planned: "203.0.113.7")])
  }

  // MARK: - The rest

  @Test func `a key of another name may be another key`() {
    var plan = VerdictTests.plan
    plan.label = "grid-bot-01"
    let verdict = judge(
      [.permissions(.spot(), .account(readOnly: true)), KeyObservation(.label, .told(.text("old")))], plan: plan)
    #expect(verdict[.label]?.end == .missing(planned: "grid-bot-01"))
  }

  @Test func `a key that is not usable differs`() {
    let verdict = judge([.permissions(.spot()), KeyObservation(.state, .told(.text("frozen")))], plan: nil)
    #expect(verdict[.state]?.text == "the key is not usable (frozen)" && verdict.differences == 1)
  }

  /// A region's host is not what an account is chosen by.
  @Test(arguments: [
    ("okx", "main", "eea", "noted"), ("okx", "main", "demo", "missing"), ("okx", "demo", "live", "too wide"),
    ("okx", nil, "demo", "noted"), ("bybit", "testnet", "demo", "missing"), ("bybit", "demo", "nl", "too wide"),
    ("gate-io", "sub", "testnet", "missing"), ("gate-io", "nowhere", "testnet", "noted"),
  ])
  func `a key that lives elsewhere`(_ exchange: String, _ account: String?, _ found: String, _ end: String) throws {
    let api = try Samples.api(exchange)
    let line = api.home(try #require(api.environment(found)), account: account)
    let word =
      switch line.end {
      case .tooWide: "too wide"
      case .missing: "missing"
      default: "noted"
      }
    expectNoDifference(word, end)
    #expect(line.text.hasPrefix("it lives at ") && line.text.hasSuffix(", \(api.environment(found)?.hostName ?? "")"))
    let verdict = KeyVerdict([], plan: nil, page: [], reportable: [], home: line)
    expectNoDifference(verdict.lines.first, line)
  }

  @Test(arguments: [
    ("0", "its last nonce is 1772627060997; the next must be higher"),
    ("10000", "its last nonce is 1772627060997; its nonce window is 10000"),
  ])
  func `what a key has counted to`(_ window: String, _ words: String) {
    let verdict = judge([
      KeyObservation(.nonce, .told(.text("1772627060997"))), KeyObservation(.nonceWindow, .told(.text(window))),
    ])
    #expect(verdict[.nonce]?.text == words && verdict[.nonce]?.end == .noted)
  }

  @Test func `days are told as days`() {
    let verdict = judge([
      .permissions(.spot()), KeyObservation(.expiry, .told(.moment(1_796_688_000))),
      KeyObservation(.created, .told(.moment(1_753_030_929))), KeyObservation(.lastUsed, .told(.never)),
    ])
    #expect(verdict[.expiry]?.text == "it ends on 2026-12-08")
    #expect(verdict[.past]?.text == "made 2025-07-20, never used")
  }

  // MARK: - Helpers

  private static let plan = KeyPlan(
    permissions: ["account", "spot-write"], addresses: .these(["203.0.113.7"]), source: "run 7q4m")

  private static let page = [
    PagePermission(id: "account", title: "account read only", risk: .read, within: []),
    PagePermission(id: "spot-read", title: "spot read only", risk: .read, within: ["spot-write"]),
    PagePermission(id: "spot-write", title: "spot read and write", risk: .trade, within: []),
    PagePermission(id: "wallet-write", title: "wallet read and write", risk: .transfer, within: []),
    PagePermission(id: "sub-accounts", title: "sub-account", risk: .manageKeys, within: []),
    PagePermission(id: "withdraw", title: "withdraw", risk: .withdraw, within: []),
  ]

  private func judge(_ observations: [KeyObservation], plan: KeyPlan? = VerdictTests.plan) -> KeyVerdict {
    KeyVerdict(
      observations, plan: plan, page: VerdictTests.page,
      reportable: ["account", "spot-read", "spot-write", "wallet-write"])
  }
}

extension KeyVerdict {
  fileprivate subscript(subject: Subject) -> Line? { lines.first { $0.subject == subject } }
}

extension KeyObservation {
  fileprivate static func permissions(_ grants: Grant...) -> KeyObservation {
    KeyObservation(.permissions, .told(.grants(grants)))
  }

  fileprivate static func from(_ addresses: String...) -> KeyObservation {
    KeyObservation(.addresses, .told(.texts(addresses)))
  }

  fileprivate static let on = KeyObservation(.withdrawal, .told(.truth(true)))
  fileprivate static let off = KeyObservation(.withdrawal, .told(.truth(false)))
}

extension Grant {
  fileprivate static func spot(readOnly: Bool = false) -> Grant {
    Grant(
      "spot", isReadOnly: readOnly,
      meaning: readOnly
        ? Meaning(title: "spot read only", permission: "spot-read", risk: .read)
        : Meaning(title: "spot read and write", permission: "spot-write", risk: .trade))
  }

  fileprivate static func account(readOnly: Bool) -> Grant {
    Grant(
      "account", isReadOnly: readOnly,
      meaning: readOnly
        ? Meaning(title: "account read only", permission: "account", risk: .read)
        : Meaning(title: "account read and write", permission: nil, risk: .read))
  }

  fileprivate static let wallet = Grant(
    "wallet", isReadOnly: false,
    meaning: Meaning(title: "wallet read and write", permission: "wallet-write", risk: .transfer))
  fileprivate static let withdraw = Grant(
    "withdraw", meaning: Meaning(title: "withdraw", permission: "withdraw", risk: .withdraw))
}
