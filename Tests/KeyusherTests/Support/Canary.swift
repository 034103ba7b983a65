import Foundation
import Glibc

/// A credential that nobody has, and that must be nowhere after a run.
enum Canary {
  static let key = "c0ffee17d3a94b5e8f26017bd9e4a35c"
  static let secret = "9b1f7ce04d82a65f30e91c47b8d26fa513ce70a94d5b82f6e10739acd84be25f"
  static var lastFour: String { String(secret.suffix(4)) }

  /// Every 16 bytes of key and secret as they are, in hexadecimal and in base64.
  static let traces: [[UInt8]] = [key, secret].flatMap { windows(of: Array($0.utf8)) + encoded(Array($0.utf8)) }

  /// The first trace in some bytes; nil if there is none.
  static func trace(in bytes: [UInt8]) -> String? {
    let searched = Data(bytes)
    return traces.first { searched.range(of: Data($0)) != nil }.map { String(decoding: $0, as: UTF8.self) }
  }

  // MARK: - Private

  private static func windows(of bytes: [UInt8], _ size: Int = 16) -> [[UInt8]] {
    (0...(bytes.count - size)).map { Array(bytes[$0..<($0 + size)]) }
  }

  private static func encoded(_ bytes: [UInt8]) -> [[UInt8]] {
    let digits = Array("0123456789abcdef".utf8)
    let hex = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    // Base64 takes three bytes at a time, so that a text has three spellings.
    let base64 = (0..<3).flatMap { shift in
      windows(of: Array(Data(bytes.dropFirst(shift)).base64EncodedString().utf8.filter { $0 != UInt8(ascii: "=") }))
    }
    return windows(of: hex, 32) + windows(of: hex.map { $0 - ($0 > 0x60 ? 0x20 : 0) }, 32) + base64
  }
}

/// What every user can see of a process and its children: their command lines, and their environment.
func visible(of process: pid_t) -> [UInt8] {
  let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")) ?? []
  let children = tasks.flatMap { task in
    read("/proc/\(process)/task/\(task)/children").split(separator: UInt8(ascii: " "))
      .compactMap { pid_t(String(decoding: $0, as: UTF8.self)) }
  }
  return read("/proc/\(process)/cmdline") + read("/proc/\(process)/environ") + children.flatMap { visible(of: $0) }
}

private func read(_ path: String) -> [UInt8] {
  FileManager.default.contents(atPath: path).map { Array($0) } ?? []
}
