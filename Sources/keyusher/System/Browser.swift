import Ceremony
import HelperPrograms

/// Starts the desktop's browser on an https address, or one of this computer: found once, without a shell, with a clean environment.
struct Browser: AddressOpening {
  let environment: [String: String]

  func open(_ address: String) -> String? {
    guard Browser.isPlain(address) else { return "That is no plain https address; it was not opened." }
    guard environment["DISPLAY"] != nil || environment["WAYLAND_DISPLAY"] != nil else {
      return "There is no desktop in this session. Type the address into a browser yourself."
    }
    guard let program = SearchPath(environment["PATH"]).first("xdg-open") else {
      return "There is no xdg-open here. Copy the address into a browser."
    }
    do throws(HelperError) { try SearchPath.requireSafe(program) } catch {
      return "\(error.what). Copy the address into a browser."
    }
    let passed = environment.filter { Browser.passed.contains($0.key) }
    return startDetached(program, [address], environment: passed) == 0
      ? nil : "xdg-open did not start. Copy the address into a browser."
  }

  // MARK: - Private

  /// Whether it is an address of https, or of this computer, with a host and without a user, in visible characters of ASCII.
  private static func isPlain(_ address: String) -> Bool {
    guard let scheme = ["https://", "http://127.0.0.1:"].first(where: address.hasPrefix),
      address.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
    else { return false }
    let authority = address.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
    // Of this computer's own it is the port that is left.
    if scheme.hasPrefix("http:") { return UInt16(authority) != nil }
    return !authority.isEmpty && !authority.hasPrefix(":") && !authority.contains("@")
  }

  /// What a browser needs of the environment; nothing else is handed on.
  static let passed: Set<String> = [
    "DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "XDG_RUNTIME_DIR", "XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE",
    "XDG_DATA_DIRS", "XDG_CONFIG_HOME", "DBUS_SESSION_BUS_ADDRESS", "HOME", "PATH", "LANG", "LC_ALL", "USER", "BROWSER",
  ]
}
