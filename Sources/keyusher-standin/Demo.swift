import ArgumentParser
import StandIn

/// The made-up exchange that `keyusher demo` starts.
struct Demo: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "Serves a page on which keys for play money are made; 'keyusher demo' starts it.",
    discussion: """
      It prints 'listening http://127.0.0.1:PORT', then 'page http://127.0.0.1:PORT/TOKEN/'. It keeps nothing, and ends with \
      Ctrl-C, or where its input ends.
      """)

  @Option(help: "Where to listen; 0 for any port that is free.")
  var port: UInt16 = 0

  func run() throws { try saying { try serve() } }

  private func serve() throws {
    var endings = Endings()
    let site = DemoSite { count in (0..<count).map { _ in UInt8.random(in: .min ... .max) } }
    let server = try Server(port: Int(port)) { site.answer($0, at: now()) }
    writeLine("listening http://127.0.0.1:\(server.port)")
    writeLine("page http://127.0.0.1:\(server.port)\(site.root)")
    endings.waitForInputToEnd()
    try server.stop()
  }
}
