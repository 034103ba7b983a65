import Ceremony
import Foundation
import Stores

/// Starts the desktop's browser on an https address: found once, without a shell, with a clean environment.
struct Browser: AddressOpening {
  let environment: [String: String]

  func open(_ address: String) -> String? {
    guard let url = URL(string: address), url.scheme == "https", url.host != nil, url.user == nil,
      address.unicodeScalars.allSatisfy({ $0.isASCII && $0.value > 0x20 && $0.value != 0x7F })
    else { return "That is no plain https address; it was not opened." }
    guard environment["DISPLAY"] != nil || environment["WAYLAND_DISPLAY"] != nil else {
      return "There is no desktop in this session. Type the address into a browser yourself."
    }
    guard let program = SearchPath(environment["PATH"]).first("xdg-open") else {
      return "There is no xdg-open here. Copy the address into a browser."
    }
    do throws(StoreError) { try SearchPath.requireSafe(program) } catch {
      return "\(error.what). Copy the address into a browser."
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = [address]
    process.environment = environment.filter { Browser.passed.contains($0.key) }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    do {
      try process.run()
      return nil
    } catch {
      return "xdg-open did not start. Copy the address into a browser."
    }
  }

  // MARK: - Private

  /// What a browser needs of the environment; nothing else is handed on.
  static let passed: Set<String> = [
    "DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "XDG_RUNTIME_DIR", "XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE",
    "XDG_DATA_DIRS", "XDG_CONFIG_HOME", "DBUS_SESSION_BUS_ADDRESS", "HOME", "PATH", "LANG", "LC_ALL", "USER", "BROWSER",
  ]
}
