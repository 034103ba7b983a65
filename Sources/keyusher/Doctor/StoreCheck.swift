import HelperPrograms
import Inventory
import Records
import Stores

/// Looks at the stores: whether they can be used, and what lies in them that nobody claims.
struct StoreCheck {
  let surroundings: Surroundings
  let inventory: Inventory
  let registry: StoreRegistry
  /// Whether a probe is written to each store that is ready.
  var isProbing = false

  func all() -> [Diagnosis] { registry.all.flatMap(look) + missingDefault() }

  // MARK: - Private

  private func look(_ store: any CredentialStore) -> [Diagnosis] {
    let condition = store.condition()
    let isDefault = store.id == registry.defaultID
    // A store that nobody chose may be missing; one that was chosen may not.
    let isChosen = registry.configuration.defaultStore == store.id
    switch condition.readiness {
    case .ready:
      return [.inOrder("store '\(store.id)'\(isDefault ? ", the default," : "") can be tried: \(condition.place)")]
        + plaintext(condition, store.id) + (isProbing ? [probe(store)] : []) + leftovers(in: store)
        + (store.id == StoreID.age ? StoreCheck.beyondAge : []) + (store.id == StoreID.openBao ? [network()] : [])
    case .needsSetUp: return [notSetUp(store.id, "keyusher store init \(store.id)", isChosen)]
    case .unusable(.notSetUp(_, let hint)): return [notSetUp(store.id, hint, isChosen)]
    case .unusable(.unsafeProgram(let path, let why)):
      let error = StoreError.unsafeProgram(path: path, why: why)
      return [.wrong("store '\(store.id)': \(error.what)", hint: error.hint)]
    case .unusable(let error):
      return [
        isDefault ? .wrong(error.what, hint: error.hint) : .notInUse(error.what)
      ]
    }
  }

  private func notSetUp(_ id: String, _ hint: String, _ isChosen: Bool) -> Diagnosis {
    let what = "store '\(id)' is not set up yet"
    return isChosen ? .wrong(what, hint: hint) : .notInUse(what, hint: hint)
  }

  /// The helper program without which no server can be reached.
  private func network() -> Diagnosis {
    let net = NetProgram(beside: NetProgram.running() ?? "", environment: surroundings.environment)
    do throws(HelperError) {
      return .inOrder("the network helper is \(try net.place())")
    } catch {
      return .wrong(error.what, hint: error.hint)
    }
  }

  /// What of the store `age` nobody can see from here.
  private static let beyondAge: [Diagnosis] = [
    .notKnowable(
      "whether a copy of the identities file lies elsewhere", hint: "keyusher store backup FILE, on another medium"),
    .notKnowable("whether you still have the passphrase", hint: "'keyusher store test age' asks for it"),
  ]

  private func missingDefault() -> [Diagnosis] {
    if registry.hasDefault { return [] }
    return [
      .wrong("the default store '\(registry.defaultID)' is not here", hint: "keyusher config set store \(StoreID.age)")
    ]
  }

  private func plaintext(_ condition: StoreCondition, _ id: String) -> [Diagnosis] {
    guard let why = condition.plaintext else { return [] }
    return [.wrong("what store '\(id)' keeps stands in plain text: \(why)", hint: "choose another store")]
  }

  private func probe(_ store: any CredentialStore) -> Diagnosis {
    do {
      try StoreTrial(store: store, surroundings: surroundings).write()
      return .inOrder("store '\(store.id)' took a probe, confirmed it and deleted it")
    } catch let error as StoreError {
      // A store that nobody uses may fail.
      let what = "store '\(store.id)' failed its probe: \(error.what)"
      return store.id == registry.defaultID ? .wrong(what, hint: error.hint) : .notInUse(what)
    } catch {
      return .wrong("store '\(store.id)' failed its probe", hint: "keyusher store test \(store.id)")
    }
  }

  // MARK: - What nobody claims

  private func leftovers(in store: any CredentialStore) -> [Diagnosis] {
    let names: [EntryName]
    do { names = try store.names() } catch {
      return [.notKnowable("what store '\(store.id)' keeps: \(error.what)", hint: error.hint)]
    }
    var found: [Diagnosis] = []
    for name in names {
      switch name.kind {
      case .kept, .previous: continue
      case .pending where isClaimed(name): continue
      case .pending:
        found.append(
          .wrong(
            "store '\(store.id)' has a pending copy that no unfinished run claims: \(name)",
            hint: "what is known of it: keyusher key show \(name) --store \(store.id)"))
      case .probe:
        found.append(
          .wrong(
            "store '\(store.id)' has a probe that was left behind: \(name)",
            hint: "keyusher key forget \(name) --store \(store.id)"))
      }
    }
    let previous = names.count { $0.kind == .previous }
    if previous > 0 {
      found.append(
        .notKnowable(
          "whether \(previous) replaced \(previous == 1 ? "key is" : "keys are") still wanted in store '\(store.id)'",
          hint: "'keyusher key list --store \(store.id)' has them, under previous/"))
    }
    return found
  }

  /// Whether a run that can be resumed has written a pending copy.
  private func isClaimed(_ name: EntryName) -> Bool {
    guard let run = name.pendingRun else { return false }
    do { return try inventory.summary(of: run).isUnfinished } catch JournalError.noSuchRun { return false } catch {
      // What can't be read may claim it; that it can't be read is told above.
      return true
    }
  }
}
