import FlowCore

extension KeyOrigins {
  /// What keys of an exchange are called there or in a store, or were, as far as records tell.
  ///
  /// - Parameter run: one whose own key does not count.
  public func names(of exchange: String, except run: String) -> Set<String> {
    let made = byRun.values.filter { $0.run != run && $0.provider == exchange }.flatMap(\.keys)
    let here = facts.values.filter { $0.exchange == exchange && runs[$0.reference]?.run != run }
    let inStores = here.compactMap(\.reference.name).filter { $0.hasPrefix(exchange + "/") }
    return Set((made + here).compactMap(\.label) + inStores.map { String($0.dropFirst(exchange.count + 1)) })
  }

  /// The keys of an exchange in a store, as far as records tell: their names there, by the leading characters by which the
  /// exchange lists each.
  public func listed(of exchange: String, in store: String) -> [String: [String]] {
    let here = facts.values.filter { $0.exchange == exchange && $0.reference.store == store }
    return here.reduce(into: [:]) { names, key in
      if let listed = key.listed, let name = key.reference.name { names[listed, default: []].append(name) }
    }
  }
}
