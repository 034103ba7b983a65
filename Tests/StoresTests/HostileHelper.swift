import Foundation
import Outside
import SecretMemory

@testable import Stores

/// What a helper program may do to us, as lines of a shell script, and what a store must say of it.
struct HostileHelper: Sendable, CustomStringConvertible {
  let description: String
  let script: String
  let ending: Ending

  /// How a run of it is seen to end.
  enum Ending {
    /// It is stopped.
    case never
    /// It is stopped, for it prints too much.
    case tooMuch
    case status(Int32)
    /// It says that all is well, and prints nothing, what can't be read, or an answer of its own.
    case nothing, rubbish, emptySecret, anothersSecret
  }

  /// What stands in the errors of nobody: printed by helpers, or kept by the tests.
  static let canary = "CANARY-7f3a9c51e2d84b60-a1b2c3d4e5f60718"
  static let escape = "\u{1B}]52;c;QUFB\u{7}"

  static let all = [
    HostileHelper("hangs", "exec sleep 1000", .never),
    HostileHelper("hangs with all its pipes closed", "exec sleep 1000 0<&- 1>&- 2>&-", .never),
    HostileHelper("drips", "while :; do printf x; sleep 0.2; done", .never),
    HostileHelper("prints a gigabyte", "exec head -c 1000000000 /dev/zero", .tooMuch),
    HostileHelper("prints a gigabyte of errors", "head -c 1000000000 /dev/zero >&2; exit 1", .status(1)),
    HostileHelper("closes early", "exec 0<&- 1>&- 2>&-; exit 0", .nothing),
    HostileHelper("ignores what it is given", "exit 3", .status(3)),
    HostileHelper("prints no text", #"printf '\377\376{'"#, .rubbish),
    HostileHelper("gives an empty secret", "EMPTY", .emptySecret),
    HostileHelper("gives another's secret", "ANOTHER", .anothersSecret),
    HostileHelper("prints escape sequences", #"printf '\033]52;c;QUFB\007' >&2; exit 1"#, .status(1)),
    HostileHelper("prints escape sequences as an answer", #"printf '\033]52;c;QUFB\007'; exit 1"#, .status(1)),
    HostileHelper("is killed", "kill -9 $$", .status(137)),
    HostileHelper("repeats the secret as an error", "cat >&2; echo \(canary) >&2; exit 1", .status(1)),
    HostileHelper("repeats the secret and fails", "cat; echo \(canary); exit 1", .status(1)),
    // The daemon goes when the test's folder does.
    HostileHelper("leaves a daemon at the pipes", "(while [ -e \"$0\" ]; do sleep 0.1; done) & exit 0", .nothing),
  ]

  init(_ description: String, _ script: String, _ ending: Ending) {
    self.description = description
    self.script = script
    self.ending = ending
  }

  /// Puts a program into a folder of `folder` that is then first in PATH, and returns the PATH.
  static func path(_ program: String, _ lines: String, in folder: Folder) throws -> String {
    let programs = folder.path("bin")
    try FileManager.default.createDirectory(
      atPath: programs, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try install("#!/bin/sh\n\(lines)\n", at: "\(programs)/\(program)")
    return "\(programs):/usr/bin:/bin"
  }
}
