/// The sentences are those that people met; the markup round them is made.
extension EdgePage {
  var reply: Reply {
    switch self {
    case .country:
      page(
        "ERROR: The request could not be satisfied", server: "CloudFront",
        "The Amazon CloudFront distribution is configured to block access from your country.")
    case .cloudFront:
      page(
        "ERROR: The request could not be satisfied", server: "CloudFront",
        "Bad request. We can't connect to the server for this app or website at this time.")
    case .cloudflare:
      page(
        "Attention Required! | Cloudflare", server: "cloudflare", "Sorry, you have been blocked",
        headers: [Header("CF-RAY", "0000000000000000-FAKE")])
    }
  }

  private func page(_ title: String, server: String, _ sentence: String, headers: [Header] = []) -> Reply {
    let html = """
      <!DOCTYPE html>
      <html><head><title>\(title)</title></head>
      <body><h1>403 ERROR</h1><p>\(sentence)</p></body></html>

      """
    return Reply(
      status: 403, type: "text/html", headers: [Header("Server", server)] + headers, body: html.utf8)
  }
}
