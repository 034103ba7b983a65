import ArgumentParser
import FlowCore
import FlowText
import Introspection
import PlainText

/// What a key is meant to be, for whoever asks about one of which no run here knows.
struct PlanOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What the key is to be allowed, with commas: account,spot-write.", valueName: "ids"))
  var plan: String?

  @Option(
    name: .customLong("ip-plan"),
    help: ArgumentHelp(
      "The addresses on its IP list, with commas, or list for any. none: it has none, which is risky.",
      valueName: "list"))
  var addresses: String?

  var isGiven: Bool { plan != nil || addresses != nil }

  /// What was said here, and of what was not said what is known; nil if nothing is.
  func plan(of pack: Pack, over known: KeyPlan?) throws -> KeyPlan? {
    guard isGiven else { return known }
    let permissions = plan.map(PlanOption.words)
    if let strange = permissions?.first(where: { !pack.permissions.contains($0) }) {
      throw CommandError(
        "\(pack.short) has no permission '\(unlessSecret(strange))'",
        hints: ["it has: \(pack.permissions.joined(separator: ", "))"], status: .usage)
    }
    return KeyPlan(
      permissions: permissions ?? known?.permissions, addresses: try said() ?? known?.addresses ?? .notSaid,
      label: known?.label, source: "this command")
  }

  // MARK: - Private

  private func said() throws -> KeyPlan.Addresses? {
    switch addresses {
    case nil: return nil
    case "none": return KeyPlan.Addresses.none
    case "list": return .some
    case let text?:
      let all = PlanOption.words(text)
      let areAddresses = all.allSatisfy { address in
        address.contains { $0 == "." || $0 == ":" } && address.utf8.allSatisfy { $0.isAddressByte }
      }
      guard !all.isEmpty, areAddresses else {
        throw CommandError(
          "--ip-plan takes addresses with commas, or list, or none",
          hints: ["for example --ip-plan 203.0.113.7,203.0.113.8"], status: .usage)
      }
      return .these(all)
    }
  }

  private static func words(_ text: String) -> [String] { text.split { $0 == "," || $0 == " " }.map(String.init) }
}

extension UInt8 {
  /// Whether it can stand in an IPv4 or IPv6 address, or a range of them.
  fileprivate var isAddressByte: Bool {
    switch self {
    case 0x30...0x39, 0x61...0x66, 0x41...0x46, 0x2E, 0x3A, 0x2F: true
    default: false
    }
  }
}
