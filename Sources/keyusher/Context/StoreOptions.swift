import ArgumentParser
import Stores

/// What a command takes that may open stores.
struct StoreOptions: ParsableArguments {
  @OptionGroup var passphrase: PassphraseOption

  @OptionGroup var common: CommonOptions

  func open() throws -> (CommandContext, StoreRegistry) {
    let context = CommandContext(common)
    return (context, try context.stores(asking: passphrase.asking(on: context.console)))
  }
}
