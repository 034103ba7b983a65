import Battery
import Foundation
import Outside
import SecretMemory
import Testing

@testable import Stores

/// Every hostile helper against every verb: nothing waits for ever, nothing is lost, and no error tells a secret.
@Suite(.beside, .counted(as: .helpers)) struct HelperHostilityTests {
  enum PassVerb: String, CaseIterable { case confirm, put, rename, copy, delete }
  enum DockerVerb: String, CaseIterable { case list, get, store, erase }

  @Test(arguments: HostileHelper.all, PassVerb.allCases)
  func `a hostile pass is found out`(_ helper: HostileHelper, _ verb: PassVerb) throws {
    guard tool("gpg") != nil else { return }
    let folder = try Folder()
    for place in ["store", "store/keyusher", "store/keyusher/gate-io"] {
      try FileManager.default.createDirectory(at: folder.url(place), withIntermediateDirectories: false)
    }
    _ = try folder.write([], to: "store/.gpg-id")
    let entry = "store/keyusher/gate-io/bot.gpg"
    _ = try folder.write(Array("entry".utf8), to: entry)
    let script = helper.script == "EMPTY" ? "exit 0" : helper.script == "ANOTHER" ? "echo '{}'" : helper.script
    let store = PassStore(
      environment: [
        "PASSWORD_STORE_DIR": folder.path("store"), "PATH": try HostileHelper.path("pass", script, in: folder),
      ], patience: patience(helper), patienceWithPeople: patience(helper))
    let (bot, other) = try (Samples.name("gate-io/bot"), Samples.name("gate-io/other"))
    let secret = Samples.bytes(HostileHelper.canary)
    let error = #expect(throws: StoreError.self) {
      switch verb {
      case .confirm: try store.confirm(bot, holds: secret)
      case .put: try store.put(secret, as: other)
      case .rename: try store.rename(bot, to: other, replacing: false)
      case .copy: try store.copy(bot, to: other)
      case .delete: try store.delete(bot)
      }
    }
    #expect(error == expected(helper, verb, bot))
    checkWords(error)
    #expect(try store.names() == [bot])
    #expect(folder.read(entry) == Array("entry".utf8))
  }

  @Test(arguments: HostileHelper.all, DockerVerb.allCases)
  func `a hostile credential helper is found out`(_ helper: HostileHelper, _ verb: DockerVerb) throws {
    let folder = try Folder()
    let bot = try Samples.name("gate-io/bot")
    let url = "https://keyusher.invalid/"
    let script =
      switch helper.script {
      case "EMPTY": #"echo '{"ServerURL":"\#(url)gate-io/bot","Username":"","Secret":""}'"#
      case "ANOTHER": #"echo '{"ServerURL":"\#(url)gate-io/evil","Username":"keyusher","Secret":"s"}'"#
      default: helper.script
      }
    let lines = """
      case "$1" in
      \(verb)) \(script) ;;
      list) echo '{"\(url)gate-io/bot":"keyusher"}' ;;
      get) cat >/dev/null; echo '{"ServerURL":"\(url)gate-io/bot","Username":"keyusher","Secret":"s"}' ;;
      *) cat >/dev/null ;;
      esac
      """
    let store = DockerCredentialStore(
      helper: "docker-credential-test",
      environment: ["PATH": try HostileHelper.path("docker-credential-test", lines, in: folder)],
      patience: patience(helper))
    let secret = Samples.bytes(HostileHelper.canary)
    var error: StoreError?
    do {
      switch verb {
      case .list: #expect(try store.names() == [])
      case .get: try store.confirm(bot, holds: secret)
      case .store: try store.put(secret, as: Samples.name("gate-io/other"))
      case .erase: try store.delete(bot)
      }
    } catch let failure as StoreError {
      error = failure
    }
    #expect(error == expected(helper, verb, bot))
    checkWords(error)
  }

  // MARK: - What must be said

  /// One second where a helper is to be given up on, and for the others more than they can need.
  private func patience(_ helper: HostileHelper) -> Int {
    if case .never = helper.ending { 1 } else { 120 }
  }

  private func expected(_ helper: HostileHelper, _ verb: PassVerb, _ bot: EntryName) -> StoreError {
    let (command, idle) =
      switch verb {
      case .confirm: ("show", "")
      case .put: ("insert", "wrote nothing")
      case .rename: ("mv", "moved nothing")
      case .copy: ("cp", "copied nothing")
      case .delete: ("rm", "removed nothing")
      }
    func broken(_ what: String) -> StoreError { .broken(store: "pass", why: "'pass \(command)' \(what)") }
    return switch helper.ending {
    case .never: .timedOut(program: "pass", seconds: 1)
    case .tooMuch: .broken(store: "pass", why: "'pass' printed more than 65536 bytes")
    case .status(let status): broken("ended with status \(status)")
    case .nothing, .emptySecret: verb == .confirm ? .damaged(bot, why: "it is empty") : broken(idle)
    case .rubbish, .anothersSecret: verb == .confirm ? .differs(bot) : broken(idle)
    }
  }

  private func expected(_ helper: HostileHelper, _ verb: DockerVerb, _ bot: EntryName) -> StoreError? {
    let program = "docker-credential-test"
    func broken(_ verb: DockerVerb, _ what: String) -> StoreError {
      .broken(store: program, why: "'\(program) \(verb)' \(what)")
    }
    switch helper.ending {
    case .never: return .timedOut(program: program, seconds: 1)
    case .tooMuch: return .broken(store: program, why: "'\(program)' printed more than 65536 bytes")
    case .status(let status): return broken(verb, "ended with status \(status)")
    case .nothing, .rubbish, .emptySecret, .anothersSecret: break
    }
    switch (verb, helper.ending) {
    case (.store, _): return broken(.get, "answered for another entry")
    case (.erase, _): return broken(.erase, "erased nothing")
    case (.get, .emptySecret): return .missing(bot)
    case (.get, .anothersSecret): return broken(.get, "answered for another entry")
    case (.list, .emptySecret), (.list, .anothersSecret): return nil
    default: return broken(verb, "gave no answer that can be read")
    }
  }

  /// No error tells what a helper printed, or was given.
  private func checkWords(_ error: StoreError?) {
    guard let error else { return }
    for words in ["\(error)", String(reflecting: error)] {
      #expect(!words.contains(HostileHelper.canary.prefix(16)))
      #expect(!words.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x07 })
    }
  }
}
