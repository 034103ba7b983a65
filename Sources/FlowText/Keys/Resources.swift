/// The tables that travel inside the binary.
enum Resources {
  static var apiKeys: String { text(PackageResources.api_keys) }
  static var flowKeys: String { text(PackageResources.flow_keys) }
  static var packKeys: String { text(PackageResources.pack_keys) }
  static var programKeys: String { text(PackageResources.program_keys) }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
