import CustomDump
import Introspection
import Testing

/// What of an API decides what is signed, as it is trusted by digest.
@Suite struct NetworkPartTests {
  private let api = Samples.apis.first { $0.id == "htx" } ?? Samples.apis[0]

  @Test func `its text has a line for each request that can be made, and never changes its form`() {
    expectNoDifference(
      NetworkPart(of: api).text,
      """
      keyusher network part 1
      htx
      aws api-key htx-v2 GET https://api-aws.huobi.pro/v2/user/api-key?accessKey=KEY&uid=DIGITS
      aws clock unsigned GET https://api-aws.huobi.pro/v1/common/timestamp
      aws uid htx-v2 GET https://api-aws.huobi.pro/v2/user/uid
      live api-key htx-v2 GET https://api.huobi.pro/v2/user/api-key?accessKey=KEY&uid=DIGITS
      live clock unsigned GET https://api.huobi.pro/v1/common/timestamp
      live uid htx-v2 GET https://api.huobi.pro/v2/user/uid

      """)
  }

  private typealias Change = (inout ExchangeAPI) -> Void

  @Test func `whatever is signed or says where it goes changes it`() {
    let changes: [Change] = [
      { $0.id = "acme" }, { $0.scheme = .gate }, { $0.clock.path = "/time" }, { $0.environments[0].host += "m" },
      { $0.environments[0].mark = "x: 1" }, { $0.environments[0].unasked = "why" }, { $0.environments.removeLast() },
      { $0.requests[0].path = "/withdraw" }, { $0.requests[0].method = .post }, { $0.requests.removeLast() },
      { $0.requests[1].parameters.removeLast() }, { $0.requests[1].parameters[0].name = "k" },
      { $0.requests[1].parameters[1].value = .key }, { $0.requests[1].parameters[1].value = .once },
    ]
    let texts = changes.map { change in
      var changed = api
      change(&changed)
      return NetworkPart(of: changed).text
    }
    expectNoDifference(Set(texts + [NetworkPart(of: api).text]).count, changes.count + 1)
  }

  @Test func `how answers are read, and the order, do not`() {
    let changes: [Change] = [
      { $0.permissions = [] }, { $0.requests[1].facts = [] }, { $0.requests.reverse() }, { $0.environments.reverse() },
      { $0.refusals = [] }, { $0.clock.behind = 1 }, { $0.environments[0].title = "T" },
    ]
    for (number, change) in changes.enumerated() {
      var changed = api
      change(&changed)
      expectNoDifference(NetworkPart(of: changed).text, NetworkPart(of: api).text, "\(number)")
    }
  }
}
