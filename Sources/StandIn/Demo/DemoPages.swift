import PlainText

/// What the demo's pages show and do.
struct DemoPages {
  enum Outcome {
    case page(DemoPage)
    /// What was sent is done; the browser goes on to this page.
    case goOn(String)
  }

  var account: DemoAccount
  let random: (Int) -> [UInt8]
  let moment: Moment

  /// The only one who has an account. Whatever stands on a page is no secret.
  static let user = "demo"
  static let password = "play-money"

  mutating func answer(_ method: String, _ path: String, _ form: Form) -> Outcome {
    let parts = path.split(separator: "/").map(String.init)
    if method == "POST", parts == ["login"] { return logIn(form) }
    guard account.isLoggedIn else { return .page(login()) }
    switch (method, parts.count, parts.first) {
    case ("GET", 0, _): return .goOn("keys")
    case ("GET", 1, "keys"): return .page(list())
    case ("GET", 1, "new"): return .page(newKey())
    case ("POST", 1, "new"): return take(form, changing: nil)
    case ("GET", 1, "confirm"): return .page(confirmation())
    case ("POST", 1, "confirm"): return confirm(form)
    case (_, 2, "keys"), (_, 2, "delete"):
      guard let place = account.entries.firstIndex(where: { $0.key.name == parts[1] }) else { break }
      if method == "GET", parts[0] == "keys" { return .page(key(at: place)) }
      if method == "POST", parts[0] == "keys" { return take(form, changing: account.entries[place].key) }
      if method == "POST" {
        account.entries.remove(at: place)
        return .goOn("keys")
      }
    default: break
    }
    return .page(
      DemoPage(status: 404, title: "There is no such page", blocks: [.link("To the list of keys", to: "keys")]))
  }

  // MARK: - Logging in

  private func login(_ problem: String? = nil) -> DemoPage {
    DemoPage(
      title: "Log in",
      blocks: problems(problem) + [
        .text("This is no exchange: it is a page of Keyusher's own to try things at. The account is yours alone."),
        .text("Its name is \(DemoPages.user), its password \(DemoPages.password). Never type one of your own here."),
        .form(
          .init(
            action: "login",
            fields: [
              .init(name: "name", title: "Name", example: DemoPages.user),
              .init(name: "password", title: "Password", example: DemoPages.password),
            ],
            button: "Log in")),
      ])
  }

  private mutating func logIn(_ form: Form) -> Outcome {
    guard form["name"] == DemoPages.user, form["password"] == DemoPages.password else {
      return .page(login("The name is \(DemoPages.user), the password \(DemoPages.password)."))
    }
    account.isLoggedIn = true
    return .goOn("keys")
  }

  // MARK: - Keys

  private func list() -> DemoPage {
    var blocks: [DemoPage.Block] = [.link("Create API key", to: "new")]
    if account.entries.isEmpty { blocks.append(.text("There are no keys yet.")) }
    for entry in account.entries {
      let rights = DemoRight.rights(entry.key.powers).map(\.title)
      blocks += [
        .heading(entry.key.label), .fact("Key", "\(entry.key.name.prefix(12))*****"),
        .fact("Permissions", rights.isEmpty ? "none" : rights.joined(separator: "; ")),
        .fact("IP list", entry.key.addresses.isEmpty ? "none" : addresses(entry.key)),
        .link("Edit \(entry.key.label)", to: "keys/\(entry.key.name)"),
      ]
    }
    blocks += [
      .heading("Play money"),
      .text("\(play(account.money)) play dollars, \(account.coins) play coin\(account.coins == 1 ? "" : "s")."),
    ]
    return DemoPage(title: "API Management", blocks: blocks)
  }

  private func newKey(_ problem: String? = nil, _ form: Form? = nil) -> DemoPage {
    let label = DemoPage.Field(
      name: "remark", title: "Remark", hint: "The key's name: letters, digits, hyphens.", value: form?["remark"] ?? "",
      example: "grid-bot-01")
    let rights = form.map { self.rights(in: $0) } ?? []
    return DemoPage(
      title: "Create API key",
      blocks: problems(problem) + [
        .form(
          .init(action: "new", fields: [label] + settings(rights, form?["addresses"] ?? ""), button: "Submit"))
      ])
  }

