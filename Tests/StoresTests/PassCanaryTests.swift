import Battery
import Foundation
import Outside
import SecretMemory
import Testing

@testable import Stores

/// Nothing that a store starts, however deep, sees a secret anywhere but in a pipe.
@Suite(.beside, .counted(as: .canary)) struct PassCanaryTests {
  @Test(arguments: ["pass", "docker-credential-pass"])
  func `no program is given a secret by argument or variable`(_ program: String) throws {
    guard let strace = tool("strace"), let real = tool(program), let home = try PassHome() else { return }
    let log = home.folder.path("log")
    let path = try HostileHelper.path(
      program, "exec \(strace) -f -v -s 65536 -e trace=execve,execveat -A -o \(log) \(real) \"$@\"", in: home.folder)
    let environment = home.environment.merging(["PATH": path]) { $1 }
    let store: any CredentialStore =
      program == "pass"
      ? PassStore(environment: environment) : DockerCredentialStore(helper: program, environment: environment)
    let canary = (0..<5).map { _ in String(UInt64.random(in: .min ... .max), radix: 36) }.joined(separator: "-")
    let (bot, other) = try (Samples.name("gate-io/canary-bot"), Samples.name("gate-io/canary-other"))
    // What was started is looked at even where it then fails.
    let ending = Result {
      try store.put(Samples.bytes(canary), as: bot)
      try store.confirm(bot, holds: Samples.bytes(canary))
      try store.copy(bot, to: other)
      try store.rename(bot, to: other, replacing: true)
      try store.delete(other)
    }
    let text = String(decoding: home.folder.read("log"), as: UTF8.self)
    #expect(text.contains("/gpg\""))
    #expect(text.contains(program == "pass" ? "gate-io/canary-bot" : "\"store\""))
    let characters = Array(canary)
    let windows = (0...(characters.count - 16)).map { String(characters[$0..<($0 + 16)]) }
    #expect(windows.filter { text.contains($0) } == [])
    try ending.get()
  }
}
