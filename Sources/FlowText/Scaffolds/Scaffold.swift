/// A small flow and its script, to begin with: both without a finding.
public struct Scaffold: Equatable, Sendable {
  public var flow: String
  public var script: String

  /// - Parameters:
  ///   - id: PROVIDER/NAME.
  ///   - today: YYYY-MM-DD.
  ///   - host: the one that its page is on.
  public init(id: String, today: String, host: String? = nil) {
    let host = host ?? "www.example.com"
    let provider = id.prefix { $0 != "/" }
    flow = """
      # What this flow is for, and for whom. flows/README.md of Keyusher explains every key.
      format: 1
      flow: \(id)
      version: 1
      title: Make a key
      summary: From a name for the key to a key that is kept safely.
      minutes: 5
      steps:

        # What is wanted, before any page is opened.
        - id: label
          kind: text
          title: Name the key
          say: One program, one key. The name tells in a year which key is which.
          prompt: Name of the key
          required: true
          default: bot-01
          shape: {max: 32, characters: [lower, digits], also: "-", message: "Small letters, digits and hyphens."}

        # The store comes before the page makes the key: the secret may be shown only once, and then there must be a place for it.
        - id: store
          kind: store
          title: Where to keep it
          required: true
          prompt: Where shall it be kept?

        # What is said of a page has a source, with the day it was read. 'seen-live' only if somebody looked at the page.
        - id: page
          kind: confirm
          title: Open the page and make the key
          say: "Open the page of API keys, and make a key of the name {label}."
          prompt: Is the key shown?
          url: https://\(host)/api-keys
          source: {from: the help pages of \(host), date: \(today)}
          claimed: the key is shown
          if-no: not-made

        - id: credential
          kind: credential
          title: Take the key and its secret
          required: true
          store: store
          name: \(provider)/{label}
          if-lost: lost
          parts:
            - {name: key, title: API key, secret: false}
            - {name: secret, title: Secret, secret: true}

        # The person sees all answers once more, and may change any.
        - {id: review, kind: review, title: Look at your answers}
        - id: done
          kind: end
          outcome: completed
          reminders: [{days: 90, text: Is the key still needed?}]
          then: [Tell the program where its key is.]

        # Where the way leads otherwise.
        - id: lost
          kind: confirm
          title: The secret is lost
          say: Delete that key on the page. A key whose secret nobody has is of no use to you.
          prompt: Make another one?
          if-no: stopped
          next: page
        - {id: stopped, kind: end, outcome: aborted, reason: The secret was lost.}
        - {id: not-made, kind: end, outcome: blocked, reason: The page made no key.}

      """
    script = """
      # The straight way. 'keyusher flow test' rehearses it: what env: names is made up then, and not read.
      flow \(id)
      label: bot-01
      store: offline
      page: yes
      credential.key: env:API_KEY
      credential.secret: env:API_SECRET
      review: finish
      expect exceptions 0
      expect outcome completed

      """
  }
}

/// Whether a text can be the id of a flow: PROVIDER/NAME.
public func isFlowID(_ text: String) -> Bool {
  let parts = text.split(separator: "/", omittingEmptySubsequences: false)
  return parts.count == 2 && parts.allSatisfy { isID($0) }
}
