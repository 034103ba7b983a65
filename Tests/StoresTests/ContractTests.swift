import Battery
import Testing

@testable import Stores

@Suite(.counted(as: .contract)) struct ContractTests {
  @Test(arguments: StoreContract.cases) func `the plainest store keeps the contract`(_ contract: StoreContract) throws {
    try contract.check(MemoryStore())
  }
}
