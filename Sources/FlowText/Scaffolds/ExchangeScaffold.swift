/// The folder of an exchange, to begin with: a pack that says of each key what belongs there, a flow for each ceremony,
/// and a script for each flow. All of it lints clean and passes, and claims nothing of the exchange.
public struct ExchangeScaffold: Equatable, Sendable {
  public struct File: Equatable, Sendable {
    /// Its name within the folder of the exchange.
    public var name: String
    public var text: String
  }

  public var files: [File]

  /// - Parameters:
  ///   - id: the name of the folder, for example `acme`.
  ///   - today: YYYY-MM-DD.
  public init(id: String, today: String) {
    let title = id.prefix(1).uppercased() + id.dropFirst().replacing("-", with: " ")
    files = [File(name: "pack.yaml", text: Self.pack(id: id, title: title, today: today))]
    for ceremony in Ceremony.all {
      files.append(
        File(
          name: "\(ceremony.name).yaml",
          text: """
            format: 1
            flow: \(id)/\(ceremony.name)
            version: 1
            title: \(ceremony.title.replacing("EXCHANGE", with: title))
            summary: \(ceremony.summary)
            minutes: \(ceremony.minutes)
            steps:
              - include: shared/\(ceremony.name)

            """))
      files.append(
        File(
          name: "\(ceremony.name).script",
          text: "# \(ceremony.about)\nflow \(id)/\(ceremony.name)\n" + ceremony.answers + "expect outcome completed\n"))
    }
  }

  /// A flow that is one shared group, and a walk through it.
  private struct Ceremony {
    var name: String
    var title: String
    var summary: String
    var minutes: Int
    var about: String
    var answers: String

    static let all = [create, review, rotate, revoke, lost, compromise]

    static let create = Ceremony(
      name: "create-key", title: "Create an API key of EXCHANGE",
      summary:
        "From the plan to a key that one program can use, that is kept safely, and that may do no more than it must.",
      minutes: 15, about: "A grid bot on the spot market, on a server with a fixed address: the straight way.",
      answers: planned + before + "store: offline\n" + made("grid-bot-01") + looked + "review: finish\n")

    static let review = Ceremony(
      name: "review-keys", title: "Review the API keys of EXCHANGE",
      summary:
        "Leads you through every key of the account, its use, permissions and addresses, and to delete what nobody needs.",
      minutes: 10, about: "Two keys: one stays, the other goes, since nothing uses it.",
      answers: """
        login: yes
        list: known
        old-key: grid-bot-01
        in-use: one
        set: read, trade
        addresses: list
        verdict: keep
        more: yes
        old-key: tax-2024
        in-use: nobody
        set: read
        addresses: none
          expect warning FROM-ANYWHERE
        verdict: delete
        delete: deleted
        gone: yes
        more: no
        review: finish

        """)

    static let rotate = Ceremony(
      name: "rotate-key", title: "Replace an API key of EXCHANGE",
      summary: "Leads you to make a new key, to move the program over to it, and only then to delete the old one.",
      minutes: 25, about: "A new key takes over; the old one goes once the program works with the new.",
      answers: "old-key: grid-bot-01\n" + planned + before + "old-key-shows: ok\nstore: offline\n" + made("grid-bot-02")
        + looked + """
          hand-over: ok
          works: fails
          trouble: nothing-fits
          works: works
          delete: deleted
          gone: yes
          clean-up: store, programs, paper
          review: finish

          """)

    static let revoke = Ceremony(
      name: "revoke-key", title: "Revoke an API key of EXCHANGE",
      summary: "Leads you to delete one key, to look that it is gone, and to clear its copies away.",
      minutes: 5, about: "A key whose program is gone: deleted on the page, and out of the store.",
      answers: """
        old-key: grid-bot-01
        reason: not-used
        login: yes
        delete: deleted
        gone: yes
        clean-up: store, programs, paper
          expect exceptions 0
        review: finish

        """)

    static let lost = Ceremony(
      name: "lost-keys", title: "Lost API keys of EXCHANGE",
      summary: "Leads you to delete a key whose secret is lost, and to make a new one in its place.",
      minutes: 20, about: "The secret was not copied: that key goes, a new one is made.",
      answers: """
        lost-how: secret
        old-key: grid-bot-01
        login: yes
        delete: deleted
        gone: yes
        clean-up: paper

        """ + planned + "two-factor: yes\nstore: offline\n" + made("grid-bot-02") + looked + "review: finish\n")

    static let compromise = Ceremony(
      name: "compromise", title: "An API key of EXCHANGE in strange hands",
      summary:
        "Leads you to delete the key first, then to secure the account and to make a new key; says when to look again.",
      minutes: 30, about: "Deleted at once, the account secured, and a new key made on another machine.",
      answers: """
        delete: deleted
        losses: none
        password: yes
        second-factor: yes
        which: old-bot
        gone: yes
        others: none
        how: repository
        new-key: now

        """ + planned + before + "store: offline\n" + made("grid-bot-01") + looked + "review: finish\n")

    // MARK: - What several walks have

    private static let planned = """
      purpose: spot-bot
      program: grid-bot
      where: server
      plan: read, trade
      ip-plan: list

      """

    private static let before = "login: yes\ntwo-factor: yes\n"

    private static func made(_ label: String) -> String {
      """
      navigate: ok
      label: \(label)
      confirm: app
      form: ok
      ready: yes
      credential.key: env:API_KEY
      credential.secret: env:API_SECRET
      put-away: ok

      """
    }

    private static let looked = """
      page-shows: read, trade
      ip-shows: list
        expect exceptions 0

      """
  }
}
