import Battery
import Outside
import Testing

@testable import Stores

@Suite(.counted(as: .contract)) struct ContractTests {
  @Test(arguments: StoreContract.cases) func `the plainest store keeps the contract`(_ contract: StoreContract) throws {
    try contract.check(MemoryStore())
  }

  @Test(arguments: StoreContract.cases) func `so it does under a lock`(_ contract: StoreContract) throws {
    let folder = try Folder()
    try contract.check(LockedStore(MemoryStore(), home: folder.path("home")))
  }

  @Test func `under a lock nothing is changed while another process changes several things`() throws {
    let folder = try Folder()
    let memory = MemoryStore()
    let one = LockedStore(memory, home: folder.path("."), milliseconds: 20)
    let other = LockedStore(memory, home: folder.path("."), milliseconds: 20)
    let name = try Samples.name("gate-io/bot")
    let next = try Samples.name("pending/7q4m.credential")
    try one.put(Samples.json, as: name)
    try other.put(Samples.other, as: next)
    let busy = StoreError.unreachable(store: "memory", why: "another keyusher is writing there")
    try one.exclusively { () throws(StoreError) in
      #expect(throws: busy) { try other.put(Samples.json, as: Samples.name("gate-io/new")) }
      #expect(throws: busy) { try other.delete(name) }
      #expect(throws: busy) { try other.copy(name, to: Samples.name("gate-io/new")) }
      #expect(throws: busy) { try Custody(other).replace(name, with: next) }
      #expect(try other.get(name).constantTimeEquals(Samples.json))
      try one.delete(next)
    }
    try other.delete(name)
    #expect(try memory.names() == [])
  }
}
