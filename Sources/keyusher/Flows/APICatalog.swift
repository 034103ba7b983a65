import FlowText
import Introspection

extension FlowCatalog {
  /// What the API of an exchange tells of a key, with the text that says so; nil if that is not known.
  ///
  /// Of the exchanges that come with Keyusher only its own text counts: what is signed for them can't be changed from outside.
  func api(of exchange: String) throws -> (api: ExchangeAPI, text: String)? {
    guard let text = FlowCatalog.sharedFiles["\(exchange)/\(FlowLibrary.api)"],
      let api = FlowCatalog.library(of: nil).api(of: exchange)
    else { return nil }
    return (api, text)
  }
}
