import ArgumentParser
import Ceremony
import Inventory
import PlainText

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(help: "doctor")

  @Flag(help: "Write a probe to each store that is ready, and delete it.")
  var probe = false

  @OptionGroup var format: JSONOptions

  @OptionGroup var common: CommonOptions

  func run() throws {
    if format.schema { return try PrintedJSON.write(PrintedJSON.doctor.schema) }
    let context = CommandContext(common)
    let home = try context.surroundings.home()
    let inventory = try context.inventory()
    let (surroundings, console) = (context.surroundings, context.console)
    let place = HomeCheck(home: home, records: inventory.folder)
    let (configuration, settings) = place.settings()
    let registry = StoreRegistry(
      home: home, environment: surroundings.environment, configuration: configuration,
      asking: ReferredPassphrases(opening: nil, new: nil))
    let sections = [
      ("home", "Home", place.rights() + [settings] + place.wholeness()),
      (
        "stores", "Stores",
        StoreCheck(surroundings: surroundings, inventory: inventory, registry: registry, isProbing: probe).all()
      ),
      ("computer", "This computer", MachineCheck(surroundings: surroundings, console: console).all()),
    ]
    let all = sections.flatMap(\.2)
    if format.json {
      try PrintedJSON.write(sections.flatMap { section, _, diagnoses in diagnoses.map { $0.json(in: section) } })
    } else {
      for (_, title, diagnoses) in sections {
        console.show([Sentence(.heading, title)] + diagnoses.flatMap(\.sentences))
      }
      console.show([Sentence(.question, all.summary)])
    }
    if all.contains(where: { $0.standing == .wrong }) { throw ExitStatus.findings }
  }
}

extension Diagnosis {
  fileprivate func json(in section: String) -> JSON {
    .fields([
      "section": .text(section), "standing": .text(standing.rawValue.replacing(" ", with: "-")), "what": .text(what),
      "hint": .given(hint),
    ])
  }
}
