public import PtyHarness

/// A flow with one step of each kind that asks, so that a test walks it in a moment.
public enum SmallFlow {
  public static let id = "test/small"

  public static func text(title: String = "A small ceremony") -> String {
    """
    format: 1
    flow: test/small
    version: 1
    title: \(title)
    summary: One step of each kind.
    steps:
      - id: label
        kind: text
        title: Name the key
        prompt: Name
        why: Because a key without a name is nobody's.
      - id: rights
        kind: select
        title: What may it do?
        prompt: Rights
        required: true
        options:
          - {id: read, title: read}
          - id: withdraw
            title: withdraw
            danger: {word: coins-can-leave, why: Whoever holds the key can send your coins away.}
      - id: login
        kind: confirm
        title: Log in
        prompt: Logged in?
        claimed: logged in
        url: https://www.example.com/keys?a=1&b=2
        source: {from: a test, date: 2026-05-27}
        if-no: stuck
      - {id: store, kind: store, title: Where to keep it, required: true, prompt: Where?}
      - id: credential
        kind: credential
        title: Take the key
        required: true
        store: store
        name: test/bot
        if-lost: stuck
        parts:
          - {name: key, title: API key, secret: false, public-prefix: 12, shape: {length: 32, characters: [hex]}}
          - {name: secret, title: Secret, secret: true, shape: {length: 64, characters: [hex]}}
      - {id: review, kind: review, title: Review, required: true}
      - {id: done, kind: end, title: Done, outcome: completed}
      - {id: stuck, kind: end, title: Stuck, outcome: blocked, reason: it could not be done}

    """
  }

  /// A script that walks it to its end, with the credential from the environment.
  public static let script = """
    flow test/small
    label: bot-1
    rights: read
    login: yes
    store: offline
    credential.key: env:GATE_API_KEY
    credential.secret: env:GATE_API_SECRET
    review: finish
    expect outcome completed

    """

  public static let credential: [String: String?] = ["GATE_API_KEY": Canary.key, "GATE_API_SECRET": Canary.secret]
}

extension Desk {
  /// A desk with the small flow among its own flows.
  public static func small() throws -> Desk {
    let desk = try Desk()
    try desk.write(SmallFlow.text(), to: desk.home + "/flows/test/small.yaml")
    return desk
  }

  /// A desk with the small flow, or another in its place, in the working folder, and scripts beside it.
  public static func testing(_ scripts: [String: String], flow: String = SmallFlow.text()) throws -> Desk {
    let desk = try Desk()
    try desk.write(flow, to: "flows/test/small.yaml")
    for (name, text) in scripts { try desk.write(text, to: "flows/test/\(name)") }
    return desk
  }
}

/// The questions of the small flow, in their order, and those that can come between them.
public enum Prompt: String, CaseIterable, Sendable {
  case label, suspicion, rights, danger, login, store, key, again, secret, copy, review

  /// What stands in front of the cursor.
  public var words: String {
    switch self {
    case .label: "Name: "
    case .rights: "Numbers with commas, or none: "
    case .danger: "The word: "
    case .login, .suspicion, .again: "yes or no: "
    case .store: "Number or name: "
    case .key: "API key: "
    case .secret: "Secret: "
    case .copy: "Last four: "
    case .review: "Enter = finish, or a number to change: "
    }
  }

  /// Whether nothing was answered before it, so that there is no record yet.
  public var isFirst: Bool { step == "label" }

  /// The step at which it is asked.
  public var step: String {
    switch self {
    case .suspicion: "label"
    case .danger: "rights"
    case .key, .again, .secret, .copy: "credential"
    default: rawValue
    }
  }

  /// What a person who wants to get to the end says; nil for what comes only between.
  public var answer: String? {
    switch self {
    case .label: "bot-1"
    case .rights: "read"
    case .login: "yes"
    case .store: "offline"
    case .key: Canary.key
    case .secret: Canary.secret
    case .copy: Canary.lastFour
    case .review: ""
    case .suspicion, .danger, .again: nil
    }
  }

  /// The question, and the answer to it, that a question between comes of.
  public var cause: (Prompt, String)? {
    switch self {
    case .suspicion: (.label, "a1b2c3d4e5f6a7b8c9d0a1b2c3d4e5f6")
    case .danger: (.rights, "withdraw")
    case .again: (.key, "tooshort")
    default: nil
    }
  }

  public static let way = allCases.filter { $0.answer != nil }

  /// Whether stopping here would lose the secret.
  public var isAtStake: Bool { step == "credential" }

  /// What a run that is resumed after stopping here asks first.
  public var afterResume: [Prompt] {
    isAtStake ? [.key, .secret, .copy, .review] : Array(Prompt.way.drop { $0.rawValue != step })
  }
}

extension Pty {
  /// Waits for a question and answers it.
  public func answer(_ prompt: Prompt, _ text: String? = nil) throws {
    try expect(prompt.words)
    try send((text ?? prompt.answer ?? "") + "\r")
  }

  /// Answers the small flow up to a question, and waits for that.
  public func reach(_ prompt: Prompt) throws {
    let last = prompt.cause?.0 ?? prompt
    for question in Prompt.way.prefix(while: { $0 != last }) { try answer(question) }
    if let (question, text) = prompt.cause { try answer(question, text) }
    try expect(prompt.words)
  }

  /// Answers the rest after a resume.
  public func finish(after prompt: Prompt) throws {
    if prompt.isAtStake {
      try expect("Can you still copy it there")
      try expect("yes or no: ")
      try send("yes\r")
    }
    for question in prompt.afterResume { try answer(question) }
  }
}

extension SmallFlow {
  public static func script(key: String, secret: String) -> String {
    script.replacing("env:GATE_API_KEY", with: key).replacing("env:GATE_API_SECRET", with: secret)
  }
}
