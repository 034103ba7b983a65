import ArgumentParser
import Ceremony
import Stores

struct KeyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    help: "key",
    subcommands: [
      KeyList.self, KeyShow.self, KeyAdopt.self, KeyKeep.self, KeyCopyTo.self, KeyRename.self, KeyForget.self,
      KeyVerify.self, KeyConfig.self, KeySend.self, KeyReceive.self,
    ])
}

/// What every command about keys takes.
struct KeyOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The store that is meant; without it, the default one.", valueName: "id"),
    completion: Completions.stores)
  var store: String?

  // Not within `StoreOptions`: in a debug build each level of groups is checked several times as often as the one above.
  @OptionGroup var passphrase: PassphraseOption

  @OptionGroup var common: CommonOptions

  /// Opens the store that is meant, among the others.
  func open() throws -> (CommandContext, StoreRegistry, any CredentialStore) {
    let context = CommandContext(common)
    let registry = try context.stores(asking: passphrase.asking(on: context.console))
    return (context, registry, try registry.store(store))
  }
}
