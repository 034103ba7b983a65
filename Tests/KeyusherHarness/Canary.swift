import Foundation
public import Glibc
public import SecretSearch

/// A credential that nobody has, and that must be nowhere after a run.
public enum Canary {
  public static let key = "c0ffee17d3a94b5e8f26017bd9e4a35c"
  public static let secret = "9b1f7ce04d82a65f30e91c47b8d26fa513ce70a94d5b82f6e10739acd84be25f"
  public static var lastFour: String { String(secret.suffix(4)) }

  /// Every 16 bytes in a row of key and secret, in each spelling.
  public static let traces = Traces(of: key, secret)

  /// The same of the secret alone, for what may show the key's name at the exchange.
  public static let secretTraces = Traces(of: secret)

  /// The first trace in some bytes; nil if there is none.
  public static func trace(in bytes: [UInt8]) -> String? { traces.first(in: bytes) }
}

/// What every user can see of a process and its children: their command lines, and their environment.
public func visible(of process: pid_t) -> [UInt8] {
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
