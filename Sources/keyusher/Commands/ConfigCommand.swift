import AgeFormat
import ArgumentParser
import Ceremony
import FlowText
import Glibc
import PlainText
import Records

struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    help: "config", table: ConfigCommand.table,
    subcommands: [ConfigList.self, ConfigGet.self, ConfigSet.self, ConfigUnset.self],
    defaultSubcommand: ConfigList.self)

  private static var table: String {
    let rows = Configuration.Key.allCases.map { "  \($0.rawValue): \($0.meaning)" }
    return
      (["Settings:"] + rows + [
        "  \(TrustedPart.setting)NAME: \(TrustedPart.meaning)",
        "  \(Configuration.Key.recipients): \(Configuration.Key.recipientsMeaning)",
      ]).joined(separator: "\n")
  }

  static let keys = Configuration.Key.allCases.map(\.rawValue) + [Configuration.Key.recipients]
}

struct ConfigList: ParsableCommand {
  static let configuration = CommandConfiguration(help: "config/list")

  @OptionGroup var common: CommonOptions

  func run() throws {
    let context = CommandContext(common)
    let home = try context.surroundings.home()
    let configuration = try Configuration(home: home)
    context.console.show(
      Configuration.Key.allCases.map { key in
        let usual = key.usual.map { "\($0) (not set)" } ?? "not set"
        return Sentence(.option, "\(key.rawValue): \(configuration.values[key] ?? usual)")
      }
        + configuration.trusted.sorted { $0.key < $1.key }.map {
          Sentence(.option, "\(TrustedPart.setting)\($0.key): \($0.value.text)")
        } + ConfigList.recipients(context) + [Sentence(.source, "File: \(Configuration.path(in: home))")])
  }

  /// The recipients are listed with the settings where there are any; why they can't be read, `doctor` tells.
  private static func recipients(_ context: CommandContext) -> [Sentence] {
    guard let others = try? context.stores().age.otherRecipients(), !others.isEmpty else { return [] }
    return [Sentence(.option, "\(Configuration.Key.recipients): \(others.map(\.description).joined(separator: " "))")]
  }
}

struct ConfigGet: ParsableCommand {
  static let configuration = CommandConfiguration(help: "config/get")

  @Argument(help: "The setting's key.", completion: .list(ConfigCommand.keys))
  var key: String

  @OptionGroup var common: CommonOptions

  func run() throws {
    let context = CommandContext(common)
    if key == Configuration.Key.recipients {
      return try write(context.stores().age.otherRecipients().map { "\($0)\n" }.joined(), to: 1)
    }
    let exchange = TrustedPart.exchange(in: key)
    let known = try exchange == nil ? SettingArgument.key(key) : nil
    let configuration = try Configuration(home: context.surroundings.home())
    let trusted = exchange.flatMap { configuration.trusted[$0]?.text }
    guard let value = trusted ?? known.flatMap({ configuration.values[$0] ?? $0.usual }) else {
      throw CommandError("'\(key)' is not set", hints: ["keyusher config set \(key) VALUE"], status: .noInput)
    }
    try write(display(value) + "\n", to: 1)
  }
}

struct ConfigSet: ParsableCommand {
  static let configuration = CommandConfiguration(help: "config/set")

  @Argument(help: "The setting's key.", completion: .list(ConfigCommand.keys))
  var key: String

  @Argument(help: "What it is set to.")
  var value: String

  @OptionGroup var options: StoreOptions

  func run() throws {
    if key == Configuration.Key.recipients {
      let others = try Recipient.reading(value.split { $0.isWhitespace || $0 == "," }.map(String.init))
      return try SettingArgument.change(recipientsTo: others, options)
    }
    let context = CommandContext(options.common)
    if TrustedPart.exchange(in: key) != nil { return try setTrust(context) }
    let key = try SettingArgument.key(key)
    if let flaw = key.flaw(of: value) { throw CommandError(flaw, of: key.rawValue) }
    try SettingArgument.change(in: context) { $0.set(key.rawValue, to: value) }
    context.console.show([Sentence(.standing, "\(key.rawValue): \(value)")])
  }

  /// A digest is kept with the day on which it was trusted.
  private func setTrust(_ context: CommandContext) throws {
    guard var trusted = TrustedPart(value) else { throw CommandError(.noDigest, of: key) }
    trusted.day = trusted.day ?? context.surroundings.now().day
    try SettingArgument.change(in: context) { $0.set(key, to: trusted.text) }
    context.console.show([Sentence(.standing, "\(key): \(trusted.text)")])
  }
}

struct ConfigUnset: ParsableCommand {
  static let configuration = CommandConfiguration(help: "config/unset")

  @Argument(help: "The setting's key.", completion: .list(ConfigCommand.keys))
  var key: String

  @OptionGroup var options: StoreOptions

  func run() throws {
    if key == Configuration.Key.recipients {
      return try SettingArgument.change(recipientsTo: [], options)
    }
    let context = CommandContext(options.common)
    try SettingArgument.change(in: context) { file in
      guard file.unset(key) else {
        // A word that is no key at all is told before one that is not set.
        if TrustedPart.exchange(in: key) == nil { _ = try SettingArgument.key(key) }
        throw CommandError(
          "'\(key)' is not set", hints: ["'keyusher config' lists what is"], status: .noInput)
      }
    }
    context.console.show([Sentence(.standing, "'\(key)' is not set any more")])
  }
}

/// What the commands that change a setting share.
enum SettingArgument {
  /// The key that a word of the command line names.
  static func key(_ word: String) throws -> Configuration.Key {
    switch Configuration.Key.named(word) {
    case .success(let key): return key
    case .failure(let flaw): throw CommandError(flaw.message, hints: [flaw.hint], status: .usage)
    }
  }

  /// Changes who can open what the store `age` keeps: that stands in the store's own file.
  static func change(recipientsTo others: [Recipient], _ options: StoreOptions) throws {
    let (context, registry) = try options.open()
    try registry.age.setRecipients(others: others)
    context.console.show(try StoreRecipients.sentences(registry.age))
  }

  /// Changes the file; says if more is wrong in it.
  static func change(in context: CommandContext, _ change: (inout SettingsFile) throws -> Void) throws {
    if try !SettingsFile.change(inHome: context.surroundings.home(), change).isEmpty {
      context.console.show([Sentence(.warning, "More is wrong in that file: 'keyusher config' tells what.")])
    }
  }
}

extension CommandError {
  /// A value on the command line that can't be set; a secret is not quoted.
  fileprivate init(_ flaw: SettingFlaw, of key: String) {
    self.init("\(key): \(flaw.message)", hints: [flaw.hint], status: .usage)
  }
}

extension CommandContext {
  /// Makes the home, for its owner alone, if it is not there yet.
  func makeHome() throws { try Surroundings.makeHome(surroundings.home()) }
}
