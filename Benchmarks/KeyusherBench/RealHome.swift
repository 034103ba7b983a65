import Foundation
import Records

/// A home with many records of the shipped walk: one is walked, the others are the same under other ids and labels, their
/// chains made anew.
struct RealHome {
  let path: String
  /// The files of its records, as paths.
  let files: [String]
  /// One record that has ended, and one that can be gone on with.
  let ended: String
  let left: String

  private static let label = "grid-bot-01"

  /// Walks the flow, then makes the other records.
  init(_ bench: Bench, records count: Int) throws {
    path = try bench.makeFolder("homes/\(count)")
    let template = try RealHome.walk(bench, home: path)
    let lines = try RealHome.lines(of: template.file)
    for number in 1..<count {
      let run = RunID.make(from: UInt32(number))
      let text = RealHome.chained(
        lines.map { line in
          line.replacing("\"run\":\"\(template.run)\"", with: "\"run\":\"\(run)\"")
            .replacing(RealHome.label, with: String(format: "bot-%07d", number))
        })
      let file = "\(path)/records/\(run).jsonl"
      guard FileManager.default.createFile(atPath: file, contents: text, attributes: [.posixPermissions: 0o600]) else {
        throw Bench.Obstacle(description: "'\(file)' can't be written")
      }
    }
    ended = template.run
    left = try RealHome.leave(bench, home: path)
    files = try FileManager.default.contentsOfDirectory(atPath: path + "/records").filter { $0.hasSuffix(".jsonl") }
      .map { [path] in "\(path)/records/\($0)" }.sorted()
  }

  var bytes: Int { files.reduce(0) { $0 + (FileManager.default.contents(atPath: $1)?.count ?? 0) } }

  // MARK: - Private

  private static func walk(_ bench: Bench, home: String) throws -> (run: String, file: String) {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: "../../flows/gate-io/create-key.script").path
    return try replay(script, bench, home: home, status: 0)
  }

  /// A run that stands at its second question.
  private static func leave(_ bench: Bench, home: String) throws -> String {
    let script = bench.folder + "/left.script"
    try Data("flow gate-io/create-key\npurpose: spot-bot\n".utf8).write(to: URL(fileURLWithPath: script))
    return try replay(script, bench, home: home, status: 4).run
  }

  private static func replay(
    _ script: String, _ bench: Bench, home: String, status: Int32
  ) throws -> (run: String, file: String) {
    let records = home + "/records"
    let before = Set((try? FileManager.default.contentsOfDirectory(atPath: records)) ?? [])
    let secrets = [
      "GATE_API_KEY": String(repeating: "0f", count: 16), "GATE_API_SECRET": String(repeating: "ab", count: 32),
    ]
    let environment = bench.environment(home: home).merging(secrets) { $1 }
    let errand = try Errand.run(bench.keyusher, ["replay", script], environment: environment)
    let new = try Set(FileManager.default.contentsOfDirectory(atPath: records)).subtracting(before)
    guard errand.status == status, let name = new.first(where: { $0.hasSuffix(".jsonl") }) else {
      throw Bench.Obstacle(description: "the walk ended with \(errand.status)")
    }
    return (String(name.dropLast(".jsonl".count)), "\(records)/\(name)")
  }

  /// The salt and the payload of each line.
  private static func lines(of file: String) throws -> [Line] {
    try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").map { line in
      guard let salt = line.firstRange(of: "\"salt\":\""), let payload = line.firstRange(of: "\"payload\":") else {
        throw Bench.Obstacle(description: "'\(file)' is no record")
      }
      return Line(
        salt: String(line[salt.upperBound...].prefix { $0 != "\"" }),
        payload: String(line[payload.upperBound...].dropLast()))
    }
  }

  private struct Line {
    var salt: String
    var payload: String

    func replacing(_ text: String, with other: String) -> Line {
      Line(salt: salt, payload: payload.replacing(text, with: other))
    }
  }

  /// Lines as a journal has them: each with its sum, and the chain that it belongs to.
  private static func chained(_ lines: [Line]) -> Data {
    var chain = [UInt8](repeating: 0, count: 32)
    var text = ""
    for (index, line) in lines.enumerated() {
      let salt = Data(base64Encoded: line.salt) ?? Data()
      let sum = hexadecimalSHA256(of: Array(salt) + Array(line.payload.utf8))
      chain = bytes(hexadecimalSHA256(of: chain + bytes(sum) + Array(String(index + 1).utf8)))
      let digits = chain.map { String(format: "%02x", $0) }.joined()
      text += "{\"line\":\(index + 1),\"chain\":\"\(digits)\",\"sum\":\"\(sum)\",\"salt\":\"\(line.salt)\",\"payload\":"
      text += line.payload + "}\n"
    }
    return Data(text.utf8)
  }

  private static func bytes(_ digits: String) -> [UInt8] {
    let digits = Array(digits.utf8)
    return stride(from: 0, to: digits.count, by: 2).map { place in
      UInt8(String(decoding: digits[place..<place + 2], as: UTF8.self), radix: 16) ?? 0
    }
  }
}
