import ArgumentParser
import Ceremony

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Look at everything, and say what is wrong and what to do.",
    discussion: """
      Says of each thing whether it is in order, wrong, not in use, or not knowable from here. Changes nothing; with \
      --probe it writes random bytes to each store that is ready, and deletes them. Nobody is asked for a passphrase.

      Examples:
        keyusher doctor
        keyusher doctor --probe
      """)

  @Flag(help: "Write a probe to each store that is ready, and delete it.")
  var probe = false

  @OptionGroup var common: CommonOptions

  func run() throws {
    let context = CommandContext(common)
    let home = try context.surroundings.home()
    let place = HomeCheck(context: context, home: home)
    let (configuration, settings) = place.settings()
    let registry = StoreRegistry(
      home: home, environment: context.surroundings.environment, configuration: configuration,
      asking: ReferredPassphrases(opening: nil, new: nil))
    let sections = [
      ("Home", place.folder() + [settings] + place.records()),
      ("Stores", StoreCheck(context: context, registry: registry, isProbing: probe).all()),
      ("This computer", MachineCheck(context: context).all()),
    ]
    for (title, diagnoses) in sections {
      context.console.show([Sentence(.heading, title)] + diagnoses.flatMap(\.sentences))
    }
    let all = sections.flatMap(\.1)
    context.console.show([Sentence(.question, all.summary)])
    if all.contains(where: { $0.standing == .wrong }) { throw ExitStatus.findings }
  }
}
