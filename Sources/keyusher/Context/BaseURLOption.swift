import ArgumentParser
import NetProtocol

/// Where a server on this computer is asked in an exchange's place, for whoever tries things out.
struct BaseURLOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A server on this computer to ask in the exchange's place: http://127.0.0.1:PORT.", valueName: "url"))
  var baseURL: String?

  /// Throws unless it is this computer's own, without a path.
  func address() throws -> NetAddress? {
    guard let baseURL else { return nil }
    guard let address = try? NetAddress(baseURL), address.isLoopback, address.origin == address.text else {
      throw CommandError(
        "--base-url takes a server on this computer, without a path",
        hints: ["for example --base-url http://127.0.0.1:8080; an exchange's own host needs no option"], status: .usage)
    }
    return address
  }
}
