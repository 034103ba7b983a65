import Foundation
import PtyHarness

/// The probe, built beside the test bundle.
let probe =
  Bundle.allBundles.map(\.bundleURL).first { $0.pathExtension == "xctest" }
  .map { $0.deletingLastPathComponent().appendingPathComponent("TerminalProbe").path }
  ?? URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent("TerminalProbe")
  .path

/// A home without a person's `~/.inputrc`.
let plainEnvironment = [
  "TERM": "xterm", "LC_ALL": "C.UTF-8", "INPUTRC": "/dev/null", "HOME": "/nonexistent", "PATH": "/usr/bin:/bin",
]

func start(
  _ steps: String..., setting changes: [String: String] = [:], columns: Int = 80
) throws -> Pty {
  try Pty(probe, steps, environment: plainEnvironment.merging(changes) { $1 }, columns: columns)
}

/// The checksum by which the probe shows what it took.
func checksum(_ text: String) -> UInt32 {
  text.utf8.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
}

func taken(_ secret: String) -> String { "secret: \(secret.utf8.count) bytes, checksum \(checksum(secret))" }

/// A line that nobody would type, made for one test.
let canary = "Kq7zR2mX9vB4tL8wN3pJ6yHcD5sF1gAe0uTi"
