import Foundation

/// Requests that others signed. All keys in them are made up.
enum Vectors {
  /// Of `exchange-signing.json`: made by ccxt 4.5.90, checked with the exchanges' own packages where there are some.
  struct Signed: Decodable {
    var id: String
    var exchange: String
    var apiKey: String
    var secret: String?
    var secretPemLines: [String]?
    var publicKeyX963Hex: String?
    var passphrase: String?
    var method: String
    var host: String
    var path: String
    var query: String
    var body: String?
    var headers: [String: String]

    var secretText: String { secret ?? (secretPemLines ?? []).joined(separator: "\n") + "\n" }
  }

  /// A client's requests as they came to a server on loopback.
  struct Recorded: Decodable {
    struct Request: Decodable {
      var method: String
      var target: String
      var headers: [[String]]
      var body: String

      func header(_ name: String) -> String? {
        headers.first { $0[0].lowercased() == name.lowercased() }.map { $0[1] }
      }
    }

    var client: String
    var key: String
    var secret: String
    var passphrase: String?
    var frozenUnix: Double
    var requests: [Request]
  }

  static var signing: [Signed] {
    get throws {
      struct File: Decodable { var vectors: [Signed] }
      return try decoder.decode(
        File.self, from: Data(contentsOf: folder.appending(path: "exchange-signing.json"))
      )
      .vectors
    }
  }

  /// Those beside the tests, and those of the folder that `KEYUSHER_SIGNING_VECTORS` names.
  static var recorded: [(name: String, Recorded)] {
    get throws {
      let further = ProcessInfo.processInfo.environment["KEYUSHER_SIGNING_VECTORS"].map { URL(fileURLWithPath: $0) }
      return try [folder.appending(path: "recorded"), further].compactMap { $0 }.flatMap { folder in
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
          .filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }
          .map { ($0.lastPathComponent, try decoder.decode(Recorded.self, from: Data(contentsOf: $0))) }
      }
    }
  }

  private static var decoder: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return decoder
  }

  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Vectors")
}