  private mutating func key(at place: Int, _ problem: String? = nil) -> DemoPage {
    let entry = account.entries[place]
    var blocks = problems(problem)
    if !entry.isSecretShown, case .secret(let secret) = entry.key.signer {
      account.entries[place].isSecretShown = true
      blocks += [
        .text("The secret is shown once: when you leave this page it is gone."), .fact("API key", entry.key.name),
        .fact("Secret", secret),
      ]
    } else {
      blocks += [.fact("Key", "\(entry.key.name.prefix(12))*****"), .text("Its secret was shown once, and is gone.")]
    }
    blocks += [
      .heading("What it may do"),
      .form(
        .init(
          action: "keys/\(entry.key.name)",
          fields: settings(DemoRight.rights(entry.key.powers), addresses(entry.key)), button: "Save")),
      .heading("Delete it"),
      .form(.init(action: "delete/\(entry.key.name)", fields: [], button: "Delete this key")),
      .link("Back to the list of keys", to: "keys"),
    ]
    return DemoPage(title: entry.key.label, blocks: blocks)
  }

  private func settings(_ rights: [DemoRight], _ addresses: String) -> [DemoPage.Field] {
    [
      DemoPage.Field(
        name: "right", title: "Permissions", hint: "Tick only what the program needs.",
        kind: .ticks(DemoRight.allCases.map { ($0.rawValue, $0.title, rights.contains($0)) }),
        example: DemoRight.account.rawValue),
      DemoPage.Field(
        name: "addresses", title: "IP permissions",
        hint: "Addresses with commas between them, or nothing: no list. This computer is 127.0.0.1.",
        value: addresses, example: addresses.replacing(" ", with: "")),
    ]
  }

  private mutating func take(_ form: Form, changing key: Key?) -> Outcome {
    let label = key?.label ?? form["remark"]
    guard (2...30).contains(label.utf8.count), label.utf8.areWord(with: "-_.") else {
      return .page(newKey("A remark has 2 to 30 letters, digits, hyphens, underscores or dots.", form))
    }
    if key == nil, account.entries.contains(where: { $0.key.label == label }) {
      return .page(newKey("There is a key of this name already.", form))
    }
    let words = form["addresses"].split { ", ".contains($0) }.map(String.init)
    let found = words.compactMap { Address($0) }
    guard found.count == words.count, words.count <= 20 else {
      let problem = "IP permissions: at most 20 addresses such as 127.0.0.1, with commas between them."
      guard let key, let place = account.entries.firstIndex(where: { $0.key.name == key.name }) else {
        return .page(newKey(problem, form))
      }
      return .page(self.key(at: place, problem))
    }
    let code = random(6).map { String($0 % 10) }.joined()
    account.pending = .init(
      changes: key?.name, label: label, rights: rights(in: form), addresses: found, code: code)
    return .goOn("confirm")
  }

  // MARK: - Confirming

  private func confirmation(_ problem: String? = nil) -> DemoPage {
    guard let pending = account.pending else {
      return DemoPage(
        title: "Nothing waits for a code", blocks: [.link("To the list of keys", to: "keys")])
    }
    let rights = pending.rights.map(\.title).joined(separator: "; ")
    let addresses = pending.addresses.map(\.text).joined(separator: ", ")
    return DemoPage(
      title: "Confirm with 2FA",
      blocks: problems(problem) + [
        .fact("Remark", pending.label), .fact("Permissions", rights.isEmpty ? "none" : rights),
        .fact("IP list", addresses.isEmpty ? "none: it works from anywhere" : addresses),
        .text("A real page takes the code from your own device. Here the page supplies it: \(pending.code)"),
        .form(
          .init(
            action: "confirm",
            fields: [.init(name: "code", title: "2FA code", kind: .code, example: pending.code)], button: "Confirm")),
        .link("Leave it", to: "keys"),
      ])
  }

  private mutating func confirm(_ form: Form) -> Outcome {
    guard let pending = account.pending else { return .page(confirmation()) }
    guard form["code"].filter({ $0 != " " }) == pending.code else {
      return .page(confirmation("That is not the code."))
    }
    return .goOn("keys/" + account.confirm(pending, at: moment, random: random))
  }

  // MARK: - Words

  private func problems(_ problem: String?) -> [DemoPage.Block] { problem.map { [.problem($0)] } ?? [] }

  private func rights(in form: Form) -> [DemoRight] {
    let names = form.all("right")
    return DemoRight.allCases.filter { names.contains($0.rawValue) }
  }

  private func addresses(_ key: Key) -> String { key.addresses.map(\.text).joined(separator: ", ") }
}

/// Play cents as dollars: `40.05`.
func play(_ cents: Int64) -> String { "\(cents / 100).\((cents % 100).padded(to: 2))" }
