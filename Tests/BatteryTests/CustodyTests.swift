import Battery
import KeyusherHarness
import SecretMemory
import Stores
import Synchronization
import Testing

/// Group J too: a store that does not keep what it was given is found out before the page is closed.
@Suite struct CustodyTests {
  /// How a store that says "kept" goes wrong.
  enum Lie: CaseIterable {
    case forgets, keepsTheFirstHalf, keepsAnother, keepsNothing, keepsUnderAnotherName, changesOneBit, addsALineFeed
  }

  @Test func `A store that lies about what it keeps is found out, by a probe and by a key`() throws {
    let pending = try #require(EntryName("pending/7q4m.credential"))
    let probe = try #require(EntryName("probe/0a1b"))
    let secret = try SecretBytes(copying: Array(Canary.secret.utf8))
    sweep(.helpers, Lie.allCases.flatMap { lie in [(lie, true), (lie, false)] }) { lie, isProbe in
      let custody = Custody(LyingStore(lie))
      do {
        if isProbe { try custody.prove(with: probe, secret) } else { _ = try custody.hold(secret, as: pending) }
      } catch {
        return nil
      }
      return "\(lie): it was believed"
    }
  }

  @Test func `A store that tells the truth is believed`() throws {
    let name = try #require(EntryName("pending/7q4m.credential"))
    let secret = try SecretBytes(copying: Array(Canary.secret.utf8))
    #expect(try Custody(LyingStore(nil)).hold(secret, as: name) == name)
  }

  private final class LyingStore: CredentialStore {
    let id = "lying"
    private let lie: Lie?
    private let entries = Mutex<[EntryName: [UInt8]]>([:])

    init(_ lie: Lie?) { self.lie = lie }

    func condition() -> StoreCondition { StoreCondition(.ready, place: "nowhere") }
    func names() throws(StoreError) -> [EntryName] { entries.withLock { $0.keys.sorted() } }

    func get(_ name: EntryName) throws(StoreError) -> SecretBytes {
      guard let bytes = entries.withLock({ $0[name] }) else { throw .missing(name) }
      guard let secret = try? SecretBytes(copying: bytes) else { throw .stopped }
      return secret
    }

    func put(_ secret: SecretBytes, as name: EntryName) throws(StoreError) {
      let bytes = secret.withBytes { Array($0) }
      let other = EntryName("gate-io/another") ?? name
      entries.withLock { entries in
        switch lie {
        case nil: entries[name] = bytes
        case .forgets: break
        case .keepsTheFirstHalf: entries[name] = Array(bytes.prefix(bytes.count / 2))
        case .keepsAnother: entries[name] = bytes.reversed()
        case .keepsNothing: entries[name] = []
        case .keepsUnderAnotherName: entries[other] = bytes
        case .changesOneBit: entries[name] = [bytes[0] ^ 1] + bytes.dropFirst()
        case .addsALineFeed: entries[name] = bytes + [0x0A]
        }
      }
    }

    func rename(_ name: EntryName, to other: EntryName, replacing: Bool) throws(StoreError) {
      entries.withLock { entries in entries[other] = entries.removeValue(forKey: name) }
    }

    func delete(_ name: EntryName) throws(StoreError) { entries.withLock { $0[name] = nil } }
  }
}
