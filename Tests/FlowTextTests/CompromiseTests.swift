import CustomDump
import FlowCore
import Outside
import Testing

/// A key that leaked: the most urgent act comes first, and nothing waits for a reading.
@Suite struct CompromiseTests {
  static let flows = ((try? FlowTree.files()) ?? []).filter { $0.id.hasSuffix("/compromise") && $0.kind == .flow }

  @Test func `Every exchange has the flow`() throws {
    let packs = try FlowTree.files().filter { $0.kind == .pack }.compactMap { $0.id.split(separator: "/").first }
    expectNoDifference(Self.flows.map(\.id), packs.map { "\($0)/compromise" })
  }

  @Test("The first step is to delete the key, in few words, and it can't be skipped", arguments: flows)
  func deletion(file: FlowTree.File) throws {
    let flow = try flow(file)
    let first = try #require(flow.steps.first)
    expectNoDifference(first.id, "delete")
    expectNoDifference(first.title, "Delete the key now")
    #expect(first.required)
    expectNoDifference(first.text.count, 1)
    let say = first.text.map { $0.value.blank(in: flow) }.joined()
    #expect(say.count <= 200, "\(say.count) characters: \(say)")
    #expect(first.url?.hasPrefix("https://") == true)
    expectNoDifference(first.text.flatMap(\.value.reads), [])
  }

  @Test("Up to the new password each step says one thing, or two short ones", arguments: flows)
  func briefUntilPassword(file: FlowTree.File) throws {
    let flow = try flow(file)
    let password = try #require(flow.indices["password"])
    // No way leads from there to what comes behind the password, but to ends.
    let early = flow.steps[...password]
    for step in early {
      let paragraphs = step.text.map { $0.value.blank(in: flow) }
      #expect(!paragraphs.isEmpty && paragraphs.count <= 2, "\(step.id)")
      #expect(paragraphs.allSatisfy { $0.count <= 200 }, "\(step.id): \(paragraphs.map(\.count))")
      let isTyped = if case .text = step.body { true } else { false }
      #expect(!isTyped, "\(step.id) asks for words")
      for way in flow.ways(from: step) where step.id != "password" {
        let leadsOn = try #require(flow.indices[way.to]) <= password
        #expect(leadsOn || flow[way.to]?.isEnd == true, "\(step.id) leads to \(way.to)")
      }
    }
  }

  @Test("Whoever completes it has changed the password and looked over 2FA, and is told to watch", arguments: flows)
  func order(file: FlowTree.File) throws {
    let flow = try flow(file)
    let order = ["delete", "losses", "password", "second-factor", "new-key", "purpose"] as [Step.ID]
    let places = try order.map { try #require(flow.indices[$0], "\($0)") }
    expectNoDifference(places, places.sorted())
    for id in ["delete", "password", "second-factor"] as [Step.ID] {
      #expect(flow[id]?.onEveryWay == true, "\(id) is not on every way to 'completed'")
    }
    for step in flow.steps {
      guard case .end(let ending) = step.body, ending.outcome == .completed else { continue }
      expectNoDifference(ending.reminders.map(\.days), [1, 7, 30], "\(step.id)")
    }
  }

  private func flow(_ file: FlowTree.File) throws -> Flow { try #require(FlowTree.bound(file.id).value).flow }
}
