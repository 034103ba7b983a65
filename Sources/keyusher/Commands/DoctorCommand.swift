import ArgumentParser
import Ceremony
import Inventory

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(help: "doctor")

  @Flag(help: "Write a probe to each store that is ready, and delete it.")
  var probe = false

  @OptionGroup var common: CommonOptions

  func run() throws {
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
      ("Home", place.rights() + [settings] + place.wholeness()),
      (
        "Stores",
        StoreCheck(surroundings: surroundings, inventory: inventory, registry: registry, isProbing: probe).all()
      ),
      ("This computer", MachineCheck(surroundings: surroundings, console: console).all()),
    ]
    for (title, diagnoses) in sections {
      console.show([Sentence(.heading, title)] + diagnoses.flatMap(\.sentences))
    }
    let all = sections.flatMap(\.1)
    console.show([Sentence(.question, all.summary)])
    if all.contains(where: { $0.standing == .wrong }) { throw ExitStatus.findings }
  }
}
