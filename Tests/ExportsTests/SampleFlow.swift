import FlowCore

/// Texts that would do harm wherever they stood raw.
enum Hostile {
  static let markup = "<script>alert(1)</script><img src=x onerror=y>"
  static let formula = "=cmd|' /C calc'!A0"
  static let link = "](javascript:alert(1)) [x] `tick` | # @someone www.evil.example https://evil.example #12"
  static let hidden = "red\u{1B}[31m \u{202E}txt.exe\u{200B}"
  static let list = "- [x] 1. **bold** _it_ ~~no~~ &lt; $x$"
}

/// A small flow that has every kind of step, every kind of default, and hostile texts in the places a flow can put them.
let sampleFlow = Flow(
  id: "gate-io/create-key", version: 3, title: "Create a Gate.io API key",
  summary: "Leads from the login page to a key that can do no more than it needs.", minutes: 10,
  steps: [
    Step(
      id: "purpose", title: "What is the key for?", text: ["Each program gets its own key, with only what it needs."],
      prompt: ["Which program will use it?"], facts: ["B1", "B2"],
      body: .choose(
        Options([
          Option(id: "spot-bot", title: "spot bot"), Option(id: "tax-export", title: "tax export"),
          Option(id: "other", title: "something else"),
        ]))),
    Step(
      id: "login", title: "Log in",
      text: ["Type the address yourself.", "The address bar must show\nwww.gate.com."], prompt: ["Are you logged in?"],
      url: "https://www.gate.com", needs: ["your Gate.io login", "your 2FA app"],
      source: PageSource(description: "Gate's help pages", date: "2026-05-27"), facts: ["S1"], required: true,
      onEveryWay: true,
      claims: ["logged in"], body: .confirm(Confirmation(ifNo: "stopped"))),
    Step(
      id: "open-page", title: "Open the key page",
      source: PageSource(description: "Gate's help article 17521", date: "2026-05-27", seenLive: "2026-06-02"),
      body: .tell),
    Step(
      id: "label", title: "Name the key \(Hostile.link)", text: [Conditional(Template(Hostile.markup))],
      prompt: [Conditional(Template(segments: [.literal("A label for the "), .answer("purpose", asID: false)]))],
      url: "javascript:alert(1)", claim: false, body: .text(TextRule(shape: Shape(length: 1...200)))),
    Step(
      id: "clock", title: "Is the clock right?", body: .check(.clockPlausible)),
    Step(
      id: "label-check", title: "Is the label new?", body: .check(.labelUnused("label"))),
    Step(id: "confirm", title: "Confirm with 2FA", prompt: ["Which way?"], claim: true, body: .choose(confirmOptions)),
    Step(
      id: "credential", title: "Take the key and its secret",
      body: .credential(
        CredentialRule(
          parts: [
            CredentialPart(
              name: "key", title: "API key", secret: false, shape: Shape(length: 32...32), publicPrefix: 12),
            CredentialPart(name: "secret", title: "API secret", secret: true, shape: Shape(length: 64...64)),
          ], ifLost: "stopped"))),
    Step(id: "shape-check", title: "Does it look right?", body: .check(.shape(of: "credential"))),
    Step(
      id: "permissions", title: "What may it do?", facts: ["S6"],
      warnings: [
        Warning(
          code: "withdraw-set", when: .answer("permissions", .includes(["withdraw"])),
          text: "Whoever holds the key could send your coins away."),
        Warning(
          code: "no-ip-list", when: .answer("permissions", .includes(["spot"])), text: "No IP list was planned."),
      ],
      body: .select(
        Options([
          Option(id: "spot", title: "spot"), Option(id: "account", title: "account"),
          Option(id: "withdraw", title: "withdraw", danger: Danger(word: "withdraw", why: "It moves coins.")),
        ]))),
    Step(
      id: "why-no-ip", title: "Why no IP list?", resolves: ["no-ip-list"], body: .text(TextRule())),
    Step(id: "clipboard", title: "Clear the clipboard", body: .tell),
    Step(id: "review", title: "Review", prompt: ["Finish?"], body: .review, transitions: [Transition(to: "done")]),
    Step(
      id: "detour", title: "Delete the key and start over",
      text: [
        "More at https://www.gate.com/help?a=1&b=2, and (https://www.gate.com).",
        Conditional(
          Template(segments: [
            .literal("Not at https://www.gate.com/"), .answer("purpose", asID: true),
            .literal(" nor https://evil.example/`x` nor xhttps://evil.example"),
          ])),
      ], body: .tell, transitions: [Transition(to: "stopped")]),
    Step(
      id: "stopped", title: "Stopped", body: .end(Ending(outcome: .aborted, reason: ["nobody is logged in"]))),
    Step(
      id: "done", title: "Done",
      body: .end(
        Ending(
          outcome: .completed, reason: ["a key was made"],
          reminders: [
            Reminder(
              days: 30,
              text: Template(segments: [
                .literal("Look at "), .answer("label", asID: false),
                .literal(" on https://www.gate.com/keys: without an IP list Gate ends it after 90 days."),
              ])),
            Reminder(
              days: 1, when: .answer("permissions", .includes(["withdraw"])), text: "Ask who needs to withdraw."),
          ]))),
  ])

private let confirmOptions = Options([Option(id: "app", title: "2FA app"), Option(id: "mail", title: "e-mail")])
