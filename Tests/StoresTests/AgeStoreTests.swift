import Battery
import CustomDump
import Foundation
import Outside
import SecretMemory
import Testing

@testable import Stores

@Suite(.counted(as: .contract)) struct AgeStoreTests {
  @Test(arguments: StoreContract.cases) func `the age store keeps the contract`(_ contract: StoreContract) throws {
    let desk = try AgeDesk.ready()
    try contract.check(desk.opened())
  }

  @Test func `nobody is asked but for reading, and then once`() throws {
    let desk = try AgeDesk.ready()
    let store = desk.store()
    let names = try ["pending/7q4m.a", "gate-io/bot", "previous/gate-io/bot"].map(Samples.name)
    try store.put(Samples.json, as: names[0])
    try store.confirm(names[0], holds: Samples.json)
    try store.rename(names[0], to: names[1], replacing: false)
    try store.copy(names[1], to: names[2])
    try store.confirm(names[2], holds: Samples.json)
    try store.delete(names[2])
    expectNoDifference(try store.names(), [names[1]])
    let person = Person(answers: ["two words"])
    let reading = desk.store(person)
    for _ in 0..<3 { #expect(try reading.get(names[1]).constantTimeEquals(Samples.json)) }
    expectNoDifference(person.asked, [false])
  }

  @Test func `a wrong passphrase is asked for again, three times in all`() throws {
    let desk = try AgeDesk.ready()
    let name = try Samples.name("gate-io/bot")
    try desk.store().put(Samples.json, as: name)
    let right = Person(answers: ["wrong", "", "two words"])
    #expect(try desk.store(right).get(name).constantTimeEquals(Samples.json))
    expectNoDifference(right.asked, [false, true, true])
    let wrong = Person(answers: ["a", "b", "c", "two words"])
    #expect(throws: StoreError.wrongPassphrase(store: "age")) { try desk.store(wrong).get(name) }
    expectNoDifference(wrong.asked, [false, true, true])
    #expect(throws: StoreError.stopped) { try desk.store(Person()).get(name) }
  }
}
